import type { Campaign, Indicator, Measure } from "../campaign/campaign.ts";
import type { EntryMode } from "../campaign/entry.ts";
import { hasIndependentCounts, type Row, rowsOf } from "../campaign/row.ts";
import { dayIn } from "./calendar.ts";
import { type DateContext, type DateMention, judgeDate } from "./date.ts";
import type { Figure } from "./figures.ts";
import type { Group, Placed } from "./groups.ts";
import { type Assigned, aboutOf, assignMeasures, chosen, isTooFine, valueFor } from "./measures.ts";
import type { ReadEntry, ReadQuestion, ReadRejection } from "./outcome.ts";

/** How the words around a group mean it. */
export interface Meaning {
  mode: EntryMode;
  isModeStated: boolean;
  isPlanned: boolean;
}

export interface Settled {
  entries: ReadEntry[];
  questions: ReadQuestion[];
  rejections: ReadRejection[];
}

export interface SettleContext extends DateContext {
  campaign: Campaign;
  /** The message as it was written. */
  text: string;
  plain: string;
}

/** The figures of one known row, as entries, questions or rejections. */
export function settle(group: Group, row: Row, meaning: Meaning, context: SettleContext): Settled {
  const settled: Settled = { entries: [], questions: [], rejections: [] };
  for (const event of eventsOf(group, row.indicator, context.plain)) {
    settleEvent({ group, row, meaning, context, event }, settled);
  }
  return settled;
}

interface Event {
  figures: readonly Placed[];
  assigned: Assigned;
}

/** `上午1场50人，下午1场60人`: figures that come round again, each time whole, are events of their own. */
function eventsOf(group: Group, indicator: Indicator, plain: string): Event[] {
  const whole = [{ figures: group.figures, assigned: assignMeasures(plain, indicator, group.figures) }];
  const isPlain = group.figures.every(
    (it) => it.figure.role === "plain" && !it.isCorrection && it.figure.problem === null,
  );
  if (indicator.measures.length < 2 || hasIndependentCounts(indicator) || !isPlain || group.isSum) return whole;
  const size = indicator.measures.length;
  if (group.figures.length <= size || group.figures.length % size !== 0) return whole;
  const events: Event[] = [];
  for (let at = 0; at < group.figures.length; at += size) {
    const figures = group.figures.slice(at, at + size);
    const assigned = assignMeasures(plain, indicator, figures);
    if (assigned.byMeasure.size !== size || figures.some((it) => it.figure.counter === null)) return whole;
    events.push({ figures, assigned });
  }
  return events;
}

interface Settling {
  group: Group;
  row: Row;
  meaning: Meaning;
  context: SettleContext;
  event: Event;
}

function settleEvent(settling: Settling, settled: Settled): void {
  const { group, row, meaning, context, event } = settling;
  const { indicator } = row;
  const text = clauseText(group, context.text);
  const ask = (about: ReadQuestion["about"], measure: Measure | null, options: string[] = []) =>
    settled.questions.push({
      about,
      text,
      options,
      indicatorId: indicator.id,
      measureId: measure?.id ?? null,
      entry: null,
    });
  const reject = (reason: ReadRejection["reason"]) =>
    settled.rejections.push({ reason, text, indicatorId: indicator.id });

  const bad = dateOf(group, context);
  if (bad.judgement === "outsidePeriod" || bad.judgement === "future") return void reject(bad.judgement);
  if (meaning.isPlanned && !bad.isStated) return void reject("future");

  const { figures, unclear, rejection } = figuresOf(indicator, event.assigned, group.isSum);
  const only = indicator.measures.length === 1 ? indicator.measures[0] : undefined;
  // 道路5米、桥梁3座: a figure right behind the row's name that can't be counted in makes the sum doubtful
  const isDoubtful = event.assigned.contrary.some(
    (it) => it.zone !== null && !it.figure.isOfSomething && it.clause.zones.includes(it.zone),
  );
  if (only && isDoubtful && Object.keys(figures).length > 0) {
    delete figures[only.id];
    unclear.push(only);
  }
  if (rejection !== null) return void reject(rejection);
  const isEmpty = Object.keys(figures).length === 0;
  if (isEmpty && unclear.length === 0) {
    if (event.assigned.contrary.some((it) => !it.figure.isOfSomething)) return void ask("row", null, [indicator.id]);
    if (event.assigned.loose.length > 0) return void ask("number", null);
    const open = indicator.measures.find((it) => aboutOf(indicator, it) === "sessions") ?? indicator.measures[0];
    if (open) ask(aboutOf(indicator, open), open);
    return;
  }
  const firstQuestion = settled.questions.length;
  for (const measure of unclear) ask(aboutOf(indicator, measure), measure);
  if (isEmpty) return;

  const isZero = Object.values(figures).every((it) => it === 0) && unclear.length === 0;
  if (isZero && !hasIndependentCounts(indicator)) for (const it of indicator.measures) figures[it.id] = 0;
  if (meaning.mode !== "fix" && !isZero && !hasIndependentCounts(indicator)) {
    for (const measure of indicator.measures) {
      if (figures[measure.id] === undefined && !unclear.includes(measure)) ask(aboutOf(indicator, measure), measure);
    }
  }
  // A figure in this row's place that only another row can count belongs somewhere: it must not vanish
  if (event.assigned.contrary.some((it) => !it.figure.isOfSomething && isCounted(it.figure, context))) {
    settled.questions.push({ about: "row", text, options: [], indicatorId: null, measureId: null, entry: null });
  }
  if (bad.judgement === "ask") ask("date", null);
  settled.entries.push(entryOf(settling, figures, { isZero, ...bad }));
  for (const question of settled.questions.slice(firstQuestion)) question.entry = settled.entries.length - 1;
}

