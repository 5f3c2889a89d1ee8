import { dayOf } from "../campaign/calendar.ts";
import { lastCorrectable, liveEntries, withFixes } from "../campaign/entry.ts";
import { isRecurring, periodOn, reportingPeriods } from "../campaign/period.ts";
import { type Row, rowsFor, shortLabel } from "../campaign/row.ts";
import { allPeriodsOf, type UnitRecord } from "../campaign/unit-record.ts";
import { type ReadContext, type ReadEntry, type Reading, type ReadQuestion, read } from "../reader/reading.ts";
import { lastCorrectableOf, recordByPeriod } from "./by-period.ts";
import { type DraftedEntry, hasJustListed, openQuestions, type Question } from "./conversation.ts";
import { type Doubts, doubtsOf, mentionedUnit } from "./doubt.ts";
import { answer, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { recordOfEntry, turnIn } from "./period.ts";
import { ownProgress } from "./progress.ts";
import { type Draft, measureTexts, stateOf, zeroDraft } from "./recording.ts";
import { respond, rowById } from "./respond.ts";
import { openRowsOf, pageRows } from "./walk.ts";

/** `第12行 1场10人`, `12 1场10人`, which the bot itself asks for where it can't tell the row. */
const beginsWithRow = /^第?\s*\d{1,2}\s*(?:行|[ .、:：])/;
const asksForDeadline = /截止|期限|什么时候|几号|哪天交|最晚/;
const courtesy =
  /^(?:您好|你好|在吗|谢谢|多谢|辛苦了?|收到|好的?|好滴|嗯+|行|ok|知道了|明白)[！!。~，,\s]*(?:谢谢|辛苦了?)?[！!。~]*$/i;

/** Longest message that is read; what people report fits in far less. */
const longestMessage = 1_500;

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
  const { own } = turn.facts;
  const entries = allPeriodsOf(own)
    .flatMap((it) => it.entries)
    .toSorted((a, b) => a.no - b.no);
  const last = entries.findLast(
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

interface Taking {
  /** The command has said how: `修改` sets. */
  forced?: Draft["mode"];
  doubts?: Doubts;
}

/** Sorts a reading into what is recorded, asked and refused. */
export function respondToReading(given: Turn<"own">, reading: Reading, taking: Taking = {}): Outcome {
  if (isEmpty(reading)) return notUnderstood(given);
  // Outside the walk all that is said beside figures of one period (其余无) is said of that one.
  const keys = new Set(reading.entries.map((it) => placeOf(given, it, taking.forced)));
  const turn = keys.size === 1 && given.state.walkPage === null ? turnIn(given, [...keys][0]) : given;
  const sorted = sortEntries(turn, reading, taking);
  const isRestUnclear = sorted.questions.length > 0 || (taking.doubts?.isRestUnclear ?? false);
  const rest = !reading.restZero ? noRest : isRestUnclear ? null : restOf(turn, reading, sorted.drafts);
  const asked = reading.questions.flatMap((it) => readerQuestion(turn, it, sorted.places));
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
type TakenUp = Draft["mode"] | "addOrSet" | "again" | "nothingToFix" | "own" | "figures";

/** 没发现隐患 is what that day's check found: nothing more, whatever other days have. */
function ofItsDay(entry: ReadEntry): ReadEntry {
  return entry.isOfDay ? { ...entry, mode: "add" } : entry;
}

/** From here on a figure said in words may be heard wrongly by the reader: 四百八 is shown beside its 480. */
const worthShowing = 100;

function worded(text: string, entry: ReadEntry | undefined): Record<string, string> {
  const said = Object.entries(entry?.spans ?? {}).map(([id, { start, end }]) => [id, text.slice(start, end)] as const);
  return Object.fromEntries(said.filter(([id, words]) => isOtherThanDigits(words, entry?.figures[id] ?? 0)));
}

function isOtherThanDigits(words: string, value: number): boolean {
  const digits = /^\d[\d,.]*/.exec(words.normalize("NFKC"))?.[0] ?? "";
  return value >= worthShowing && Number(digits.replaceAll(",", "")) !== value;
}

function sortEntries(turn: Turn<"own">, { text, entries }: Reading, { forced, doubts }: Taking) {
  const seen = new Set<string>();
  const taken = entries.flatMap(
    (
      said,
      place,
    ): { how: TakenUp; drafted: DraftedEntry; place: number; fixes?: number; period: string | undefined }[] => {
      const row = rowById(turn, said.indicatorId);
      if (row === undefined) return [];
      const entry = ofItsDay(said);
      const isSecond = seen.has(entry.indicatorId);
      seen.add(entry.indicatorId);
      const { indicatorId, figures, isNotApplicable, date, dateFrom, isDateStated } = entry;
      const isTotal = !isDateStated && (forced === "set" || takesTotals(turn));
      const period = placeOf(turn, entry, forced);
      const drafted = { indicatorId, figures, isNotApplicable, ...(isTotal ? wholePeriod : { date, dateFrom }) };
      const owed = forced === undefined ? entryOwed(turn, entry) : undefined;
      if (owed !== undefined) return [{ how: "fix", drafted, place, fixes: owed, period: undefined }];
      const how = forced ?? (doubts === undefined ? null : doubted(entry, doubts)) ?? howToTake(turn, row, entry);
      // Two totals of one row in one message: the second must not silently take the place of the first.
      return [{ how: how === "set" && isSecond ? "addOrSet" : how, drafted, place, period }];
    },
  );
  const recorded = taken.flatMap(({ how, drafted, place, fixes, period }): { draft: Draft; place: number }[] => {
    if (how !== "add" && how !== "set" && how !== "fix") return [];
    const said = worded(text, entries[place]);
    const draft = {
      ...drafted,
      mode: how,
      worded: said,
      ...(fixes !== undefined && { fixes }),
      ...(period && { period }),
    };
    return [{ place, draft }];
  });
  const questions = (["addOrSet", "nothingToFix", "again", "own"] as const).flatMap((about): Question[] => {
    const open = taken.filter((it) => it.how === about).map((it) => it.drafted);
    if (open.length === 0) return [];
    return about === "own"
      ? [{ about, entries: open, unit: doubts?.otherUnit?.name ?? "" }]
      : [{ about, entries: open }];
  });
  const totals = taken.filter((it) => it.how === "figures").map((it) => it.drafted.indicatorId);
  const asked = [...new Set(totals)].map((indicatorId): Question => ({ about: "figures", indicatorId }));
  return {
    drafts: recorded.map((it) => it.draft),
    /** Of each draft, which of the entries read it was. */
    places: recorded.map((it) => it.place),
    questions: [...questions, ...asked],
  };
}

/** Key of the period that an entry belongs to (design §5.2), where there are several. */
function placeOf(turn: Turn<"own">, entry: ReadEntry, forced?: Draft["mode"]): string | undefined {
  const { campaign, own } = turn.facts;
  if (!isRecurring(campaign)) return undefined;
  const { date, isDateStated, mode, indicatorId } = entry;
  const periods = reportingPeriods(campaign);
  if (isDateStated && date !== null) return periodOn(periods, date).key;
  if (forced === "set" || takesTotals(turn)) return own.period.key;
  const corrected = mode === "fix" ? lastCorrectableOf(own, indicatorId) : undefined;
  if (corrected !== undefined) return recordOfEntry(own, corrected.no).period.key;
  return periodOn(periods, date ?? dayOf(turn.inbound.at, campaign)).key;
}

function doubted(entry: ReadEntry, doubts: Doubts): TakenUp | null {
  if (doubts.isUnclear(entry)) return "figures";
  return doubts.otherUnit === null ? null : "own";
}

/** `应急演练120人` while just that figure is being asked for: it completes the event, and is no event of its own. */
function entryOwed(turn: Turn<"own">, entry: ReadEntry): number | undefined {
  if (entry.mode !== "add" || entry.isModeStated || entry.isNotApplicable) return undefined;
  const measures = Object.keys(entry.figures);
  const asked = openQuestions(turn.state).findLast(
    ({ question }) =>
      question.about === "count" &&
      question.indicatorId === entry.indicatorId &&
      measures.length === 1 &&
      measures[0] === question.measureId,
  );
  return asked?.question.about === "count" ? (asked.question.entryNo ?? undefined) : undefined;
}

function howToTake(given: Turn<"own">, row: Row, entry: ReadEntry): TakenUp {
  const turn = turnIn(given, placeOf(given, entry));
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
  const live = liveEntries(row.indicator, own.entries);
  return live.some(
    (it) => it.mode === "add" && it.date === entry.date && (same(it.figures) || same(withFixes(it, live))),
  );
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

export function notUnderstood(turn: Turn<"own">): Outcome {
  const { campaign, own } = turn.facts;
  if (asksForDeadline.test(turn.words) && turn.words.length < 30) return ownProgress(turn);
  if (courtesy.test(turn.words)) return outcome(turn.state, [answer(turn.inbound, { tag: "courtesy", data: {} })]);
  const other = turn.words.length > 40 ? undefined : mentionedUnit(turn.words, campaign, own.unit);
  if (other !== undefined) {
    return outcome(turn.state, [
      answer(turn.inbound, { tag: "otherUnit", data: { unit: other.name, own: own.unit.name } }),
    ]);
  }
  const examples = rowsFor(campaign, own.unit)
    .filter((it) => it.indicator.measures.length > 1)
    .slice(0, 2)
    .map((it) => ({ name: shortLabel(it), measures: measureTexts(it) }));
  const data = { text: turn.words, isTooLong: turn.words.length > longestMessage, examples };
  return outcome(turn.state, [answer(turn.inbound, { tag: "notUnderstood", data })]);
}
