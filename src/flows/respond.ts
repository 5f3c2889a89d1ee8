import type { Entry } from "../campaign/entry.ts";
import { isRecurring } from "../campaign/period.ts";
import { hasIndependentCounts, type Row, rowsFor } from "../campaign/row.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { ReadQuestion, ReadRejection } from "../reader/reading.ts";
import { recordByPeriod } from "./by-period.ts";
import { ask, type Conversation, type Question, settleAll } from "./conversation.ts";
import { answer, type Outcome, outcome, type Turn } from "./flow.ts";
import { keptIn, onePeriod, recordOfEntry } from "./period.ts";
import { questionText } from "./question-text.ts";
import { type Draft, stateOf } from "./recording.ts";
import { pageAfter } from "./walk.ts";

/** What a message came to: entries to record now, questions to ask, and what is refused. */
export interface Understood {
  drafts: readonly Draft[];
  questions?: readonly Question[];
  rejections?: readonly ReadRejection[];
  /** `其余无` was said, but a question about a row stands in its way. */
  isRestPostponed?: boolean;
  /** Words that were too vague to be a figure, by indicator and measure: the question for it quotes them. */
  vague?: readonly Pick<ReadQuestion, "indicatorId" | "measureId" | "text">[];
}

/** The one answer to a report: records what is certain, asks the rest, and in the walk goes on. */
export function respond(turn: Turn<"own">, understood: Understood): Outcome {
  const { facts, inbound } = turn;
  const { drafts, questions = [], rejections = [], vague = [], isRestPostponed = false } = understood;
  const recording = recordByPeriod(turn, drafts);
  const touched = new Set(drafts.map((it) => it.indicatorId));
  const settled = settleAll(turn.state, "replaced", (it, { period }) => {
    const places = recording.entries.map((entry) => `${entry.period} ${entry.indicatorId}`);
    return concerns(it, touched) && (period === undefined || places.some((place) => place.startsWith(`${period} `)));
  });
  const missing = missingCounts(turn, recording.record, { entries: recording.entries, vague });
  const asked = [...questions, ...missing].map((it) => ({ ...it, ...keptIn(turn) }));
  const { state, numbered } = askAll(settled, asked, facts.next.question);
  const walked = pageAfter({ ...turn, state }, recording.record, drafts.length > 0);
  // What is left to fill is said of the period that the answer is about; a page of another one says which.
  const isOfAnswer = recording.periods.every((it) => it.no === walked.period.no);
  const [period = onePeriod(facts.own.period), ...furtherPeriods] = recording.periods;
  const reply = answer(inbound, {
    tag: "reported",
    ...(isRecurring(facts.campaign) && furtherPeriods.length === 0 && { period }),
    data: {
      heard: inbound.kind === "voice" ? inbound.text : null,
      echoes: recording.echoes,
      undo: recording.entries[0]?.no ?? null,
      questions: numbered.map((it) => questionText({ ...facts, own: recording.record }, it)),
      rejections: rejections.map((it) => rejectionText(turn, it)),
      isRestPostponed,
      effects: recording.effects,
      page: walked.page === null || isOfAnswer ? walked.page : { ...walked.page, period: walked.period },
      leftOpen: isOfAnswer ? walked.leftOpen : null,
    },
  });
  return outcome(walked.state, [reply], recording.changes);
}

/** Gives each question its short number, in order. */
function askAll(state: Conversation, questions: readonly (Question & { period?: string })[], first: number) {
  const numbered = questions.map((question, n) => ({ no: first + n, question }));
  return { state: numbered.reduce((all, it) => ask(all, it.no, it.question), state), numbered };
}

/** For each event recorded without its partner figure (场次 without 人次, or the reverse), the question for it. */
function missingCounts(
  turn: Turn<"own">,
  after: UnitRecord,
  { entries, vague }: { entries: readonly Entry[]; vague: NonNullable<Understood["vague"]> },
): Question[] {
  return entries.flatMap((entry): Question[] => {
    const row = rowById(turn, entry.indicatorId);
    if (row === undefined || entry.isNotApplicable || hasIndependentCounts(row.indicator)) return [];
    const state = stateOf(row, recordOfEntry(after, entry.no));
    const entryNo = entry.fixes ?? entry.no;
    // A new total without its partner leaves the partner's old one standing: that must be said or asked, too.
    const missing =
      entry.mode === "set" ? row.indicator.measures.map((it) => it.id) : state.kind === "open" ? state.missing : [];
    return missing
      .filter((it) => !(it in entry.figures))
      .map((measureId) => {
        const said = vague.find((it) => it.indicatorId === entry.indicatorId && it.measureId === measureId);
        const { indicatorId, date } = entry;
        return { about: "count", text: said?.text ?? "", indicatorId, measureId, entryNo, date };
      });
  });
}

function concerns(question: Question, touched: ReadonlySet<string>): boolean {
  return (question.about === "figures" || question.about === "count") && touched.has(question.indicatorId);
}

function rejectionText(turn: Turn<"own">, { reason, text, indicatorId }: ReadRejection) {
  const { period } = turn.facts.campaign;
  const row = indicatorId === null ? undefined : rowById(turn, indicatorId);
  const max = row?.indicator.measures[0]?.max ?? null;
  return { reason, text, periodStart: period.start, periodEnd: period.end, max };
}

export function rowById(turn: Turn<"own">, indicatorId: string): Row | undefined {
  return rowsFor(turn.facts.campaign, turn.facts.own.unit).find((it) => it.indicator.id === indicatorId);
}
