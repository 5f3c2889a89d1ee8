import { openQuestions, settle } from "./conversation.ts";
import { confirmRestZero } from "./correct.ts";
import { answer, type Facts, type FactsByNeed, type Outcome, outcome, type Turn } from "./flow.ts";
import { publish } from "./publication.ts";
import { questionText } from "./question-text.ts";

/** A manager speaks for no unit, so `own` may be absent here. */
type ConfirmTurn = Turn<"all" | "group"> & { facts: Facts<"all" | "group"> & Partial<Pick<FactsByNeed, "own">> };

/** `确认 8`, or `确认` where just one thing waits for it. */
export function confirm(turn: ConfirmTurn): Outcome {
  const waiting = openQuestions(turn.state).filter(({ question }) => isConfirmed(question.about));
  const asked = turn.words === "" ? waiting[0] : turn.state.asked.find((it) => it.no === Number(turn.words));
  if (turn.words === "" && waiting.length > 1) {
    const campaign = turn.facts.campaign;
    const own = turn.facts.own ?? turn.facts.all[0];
    const questions = own === undefined ? [] : waiting.map((it) => questionText({ campaign, own }, it));
    return outcome(turn.state, [answer(turn.inbound, { tag: "whichQuestion", data: { questions } })]);
  }
  if (asked === undefined || asked.outcome !== null || !isConfirmed(asked.question.about)) {
    const data = { no: turn.words === "" ? null : Number(turn.words), outcome: asked?.outcome ?? null };
    return outcome(turn.state, [answer(turn.inbound, { tag: "questionClosed", data })]);
  }
  const state = settle(turn.state, asked.no, "answered");
  const { question } = asked;
  if (question.about === "publish") return publish({ ...turn, state });
  const { own } = turn.facts;
  if (question.about !== "restZero" || own === undefined)
    throw new Error(`a question about ${question.about} is not confirmed`);
  return confirmRestZero({ ...turn, state, facts: { ...turn.facts, own } }, question.indicatorIds);
}

function isConfirmed(about: string): boolean {
  return about === "publish" || about === "restZero";
}
