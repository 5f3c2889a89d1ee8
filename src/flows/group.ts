import { movedForAll } from "../campaign/deadline.ts";
import { answer, outcome, type Step } from "./flow.ts";
import { showProgress, showTotals } from "./manage.ts";
import { nextDeadline } from "./moment.ts";
import { isPeriodNamed } from "./named-period.ts";

/** What is said to the bot in a group. Everybody there reads the answer: no person's name, no phone. */

/** `绑定本群`: where the consolidated table will go. */
export const bindGroup: Step<"all" | "group"> = (turn) => {
  const { inbound, state } = turn;
  const { all, group: bound } = turn.facts;
  const { group } = inbound;
  if (group === null) {
    return outcome(state, [answer(inbound, { tag: "bindInGroup", data: { current: bound?.title ?? null } })]);
  }
  const due = nextDeadline(turn.facts, movedForAll(all));
  if (bound?.conversationId === group.conversationId) {
    return outcome(state, [answer(inbound, { tag: "groupBoundAlready", data: { group: group.title, due } })]);
  }
  const data = { group: group.title, due, previous: bound?.title ?? null };
  return outcome(state, [answer(inbound, { tag: "groupBound", data })], [{ type: "groupBound", group: { ...group } }]);
};

/** Commands that may be answered before everybody, with the period that they may name. */
const openCommands = new Map([
  ["进度", showProgress],
  ["汇总", showTotals],
]);

/** Anything else in a group. */
export const inGroup: Step<"all" | "group"> = (turn) => {
  const { standing, campaign } = turn.facts;
  const [command = "", ...others] = turn.words.split(" ");
  const words = others.join(" ");
  const isFit = words === "" || isPeriodNamed(words, campaign);
  const step = standing.isManager && isFit ? openCommands.get(command) : undefined;
  if (step !== undefined) return step({ ...turn, words });
  const data = { nick: turn.inbound.sender.nick, isManager: standing.isManager };
  return outcome(turn.state, [answer(turn.inbound, { tag: "oneToOneOnly", data })]);
};
