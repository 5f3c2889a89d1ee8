import { rowsFor } from "../campaign/row.ts";
import { entriesOf } from "../campaign/unit-record.ts";
import { type ReadContext, type Reading, type ReadQuestion, read } from "../reader/reading.ts";
import { recordByPeriod } from "./by-period.ts";
import type { Question } from "./conversation.ts";
import { doubtsOf } from "./doubt.ts";
import type { Outcome, Step, Turn } from "./flow.ts";
import { longestMessage, notUnderstood } from "./not-understood.ts";
import { turnIn } from "./period.ts";
import { type Draft, zeroDraft } from "./recording.ts";
import { respond, rowById } from "./respond.ts";
import { periodKeyOf, sortEntries, type Taking, takesTotals } from "./taking.ts";
import { openRowsOf, pageRows } from "./walk.ts";

/** `第12行 1场10人`, `12 1场10人`, which the bot itself asks for where it can't tell the row. */
const beginsWithRow = /^第?\s*\d{1,2}\s*(?:行|[ .、:：])/;
/**
 * A plain sentence, in the walk or outside it: what is certain is recorded and echoed, the rest is asked in the same
 * answer, nothing is guessed.
 */
export const report: Step<"own"> = (turn) => {
  if (turn.words.length > longestMessage || turn.words === "") return notUnderstood(turn);
  const reading = read(turn.words, readContext(turn));
  return respondToReading(turn, withRowOfCorrection(turn, reading), { doubts: doubtsOf(turn, reading) });
};

/** `改成3场` right after a report: which row is meant is asked, with the last one as the button. */
function withRowOfCorrection(turn: Turn<"own">, reading: Reading): Reading {
  const last = entriesOf(turn.facts.own).findLast(
    (it) => it.withdrawnAt === null && it.recordedBy === turn.inbound.sender.staffId && it.mode !== "fix",
  );
  if (last === undefined || !/改成|改为|更正|不对|不是/.test(turn.words)) return reading;
  const questions = reading.questions.map((it) =>
    it.about === "row" && it.options.length === 0 ? { ...it, options: [last.indicatorId] } : it,
  );
  return { ...reading, questions };
}

export function readContext(turn: Turn<"own">, row?: string): ReadContext {
  const { campaign, own } = turn.facts;
  const takesNumbers = takesTotals(turn) || beginsWithRow.test(turn.words);
  return {
    campaign,
    fields: own.unit.fields,
    now: turn.inbound.at,
    ...(takesNumbers && { rowNumbers: rowsFor(campaign, own.unit).map((it) => it.no) }),
    ...(row !== undefined && { row }),
  };
}

/** Sorts a reading into what is recorded, asked and refused. */
export function respondToReading(given: Turn<"own">, reading: Reading, taking: Taking = {}): Outcome {
  if (isEmpty(reading)) return notUnderstood(given);
  // Outside the walk all that is said beside figures of one period (其余无) is said of that one.
  const keys = new Set(reading.entries.map((it) => periodKeyOf(given, it, taking.forced)));
  const turn = keys.size === 1 && given.state.walkPage === null ? turnIn(given, [...keys][0]) : given;
  const sorted = sortEntries(turn, reading, taking);
  const isRestUnclear = sorted.questions.length > 0 || (taking.doubts?.isRestUnclear ?? false);
  const rest = !reading.restZero ? noRest : isRestUnclear ? null : restOf(turn, reading, sorted.drafts);
  const isChange = taking.doubts?.isChange ?? false;
  const asked = reading.questions.flatMap((it) =>
    isChange && it.isVague ? totalAsked(it) : readerQuestion(turn, it, sorted.places),
  );
  return respond(turn, {
    drafts: [...sorted.drafts, ...(rest?.drafts ?? [])],
    questions: [...sorted.questions, ...asked, ...(rest?.questions ?? [])],
    rejections: reading.rejections,
    vague: reading.questions.filter((it) => it.isVague),
    isRestPostponed: reading.restZero && rest === null,
  });
}

export function isEmpty({ entries, questions, rejections, restZero }: Reading): boolean {
  return entries.length + questions.length + rejections.length === 0 && !restZero;
}

const noRest = { drafts: [], questions: [] };

/**
 * What `其余无` beside figures means: whatever is still open once they are recorded. While anything of the message is in
 * doubt, nothing is zeroed (`null`): the row in doubt must not become a zero.
 */
function restOf(turn: Turn<"own">, { questions, rejections }: Reading, drafts: readonly Draft[]) {
  const isInDoubt = rejections.length > 0 || questions.some((it) => it.entry === null);
  return isInDoubt ? null : restDrafts(turn, drafts);
}

/** `其余无`: in the walk the page's rows, elsewhere all open rows, asked first unless they were just listed. */
export function restDrafts(turn: Turn<"own">, said: readonly Draft[] = []): { drafts: Draft[]; questions: Question[] } {
  const { facts, state } = turn;
  const { record: after } = recordByPeriod(turn, said);
  const rows = state.walkPage === null ? openRowsOf(facts.campaign, after) : pageRows(turn, state.walkPage);
  const drafts = rows.flatMap((it) => zeroDraft(it, after) ?? []);
  if (takesTotals(turn) || drafts.length === 0) return { drafts, questions: [] };
  return { drafts: [], questions: [{ about: "restZero", indicatorIds: drafts.map((it) => it.indicatorId) }] };
}

/** 演练减少1场: what the row comes to is asked, whatever it was. */
function totalAsked({ indicatorId, about }: ReadQuestion): Question[] {
  return indicatorId === null || about === "date" ? [] : [{ about: "figures", indicatorId }];
}

/** The reader's own questions, but for those that an entry's missing figure asks already. */
function readerQuestion(turn: Turn<"own">, asked: ReadQuestion, places: readonly number[]): Question[] {
  const { about, text, options, indicatorId, measureId, entry } = asked;
  const at = turn.inbound.at.toISOString();
  if (about === "date" && entry !== null) {
    const draft = places.indexOf(entry);
    const entryNo = turn.facts.next.entry + draft;
    return draft === -1 || indicatorId === null ? [] : [{ about: "date", text, indicatorId, entryNo }];
  }
  if (about === "row" || about === "field" || about === "date" || about === "addOrReplace" || indicatorId === null) {
    return [{ about: "row", text, at, options }];
  }
  if (entry !== null) return [];
  const row = rowById(turn, indicatorId);
  if (measureId === null && row !== undefined && row.indicator.measures.length > 1)
    return [{ about: "figures", indicatorId }];
  const measure = measureId ?? rowById(turn, indicatorId)?.indicator.measures[0]?.id;
  return measure === undefined
    ? []
    : [{ about: "count", text, indicatorId, measureId: measure, entryNo: null, date: asked.date }];
}