/** Whether any row of the form counts in the figure's unit; 份 of leaflets and 辆 of cars are nobody's. */
function isCounted({ counter }: Figure, { campaign }: SettleContext): boolean {
  return rowsOf(campaign).some((row) => row.indicator.measures.some((it) => it.unit === counter));
}

interface Stated {
  judgement: "ok" | "outsidePeriod" | "future" | "ask";
  isStated: boolean;
  date: string | null;
  dateFrom: string | null;
}

function entryOf(
  { group, row, meaning, context, event }: Settling,
  figures: Record<string, number>,
  stated: Stated & { isZero: boolean },
): ReadEntry {
  // A zero of a stated day is that day's; without one it is the period's
  const mode =
    stated.isZero && meaning.mode === "add" && !stated.isStated && !meaning.isModeStated ? "set" : meaning.mode;
  const isDateless = (mode === "fix" || (mode === "set" && stated.isZero)) && !stated.isStated;
  const today = dayIn(context.campaign.timezone, context.now);
  const { start, end } = context.campaign.period;
  const messageDay = today >= start && today <= end ? today : null;
  return {
    indicatorId: row.indicator.id,
    figures,
    mode,
    isModeStated: meaning.isModeStated,
    isNotApplicable: false,
    date: stated.isStated ? stated.date : isDateless ? null : messageDay,
    dateFrom: stated.dateFrom,
    isDateStated: stated.isStated && stated.date !== null,
    span: spanOf(group, event.figures),
  };
}

/** One value for each measure that has one; those with a rough or doubled figure are unclear. */
function figuresOf(
  indicator: Indicator,
  assigned: Assigned,
  isSum: boolean,
): { figures: Record<string, number>; unclear: Measure[]; rejection: "negative" | "fraction" | "tooLarge" | null } {
  const figures: Record<string, number> = {};
  const unclear: Measure[] = [];
  for (const measure of indicator.measures) {
    const all = assigned.byMeasure.get(measure.id) ?? [];
    if (all.length === 0) continue;
    const picked = chosen(all, isSum);
    // 每场40人 says something of the measure, but not its figure
    if (picked !== null && picked.length === 0) continue;
    if (picked === null || picked.some((it) => it.figure.problem === "vague")) {
      unclear.push(measure);
      continue;
    }
    if (picked.some((it) => it.figure.problem === "negative"))
      return { figures: {}, unclear: [], rejection: "negative" };
    const value = picked.reduce((sum, it) => sum + valueFor(measure, it.figure), 0);
    if (isTooFine(measure, value)) return { figures: {}, unclear: [], rejection: "fraction" };
    if (value > measure.max) return { figures: {}, unclear: [], rejection: "tooLarge" };
    if (
      picked.some((it) => it.figure.hasWideComma) &&
      indicator.measures.length > 1 &&
      !isFirstCounted(indicator, assigned)
    ) {
      unclear.push(measure);
      continue;
    }
    figures[measure.id] = value;
  }
  return { figures, unclear, rejection: null };
}

/** `学习2，120人` may be two sessions; with the sessions said elsewhere the comma can only group thousands. */
function isFirstCounted(indicator: Indicator, assigned: Assigned): boolean {
  return indicator.measures.every((it) => assigned.byMeasure.has(it.id));
}

export function dateOf(group: Pick<Group, "dates">, context: DateContext): Stated {
  const dates = group.dates;
  if (dates.length === 0) return { judgement: "ok", isStated: false, date: null, dateFrom: null };
  const judgements = dates.map((it) => judgeDate(it, context));
  const worst = (["outsidePeriod", "future", "ask"] as const).find((it) => judgements.includes(it));
  if (worst) return { judgement: worst, isStated: true, date: null, dateFrom: null };
  const days = dates
    .flatMap((it: DateMention) => [it.dateFrom, it.date])
    .filter((it) => it !== null)
    .sort();
  const date = days.at(-1) ?? null;
  return {
    judgement: "ok",
    isStated: true,
    date,
    dateFrom: days.length > 1 && days[0] !== date ? (days[0] ?? null) : null,
  };
}

export function spanOf(group: Group, figures: readonly Placed[]): { start: number; end: number } {
  const own = figures.length === group.figures.length ? group.zones : [];
  const parts = [...own, ...figures.map((it) => it.figure)];
  if (parts.length === 0) return { start: group.clauses[0]?.start ?? 0, end: group.clauses.at(-1)?.end ?? 0 };
  return { start: Math.min(...parts.map((it) => it.start)), end: Math.max(...parts.map((it) => it.end)) };
}

/** What a question is about, as written: the group's clauses, with the date words that reach it from before. */
export function clauseText(group: Group, text: string): string {
  const start = Math.min(...group.clauses.map((it) => it.start));
  const end = Math.max(...group.clauses.map((it) => it.end));
  const carried = group.dates
    .filter((it) => it.end <= start || it.start >= end)
    .map((it) => text.slice(it.start, it.end));
  return [...carried, text.slice(start, end).trim()].join(" ");
}
