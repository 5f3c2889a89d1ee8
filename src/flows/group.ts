import { dueAt } from "../campaign/calendar.ts";
import { answer, outcome, type Step } from "./flow.ts";
import { progressReply, totalsReply } from "./manage.ts";
import { momentText } from "./moment.ts";

/** What is said to the bot in a group. Everybody there reads the answer: no person's name, no phone. */

/** `绑定本群`: where the consolidated table will go. */
export const bindGroup: Step<"group"> = (turn) => {
  const { inbound, state } = turn;
  const { campaign, group: bound } = turn.facts;
  const { group } = inbound;
  if (group === null) {
    return outcome(state, [answer(inbound, { tag: "bindInGroup", data: { current: bound?.title ?? null } })]);
  }
  const due = momentText(dueAt(campaign, "statistics"), campaign);
  if (bound?.conversationId === group.conversationId) {
    return outcome(state, [answer(inbound, { tag: "groupBoundAlready", data: { group: group.title, due } })]);
  }
  const data = { group: group.title, due, previous: bound?.title ?? null };
  return outcome(state, [answer(inbound, { tag: "groupBound", data })], [{ type: "groupBound", group: { ...group } }]);
};

/** Commands that may be answered before everybody. */
const openCommands = new Map([
  ["进度", progressReply],
  ["汇总", totalsReply],
]);

/** Anything else in a group. */
export const inGroup: Step<"all" | "group"> = (turn) => {
  const { isManager } = turn.facts.standing;
  const reply = isManager ? openCommands.get(turn.words) : undefined;
  const { nick } = turn.inbound.sender;
  const refusal = answer(turn.inbound, { tag: "oneToOneOnly", data: { nick, isManager } });
  return outcome(turn.state, [reply === undefined ? refusal : reply(turn)]);
};
