import { answer, outcome, type Step } from "./flow.ts";

export const help: Step = (turn) => {
  const { isManager, liaisonOf } = turn.facts.standing;
  const role = isManager ? "manager" : liaisonOf === null ? "stranger" : "liaison";
  return outcome(turn.state, [answer(turn.inbound, { tag: "help", data: { role, title: turn.facts.campaign.title } })]);
};

/** A manager's command from somebody who is none. */
export const managersOnly: Step = (turn) => {
  return outcome(turn.state, [answer(turn.inbound, { tag: "managersOnly", data: {} })]);
};

/** Text from a manager that is no command. */
export const notACommand: Step = (turn) => {
  return outcome(turn.state, [answer(turn.inbound, { tag: "notACommand", data: { text: turn.words } })]);
};

/** A file from a manager who speaks for no unit. */
export const filesAreForLiaisons: Step = (turn) => {
  return outcome(turn.state, [answer(turn.inbound, { tag: "filesAreForLiaisons", data: {} })]);
};

/** Stickers, cards, videos: DingTalk hands the bot no content. */
export const unsupported: Step = (turn) => {
  return outcome(turn.state, [answer(turn.inbound, { tag: "unsupported", data: {} })]);
};
