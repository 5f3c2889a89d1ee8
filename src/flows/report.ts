import { periodOn, reportingPeriods } from "../campaign/period.ts";
import { rowsFor } from "../campaign/row.ts";
import { entriesOf } from "../campaign/unit-record.ts";
import { type ReadContext, type Reading, type ReadQuestion, read } from "../reader/reading.ts";
import { recordByPeriod } from "./by-period.ts";
import { correctionOfDay } from "./day-correction.ts";
import { doubtsOf } from "./doubt.ts";
import type { Outcome, Step, Turn } from "./flow.ts";
import { longestMessage, notUnderstood } from "./not-understood.ts";
import { turnIn } from "./period.ts";
import { type Draft, zeroDraft } from "./recording.ts";
import { type AskedIn, respond, rowById } from "./respond.ts";
import { periodKeyOf, takesTotals } from "./spoken-of.ts";
import { type Sorted, sortEntries, type Taking } from "./taking.ts";
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
  const corrected = correctionOfDay(turn, reading);
  if (corrected !== null) return respond(turn, { drafts: [corrected] });
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
    ownNames: [own.unit.name, ...own.unit.aliases],
    now: turn.inbound.at,
    ...(takesNumbers && { rowNumbers: rowsFor(campaign, own.unit).map((it) => it.no) }),
    ...(row !== undefined && { row }),
  };
}

/** Sorts a reading into what is recorded, asked and refused. */
export function respondToReading(turn: Turn<"own">, reading: Reading, taking: Taking = {}): Outcome {
  if (isEmpty(reading)) return notUnderstood(turn);
  const sorted = sortEntries(turn, reading, taking);
  const isRestUnclear = () => sorted.questions.length > 0 || (taking.doubts?.isRestUnclear() ?? false);
  const rest = !reading.restZero ? noRest : isRestUnclear() ? null : restOf(turn, reading, sorted);
  const isChange = taking.doubts?.isChange ?? false;
  const asked = reading.questions.flatMap((it) =>
    isChange && it.isVague ? totalAsked(turn, it) : readerQuestion(turn, it, sorted.indexes),
  );
  return respond(turn, {
    drafts: [...sorted.drafts, ...(rest?.drafts ?? [])],
    questions: [...sorted.questions, ...asked, ...(rest?.questions ?? [])],
    rejections: reading.rejections,
    vague: reading.questions.filter((it) => it.isVague),
    isRestPostponed: reading.restZero && rest === null,
    restOf: reading.restZero && rest === null ? periodsOfRest(turn, sorted) : [],
  });
}

export function isEmpty({ entries, questions, rejections, restZero }: Reading): boolean {
  return entries.length + questions.length + rejections.length === 0 && !restZero;
}

const noRest = { drafts: [], questions: [] };

/**
 * What `其余无` beside figures means: whatever is still open of their period once they are recorded. While anything of the
 * message is in doubt, nothing is zeroed (`null`): the row in doubt must not become a zero. Nor is it where the figures are
 * of several periods, or in the walk of another one than is walked through: any of them might be meant.
 */
function restOf(turn: Turn<"own">, { questions, rejections }: Reading, sorted: Sorted) {
  const isInDoubt = rejections.length > 0 || questions.some((it) => it.entry === null);
  const [period, ...others] = periodsOfRest(turn, sorted);
  return isInDoubt || others.length > 0 ? null : restDrafts(turnIn(turn, period), sorted.drafts);
}

/** Keys of the periods of which `其余无` beside figures may be said. */
function periodsOfRest({ state, facts }: Turn<"own">, { periods }: Sorted): string[] {
  const walked = state.walkPage === null && periods.length > 0 ? [] : [facts.own.period.key];
  return [...new Set([...walked, ...periods])];
}

/** `其余无`: in the walk the page's rows, elsewhere all open rows, asked first unless they were just listed. */
export function restDrafts(turn: Turn<"own">, said: readonly Draft[] = []): { drafts: Draft[]; questions: AskedIn[] } {
  const { facts, state } = turn;
  const period = facts.own.period.key;
  const { record: after } = recordByPeriod(turn, said);
  const rows = state.walkPage === null ? openRowsOf(facts.campaign, after) : pageRows(turn, state.walkPage);
  const drafts = rows.flatMap((it) => zeroDraft(it, after) ?? []).map((it) => ({ ...it, period }));
  if (takesTotals(turn) || drafts.length === 0) return { drafts, questions: [] };
  return { drafts: [], questions: [{ about: "restZero", indicatorIds: drafts.map((it) => it.indicatorId), period }] };
}

/** 演练减少1场: what the row comes to is asked, whatever it was. */
function totalAsked(turn: Turn<"own">, asked: ReadQuestion): AskedIn[] {
  const { indicatorId, about } = asked;
  if (indicatorId === null || about === "date") return [];
  return [{ about: "figures", indicatorId, period: periodKeyOf(turn, { ...asked, indicatorId, mode: "add" }) }];
}

/** The reader's own questions, but for those that an entry's missing figure asks already. */
function readerQuestion(turn: Turn<"own">, asked: ReadQuestion, indexes: readonly number[]): AskedIn[] {
  const { about, text, options, indicatorId, measureId, entry } = asked;
  const at = turn.inbound.at.toISOString();
  if (about === "date" && entry !== null) {
    const draft = indexes.indexOf(entry);
    const entryNo = turn.facts.next.entry + draft;
    return draft === -1 || indicatorId === null ? [] : [{ about: "date", text, indicatorId, entryNo }];
  }
  if (about === "row" || about === "field" || about === "date" || about === "addOrReplace" || indicatorId === null) {
    return [{ about: "row", text, at, options, period: periodOfText(turn, text, options[0]) }];
  }
  if (entry !== null) return [];
  const row = rowById(turn, indicatorId);
  const period = periodKeyOf(turn, { ...asked, indicatorId, mode: "add" });
  if (measureId === null && row !== undefined && row.indicator.measures.length > 1)
    return [{ about: "figures", indicatorId, period }];
  const measure = measureId ?? row?.indicator.measures[0]?.id;
  if (measure === undefined) return [];
  // In the walk of another period than today's the answer is of that period, and of no day.
  const periods = reportingPeriods(turn.facts.campaign);
  const date = asked.date !== null && periodOn(periods, asked.date).key === period ? asked.date : null;
  return [{ about: "count", text, indicatorId, measureId: measure, entryNo: null, date, period }];
}

/** The period that words will be recorded in once their row is known, whichever that is. */
function periodOfText(turn: Turn<"own">, text: string, option?: string): string {
  const { campaign, own } = turn.facts;
  const row = option ?? rowsFor(campaign, own.unit)[0]?.indicator.id;
  const [entry] = row === undefined ? [] : read(text, readContext(turn, row)).entries;
  return entry === undefined ? own.period.key : periodKeyOf(turn, entry);
}
