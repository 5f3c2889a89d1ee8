import type { UnitRecord } from "../campaign/unit-record.ts";
import { openQuestions, settle } from "./conversation.ts";
import { confirmRestZero } from "./correct.ts";
import { answer, outcome, type Step, type Turn } from "./flow.ts";
import { managersOnly } from "./help.ts";
import { turnIn } from "./period.ts";
import { publish } from "./publication.ts";
import { questionText, questionTexts } from "./question-text.ts";
import { sendReminders } from "./remind-now.ts";
import { shortNumber } from "./short-number.ts";

/** `确认 8`, or `确认` where just one thing waits for it. */
export const confirm: Step<"all" | "group" | "remindedToday"> = (turn) => {
  const { standing } = turn.facts;
  const waiting = openQuestions(turn.state).filter(({ question }) => isConfirmed(question.about));
  const no = shortNumber(turn.words);
  const asked = no === null ? waiting[0] : turn.state.asked.find((it) => it.no === no);
  if (no === null && waiting.length > 1) {
    const own = ownOf(turn);
    const questions = waiting.flatMap((it) =>
      own === null
        ? questionText({ campaign: turn.facts.campaign, own }, it)
        : questionTexts({ ...turn, facts: { ...turn.facts, own } }, [it]),
    );
    return outcome(turn.state, [answer(turn.inbound, { tag: "whichQuestion", data: { questions } })]);
  }
  if (asked === undefined || asked.outcome !== null || !isConfirmed(asked.question.about)) {
    const data = { no, outcome: asked?.outcome ?? null };
    return outcome(turn.state, [answer(turn.inbound, { tag: "questionClosed", data })]);
  }
  const state = settle(turn.state, asked.no, "answered");
  const { question } = asked;
  // Asked of a manager; who is none any more must not publish, or have others reminded.
  if (question.about === "publish")
    return standing.isManager ? publish({ ...turn, state }, asked.period) : managersOnly({ ...turn, state });
  if (question.about === "remind")
    return standing.isManager ? sendReminders({ ...turn, state }, question.unitId) : managersOnly({ ...turn, state });
  const own = ownOf(turn);
  if (question.about !== "restZero" || own === null) throw new Error(`${question.about} is nothing to confirm`);
  const confirmed = turnIn({ ...turn, state, facts: { ...turn.facts, own } }, asked.period);
  return confirmRestZero(confirmed, question.indicatorIds);
};

/** A manager may speak for no unit. */
function ownOf({ facts }: Turn<"all">): UnitRecord | null {
  return facts.all.find((it) => it.unit.id === facts.standing.liaisonOf) ?? null;
}

function isConfirmed(about: string): boolean {
  return about === "publish" || about === "remind" || about === "restZero";
}
