import type { Campaign, Unit } from "../campaign/campaign.ts";
import { lastCorrectable, liveEntries } from "../campaign/entry.ts";
import { type Row, rowsFor, shortLabel } from "../campaign/row.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import { type ReadContext, type ReadEntry, type Reading, type ReadQuestion, read } from "../reader/reading.ts";
import { type DraftedEntry, hasJustListed, type Question } from "./conversation.ts";
import { answer, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { type Draft, record, stateOf, zeroDraft } from "./recording.ts";
import { respond, rowById } from "./respond.ts";
import { openRowsOf, pageRows } from "./walk.ts";

/** Longest message that is read; what people report fits in far less. */
const longestMessage = 1_500;

/**
 * A plain sentence, in the walk or outside it: what is certain is recorded and echoed, the rest is asked in the same
 * answer, nothing is guessed.
 */
export const report: Step<"own"> = (turn) => {
  if (turn.words.length > longestMessage || turn.words === "") return notUnderstood(turn);
  return respondToReading(turn, read(turn.words, readContext(turn)));
};

export function readContext(turn: Turn<"own">, row?: string): ReadContext {
  const { campaign, own } = turn.facts;
  return {
    campaign,
    fields: own.unit.fields,
    now: turn.inbound.at,
    ...(takesTotals(turn) && { rowNumbers: rowsFor(campaign, own.unit).map((it) => it.no) }),
    ...(row !== undefined && { row }),
  };
}

/** Sorts a reading into what is recorded, asked and refused. `forced`: the command has said how (`修改` sets). */
export function respondToReading(turn: Turn<"own">, reading: Reading, forced?: Draft["mode"]): Outcome {
  if (isEmpty(reading)) return notUnderstood(turn);
  const sorted = sortEntries(turn, reading.entries, forced);
  const rest = reading.restZero ? restOf(turn, reading, sorted.drafts) : noRest;
  const asked = reading.questions.flatMap((it) => readerQuestion(turn, it, sorted.drafts));
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

/** How one entry is taken up: recorded in a mode, or only once the person has said how. */
type TakenUp = Draft["mode"] | "addOrSet" | "again" | "nothingToFix";

function sortEntries(turn: Turn<"own">, entries: readonly ReadEntry[], forced?: Draft["mode"]) {
  const taken = entries.flatMap((entry): { how: TakenUp; drafted: DraftedEntry }[] => {
    const row = rowById(turn, entry.indicatorId);
    if (row === undefined) return [];
    const { indicatorId, figures, isNotApplicable, date, dateFrom, isDateStated } = entry;
    const isTotal = !isDateStated && (forced === "set" || takesTotals(turn));
    const drafted = { indicatorId, figures, isNotApplicable, ...(isTotal ? wholePeriod : { date, dateFrom }) };
    return [{ how: forced ?? howToTake(turn, row, entry), drafted }];
  });
  const drafts = taken.flatMap(({ how, drafted }): Draft[] =>
    how === "add" || how === "set" || how === "fix" ? [{ ...drafted, mode: how }] : [],
  );
  const questions = (["addOrSet", "nothingToFix", "again"] as const).flatMap((about): Question[] => {
    const open = taken.filter((it) => it.how === about).map((it) => it.drafted);
    return open.length === 0 ? [] : [{ about, entries: open }];
  });
  return { drafts, questions };
}

function howToTake(turn: Turn<"own">, row: Row, entry: ReadEntry): TakenUp {
  const { own } = turn.facts;
  if (entry.isNotApplicable) return "set";
  if (entry.mode === "fix") return lastCorrectable(row.indicator, own.entries) === undefined ? "nothingToFix" : "fix";
  // A zero said of a row that has figures may mean this day, or the whole row.
  if (entry.mode === "set" && !entry.isModeStated) return isUntouched(row, own) ? "set" : "addOrSet";
  if (entry.isModeStated) return entry.mode;
  if (takesTotals(turn) && !entry.isDateStated) return isUntouched(row, own) ? "set" : "addOrSet";
  return isRepeated(row, entry, own) ? "again" : "add";
}

/** In the walk, and right after the open rows were listed, an undated answer is the row's total of the whole period. */
function takesTotals({ state, facts }: Turn<"own">): boolean {
  return state.walkPage !== null || hasJustListed(state, facts.now);
}

const wholePeriod = { date: null, dateFrom: null };

function isUntouched(row: Row, own: UnitRecord): boolean {
  const state = stateOf(row, own);
  return state.kind === "open" && Object.keys(state.figures).length === 0;
}

/** Same row, day and figures as an entry already there: a second event, or the same one told twice? */
function isRepeated(row: Row, entry: ReadEntry, own: UnitRecord): boolean {
  const same = (figures: Readonly<Record<string, number>>) =>
    Object.keys({ ...figures, ...entry.figures }).every((it) => figures[it] === entry.figures[it]);
  return liveEntries(row.indicator, own.entries).some(
    (it) => it.mode === "add" && it.date === entry.date && same(it.figures),
  );
}

/** `其余无`: in the walk the page's rows, elsewhere all open rows, asked first unless they were just listed. */
export function restDrafts(turn: Turn<"own">, said: readonly Draft[] = []): { drafts: Draft[]; questions: Question[] } {
  const { facts, state } = turn;
  const { record: after } = record(turn, facts.own, said);
  const rows = state.walkPage === null ? openRowsOf(facts.campaign, after) : pageRows(turn, state.walkPage);
  const drafts = rows.flatMap((it) => zeroDraft(it, after) ?? []);
  if (takesTotals(turn) || drafts.length === 0) return { drafts, questions: [] };
  return { drafts: [], questions: [{ about: "restZero", indicatorIds: drafts.map((it) => it.indicatorId) }] };
}

/** The reader's own questions, but for those that an entry's missing figure asks already. */
function readerQuestion(turn: Turn<"own">, asked: ReadQuestion, drafts: readonly Draft[]): Question[] {
  const { about, text, options, indicatorId, measureId, entry } = asked;
  const at = turn.inbound.at.toISOString();
  if (about === "date" && entry !== null) {
    const place = drafts.findIndex((it) => it.indicatorId === indicatorId);
    const entryNo = turn.facts.next.entry + place;
    return place === -1 || indicatorId === null ? [] : [{ about: "date", text, indicatorId, entryNo }];
  }
  if (about === "row" || about === "field" || about === "date" || about === "addOrReplace" || indicatorId === null) {
    return [{ about: "row", text, at, options }];
  }
  if (entry !== null) return [];
  const measure = measureId ?? rowById(turn, indicatorId)?.indicator.measures[0]?.id;
  return measure === undefined
    ? []
    : [{ about: "count", text, indicatorId, measureId: measure, entryNo: null, date: asked.date }];
}

/** `普陀报了多少`: a liaison sees the own unit only. */
function mentionedUnit(text: string, { units }: Campaign, own: Unit): Unit | undefined {
  return units.find((unit) => unit.id !== own.id && [unit.name, ...unit.aliases].some((it) => text.includes(it)));
}

export function notUnderstood(turn: Turn<"own">): Outcome {
  const { campaign, own } = turn.facts;
  const other = turn.words.length > 40 ? undefined : mentionedUnit(turn.words, campaign, own.unit);
  if (other !== undefined) {
    return outcome(turn.state, [
      answer(turn.inbound, { tag: "otherUnit", data: { unit: other.name, own: own.unit.name } }),
    ]);
  }
  const examples = rowsFor(campaign, own.unit)
    .filter((it) => it.indicator.measures.length > 1)
    .slice(0, 2)
    .map((it) => ({ name: shortLabel(it), units: it.indicator.measures.map((measure) => measure.unit) }));
  const data = { text: turn.words, isTooLong: turn.words.length > longestMessage, examples };
  return outcome(turn.state, [answer(turn.inbound, { tag: "notUnderstood", data })]);
}
