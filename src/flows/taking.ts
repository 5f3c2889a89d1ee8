import { type Entry, type Figures, lastCorrectable, liveEntries, withFixes } from "../campaign/entry.ts";
import type { Row } from "../campaign/row.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { ReadEntry, Reading } from "../reader/reading.ts";
import { lastCorrectableOf } from "./by-period.ts";
import { type DraftedEntry, openQuestions, type Question } from "./conversation.ts";
import type { Doubts } from "./doubt.ts";
import type { Turn } from "./flow.ts";
import { periodOfQuestion, turnIn } from "./period.ts";
import { type Draft, stateOf } from "./recording.ts";
import { rowById } from "./respond.ts";
import { periodKeyOf, takesTotals } from "./spoken-of.ts";

export interface Taking {
  /** The command has said how: `修改` sets. */
  forced?: Draft["mode"];
  doubts?: Doubts;
}

/** How one entry is taken up: recorded in a mode, or only once the person has said how. */
type TakenUp = Draft["mode"] | "addOrSet" | "again" | "nothingToFix" | "own" | "figures";

/** 没发现隐患 is what that day's check found: nothing more, whatever other days have. */
function ofItsDay(entry: ReadEntry): ReadEntry {
  return entry.isOfDay ? { ...entry, mode: "add" } : entry;
}

/** From here on a figure said in words may be heard wrongly by the reader: 四百八 is shown beside its 480. */
const worthShowing = 100;

function worded(text: string, { spans, figures }: ReadEntry): Record<string, string> {
  const said = Object.entries(spans).map(([id, { start, end }]) => [id, text.slice(start, end)] as const);
  return Object.fromEntries(said.filter(([id, words]) => isOtherThanDigits(words, figures[id] ?? 0)));
}

function isOtherThanDigits(words: string, value: number): boolean {
  const digits = /^\d[\d,.]*/.exec(words.normalize("NFKC"))?.[0] ?? "";
  return value >= worthShowing && Number(digits.replaceAll(",", "")) !== value;
}

/** One entry that was read, with what is to become of it. */
interface Taken {
  how: TakenUp;
  drafted: DraftedEntry;
  /** Which of the entries read it is. */
  index: number;
  isCorrection: boolean;
  worded: Record<string, string>;
  /** Key of the period it is about. */
  period: string;
  /** The entry that it corrects, where that is known; it stays in its period. */
  fixes?: number;
}

export type Sorted = ReturnType<typeof sortEntries>;

/** Sorts what was read into what is recorded at once, and what is asked first. */
export function sortEntries(turn: Turn<"own">, { text, entries }: Reading, taking: Taking) {
  const seen = new Set<string>();
  const taken = entries.flatMap((said, index): Taken[] => {
    const row = rowById(turn, said.indicatorId);
    if (row === undefined) return [];
    const isSecond = seen.has(said.indicatorId);
    const isSaidTwice = entries.slice(0, index).some((it) => isSame(it, said));
    seen.add(said.indicatorId);
    const up = takeUp(turn, { row, entry: ofItsDay(said), isSecond, isSaidTwice }, taking);
    return [{ ...up, index, worded: worded(text, said), isCorrection: said.mode !== "add" }];
  });
  const recorded = taken.flatMap(
    ({ how, index, drafted, worded, period, fixes }): { draft: Draft; index: number }[] => {
      if (how !== "add" && how !== "set" && how !== "fix") return [];
      return [{ index, draft: { ...drafted, worded, mode: how, ...(fixes === undefined ? { period } : { fixes }) } }];
    },
  );
  return {
    drafts: recorded.map((it) => it.draft),
    /** Of each draft, which of the entries read it was. */
    indexes: recorded.map((it) => it.index),
    questions: [...new Set(taken.map((it) => it.period))].flatMap((period) =>
      questionsOf(
        taken.filter((it) => it.period === period),
        taking.doubts,
      ).map((it) => ({ ...it, period })),
    ),
    /** Keys of all periods that it is about. */
    periods: [...new Set(taken.map((it) => it.period))],
  };
}

function takeUp(
  turn: Turn<"own">,
  { row, entry, isSecond, isSaidTwice }: { row: Row; entry: ReadEntry; isSecond: boolean; isSaidTwice: boolean },
  { forced, doubts }: Taking,
): Pick<Taken, "how" | "drafted" | "fixes" | "period"> {
  const { indicatorId, figures, isNotApplicable, date, dateFrom, isDateStated } = entry;
  const isTotal = !isDateStated && (forced === "set" || takesTotals(turn));
  const drafted = { indicatorId, figures, isNotApplicable, ...(isTotal ? wholePeriod : { date, dateFrom }) };
  const owed = forced === undefined ? entryOwed(turn, entry) : undefined;
  if (owed !== undefined) return { how: "fix", drafted, ...owed };
  const how = forced ?? (doubts === undefined ? null : doubted(entry, doubts)) ?? howToTake(turn, row, entry);
  const period = periodKeyOf(turn, entry, forced);
  if (how === "add" && isSaidTwice) return { how: "again", drafted, period };
  const corrected = how === "fix" ? correctedBy(turn, { row, entry, period }) : undefined;
  // A day that was not said is not corrected: the entry stays where it is.
  if (corrected !== undefined) return { how, drafted, fixes: corrected.no, period };
  // Two totals of one row in one message: the second must not silently take the place of the first.
  return { how: how === "set" && isSecond ? "addOrSet" : how, drafted, period };
}

