import { type Entry, type Figures, liveEntries, withFixes } from "../campaign/entry.ts";
import { isRecurring, periodByKey, type ReportingPeriod } from "../campaign/period.ts";
import { hasIndependentCounts, type Row, rowsFor } from "../campaign/row.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { ReadQuestion, ReadRejection } from "../reader/reading.ts";
import { recordByPeriod } from "./by-period.ts";
import { type Asked, ask, type Conversation, type Question, settleAll } from "./conversation.ts";
import { answer, type Outcome, outcome, type Turn } from "./flow.ts";
import { headed, onePeriod, periodOfQuestion, recordOfEntry } from "./period.ts";
import { questionTexts } from "./question-text.ts";
import { type Draft, stateOf } from "./recording.ts";
import { pageAfter } from "./walk.ts";

/** A question with the key of the period that it is about; without one it is the period at hand. */
export type AskedIn = Question & { period?: string };

/** What a message came to: entries to record now, questions to ask, and what is refused. */
export interface Understood {
  drafts: readonly Draft[];
  questions?: readonly AskedIn[];
  rejections?: readonly ReadRejection[];
  /** `其余无` was said, but a question about a row stands in its way. */
  isRestPostponed?: boolean;
  /** Keys of the periods of which it may have been said, where that is what stands in its way. */
  restOf?: readonly string[];
  /** Words that were too vague to be a figure, by indicator and measure: the question for it quotes them. */
  vague?: readonly Pick<ReadQuestion, "indicatorId" | "measureId" | "text">[];
}

/** The one answer to a report: records what is certain, asks the rest, and in the walk goes on. */
export function respond(turn: Turn<"own">, understood: Understood): Outcome {
  const { facts, inbound } = turn;
  const { drafts, questions = [], rejections = [], vague = [], isRestPostponed = false, restOf = [] } = understood;
  const recording = recordByPeriod(turn, drafts);
  const then = { ...turn, facts: { ...facts, own: recording.record } };
  const rowIn = (key: string, indicatorId: string) => `${key} ${indicatorId}`;
  const touched = new Set(
    recording.entries.map((it) => rowIn(recordOfEntry(recording.record, it.no).period.key, it.indicatorId)),
  );
  const settled = settleAll(
    turn.state,
    "replaced",
    (it, asked) =>
      (it.about === "figures" || it.about === "count") &&
      touched.has(rowIn(periodOfQuestion(recording.record, asked), it.indicatorId)) &&
      !isStillOwed(recording.record, it),
  );
  const missing = missingCounts(turn, recording.record, { entries: recording.entries, vague });
  const { state, numbered } = askAll(then, settled, [...questions, ...missing]);
  const walked = pageAfter({ ...turn, state }, recording.record, drafts.length > 0);
  // What is left to fill is said of the period that the answer is about; a page of another one says which.
  const isOfAnswer = recording.periods.every((it) => it.no === walked.period.no);
  const heading = headingOf(then, recording.periods, numbered);
  const reply = answer(inbound, {
    tag: "reported",
    ...(heading !== undefined && headed(facts.campaign, heading)),
    data: {
      heard: inbound.kind === "voice" ? inbound.text : null,
      echoes: recording.echoes,
      undo: recording.entries[0]?.no ?? null,
      questions: questionTexts(then, numbered, heading?.key),
      rejections: rejections.map((it) => rejectionText(turn, it)),
      isRestPostponed,
      ...(restOf.length > 1 && { restOf: restOf.map((it) => onePeriod(periodByKey(facts.campaign, it))) }),
      effects: recording.effects,
      page: walked.page === null || isOfAnswer ? walked.page : { ...walked.page, period: walked.period },
      leftOpen: isOfAnswer ? walked.leftOpen : null,
    },
  });
  return outcome(walked.state, [reply], recording.changes);
}

/** The one period that an answer is about: what was recorded tells, else what is asked. */
function headingOf(
  turn: Turn<"own">,
  recorded: readonly ReportingPeriod[],
  asked: readonly Asked[],
): ReportingPeriod | undefined {
  const { campaign, own } = turn.facts;
  const askedIn = [...new Set(asked.map((it) => periodOfQuestion(own, it)))];
  const [period = own.period, ...others] =
    recorded.length > 0 ? recorded : askedIn.map((it) => periodByKey(campaign, it));
  return others.length === 0 ? period : undefined;
}

/** Gives each question its short number, in order. */
function askAll(turn: Turn<"own">, before: Conversation, questions: readonly AskedIn[]) {
  const { campaign, own, next } = turn.facts;
  const state = questions.reduce((all, { period = own.period.key, ...question }, n) => {
    const kept = isRecurring(campaign) ? { period } : {};
    return ask(all, next.question + n, { ...question, ...kept });
  }, before);
  return { state, numbered: state.asked.filter((it) => it.no >= next.question) };
}

/** For each event recorded without its partner figure (场次 without 人次, or the reverse), the question for it. */
function missingCounts(
  turn: Turn<"own">,
  after: UnitRecord,
  { entries, vague }: { entries: readonly Entry[]; vague: NonNullable<Understood["vague"]> },
): AskedIn[] {
  return entries.flatMap((entry): AskedIn[] => {
    const row = rowById(turn, entry.indicatorId);
    if (row === undefined || entry.isNotApplicable || hasIndependentCounts(row.indicator)) return [];
    const holder = recordOfEntry(after, entry.no);
    const state = stateOf(row, holder);
    const entryNo = entry.fixes ?? entry.no;
    const known = figuresKnown(entry, holder.entries);
    // A new total without its partner leaves the partner's old one standing: that must be said or asked, too.
    const missing =
      entry.mode === "set" ? row.indicator.measures.map((it) => it.id) : state.kind === "open" ? state.missing : [];
    return missing
      .filter((it) => !(it in known))
      .map((measureId) => {
        const said = vague.find((it) => it.indicatorId === entry.indicatorId && it.measureId === measureId);
        const { indicatorId, date } = entry;
        return {
          about: "count",
          text: said?.text ?? "",
          indicatorId,
          measureId,
          entryNo,
          date,
          period: holder.period.key,
        };
      });
  });
}

/** The event that a count is asked for still lacks it: what was said of the row was another of its events. */
function isStillOwed(after: UnitRecord, question: Question): boolean {
  if (question.about !== "count" || question.entryNo === null) return false;
  const { entryNo, indicatorId, measureId } = question;
  const live = liveEntries({ id: indicatorId }, recordOfEntry(after, entryNo).entries);
  const event = live.find((it) => it.no === entryNo);
  const isReplaced = live.some((it) => it.mode === "set" && it.no > entryNo);
  return event !== undefined && !isReplaced && !(measureId in withFixes(event, live));
}

/** Of a correction, those of what it corrects as well: another event of the row may be the one that lacks some. */
function figuresKnown(entry: Entry, entries: readonly Entry[]): Figures {
  const live = liveEntries({ id: entry.indicatorId }, entries);
  const corrected = live.find((it) => it.no === entry.fixes);
  return corrected === undefined ? entry.figures : withFixes(corrected, live);
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