/** 演练2场50人；演练2场50人: the same row, day and figures in one message. */
function isSame(one: ReadEntry, other: ReadEntry): boolean {
  const keyOf = ({ indicatorId, date, figures }: ReadEntry) =>
    JSON.stringify([indicatorId, date, Object.entries(figures).sort()]);
  return !one.isNotApplicable && one.mode === other.mode && keyOf(one) === keyOf(other);
}

function questionsOf(taken: readonly Taken[], doubts: Doubts | undefined): Question[] {
  const entriesFor = (how: TakenUp) => taken.filter((it) => it.how === how).map((it) => it.drafted);
  const questions = (["addOrSet", "nothingToFix", "again", "own"] as const).flatMap((about): Question[] => {
    const entries = entriesFor(about);
    if (entries.length === 0) return [];
    if (about !== "own") return [{ about, entries }];
    const corrected = taken.filter((it) => it.how === "own" && it.isCorrection).map((it) => it.drafted.indicatorId);
    return [{ about, entries, unit: doubts?.otherUnit ?? "", corrected: [...new Set(corrected)] }];
  });
  const rows = new Set(entriesFor("figures").map((it) => it.indicatorId));
  return [...questions, ...[...rows].map((indicatorId): Question => ({ about: "figures", indicatorId }))];
}

function doubted(entry: ReadEntry, doubts: Doubts): TakenUp | null {
  if (doubts.isUnclear(entry)) return "figures";
  return doubts.otherUnit === null ? null : "own";
}

/**
 * `应急演练120人` while just that figure is being asked for: it completes the event, and is no event of its own. With a day,
 * or in the walk, only an event of that period can be meant.
 */
function entryOwed(turn: Turn<"own">, entry: ReadEntry): { fixes: number; period: string } | undefined {
  if (entry.mode !== "add" || entry.isModeStated || entry.isNotApplicable) return undefined;
  const measures = Object.keys(entry.figures);
  const asked = openQuestions(turn.state).flatMap(({ question, period }) =>
    question.about === "count" &&
    question.indicatorId === entry.indicatorId &&
    measures.length === 1 &&
    measures[0] === question.measureId
      ? { entryNo: question.entryNo, period: periodOfQuestion(turn.facts.own, { question, period }) }
      : [],
  );
  const key = periodKeyOf(turn, entry);
  const isBound = entry.isDateStated || takesTotals(turn);
  const found = asked.findLast((it) => it.period === key) ?? (isBound ? undefined : asked.at(-1));
  return found === undefined || found.entryNo === null ? undefined : { fixes: found.entryNo, period: found.period };
}

function howToTake(given: Turn<"own">, row: Row, entry: ReadEntry): TakenUp {
  const turn = turnIn(given, periodKeyOf(given, entry));
  const { own } = turn.facts;
  if (entry.isNotApplicable) return "set";
  if (entry.mode === "fix") {
    if (correctableIn(turn, row, entry.denied) !== undefined) return "fix";
    // Several reports, and none has the figure that is said to be wrong: nobody knows which is meant.
    return correctableIn(turn, row) === undefined ? "nothingToFix" : "figures";
  }
  // A zero said of a row that has figures may mean this day, or the whole row.
  if (entry.mode === "set" && !entry.isModeStated) return isUntouched(row, own) ? "set" : "addOrSet";
  if (entry.isModeStated) return entry.mode;
  if (takesTotals(turn) && !entry.isDateStated) return isUntouched(row, own) ? "set" : "addOrSet";
  return isRepeated(row, entry, own) ? "again" : "add";
}

/** With a day, whichever report the row has, wherever it stands, and only where words tell which: it may be its day that is corrected. */
function correctedBy(
  turn: Turn<"own">,
  { row, entry, period }: { row: Row; entry: ReadEntry; period: string },
): Entry | undefined {
  const { isDateStated, denied, indicatorId } = entry;
  if (!isDateStated) return correctableIn(turnIn(turn, period), row, denied);
  return denied === undefined ? undefined : lastCorrectableOf(turn.facts.own, indicatorId, denied);
}

function correctableIn({ facts }: Turn<"own">, { indicator }: Row, denied?: Figures): Entry | undefined {
  return lastCorrectable(indicator, facts.own.entries, denied);
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
