import type { Indicator, Measure } from "../campaign/campaign.ts";
import { hasIndependentCounts } from "../campaign/row.ts";
import type { Clause } from "./clauses.ts";
import { baseOfWan, canCount, isPeople, isSessions } from "./counters.ts";
import type { Figure } from "./figure.ts";
import type { Placed } from "./group.ts";
import { foldName } from "./text.ts";

/** The figures of one event by measure, before it is known which of several is meant. */
export interface Assigned {
  byMeasure: Map<string, Placed[]>;
  /** Counted in a word that no measure of the row takes (3幢 for sessions). */
  contrary: Placed[];
  /** Numbers without a word that no open measure claims alone. */
  loose: Placed[];
}

export function assignMeasures(plain: string, indicator: Indicator, figures: readonly Placed[]): Assigned {
  const assigned: Assigned = { byMeasure: new Map(), contrary: [], loose: [] };
  const bare: Placed[] = [];
  for (const placed of figures) {
    const measure = measureFor(plain, indicator, placed);
    if (measure !== null) put(assigned, measure, placed);
    else if (placed.figure.counter === null) bare.push(placed);
    else if (
      hasIndependentCounts(indicator) &&
      indicator.measures.some((it) => canCount(it, placed.figure.counter ?? ""))
    ) {
      assigned.loose.push(placed);
    } else assigned.contrary.push(placed);
  }
  preferPersons(indicator, assigned);
  takeOneEvent(indicator, assigned);
  if (bare.length === 0) return assigned;
  const open = indicator.measures.filter((it) => !assigned.byMeasure.has(it.id));
  // Bare numbers fill the open measures in the form's order, only when there is one for each
  const isMatched = bare.length === open.length && !hasIndependentCounts(indicator);
  if (isMatched)
    for (const [index, measure] of open.entries()) put(assigned, measure, bare[index] ?? placedNever(bare));
  else assigned.loose.push(...bare);
  return assigned;
}

function put({ byMeasure }: Assigned, { id }: Measure, placed: Placed): void {
  const others = byMeasure.get(id);
  if (others) others.push(placed);
  else byMeasure.set(id, [placed]);
}

/** 专家6人、隐患10个: where persons are counted as persons, 个 counts something else. */
function preferPersons(indicator: Indicator, assigned: Assigned): void {
  for (const measure of indicator.measures) {
    const placed = assigned.byMeasure.get(measure.id);
    if (!placed?.some((it) => it.figure.counter === "个") || !isPeople(measure)) continue;
    const persons = placed.filter((it) => it.figure.counter !== "个");
    if (persons.length === 0) continue;
    assigned.byMeasure.set(measure.id, persons);
    assigned.contrary.push(...placed.filter((it) => it.figure.counter === "个"));
  }
}

/** 开了个班前会: one of what is held in sessions, where they are not counted otherwise. */
function takeOneEvent(indicator: Indicator, assigned: Assigned): void {
  const sessions = indicator.measures.find(isSessions);
  const one = assigned.contrary.filter(isOneBeforeName);
  if (sessions === undefined || one.length === 0) return;
  assigned.contrary = assigned.contrary.filter((it) => !one.includes(it));
  if (one[0] !== undefined && !assigned.byMeasure.has(sessions.id)) put(assigned, sessions, one[0]);
}

function isOneBeforeName({ figure, zone }: Placed): boolean {
  const { counter, value, end } = figure;
  return counter === "个" && value === 1 && zone !== null && zone.start >= end && zone.start - end <= 10;
}

function placedNever(bare: readonly Placed[]): never {
  throw new RangeError(`fewer bare numbers than measures: ${bare.length}`);
}

function measureFor(plain: string, indicator: Indicator, placed: Placed): Measure | null {
  const { figure, measureId } = placed;
  const named = measureId === null ? undefined : indicator.measures.find((it) => it.id === measureId);
  if (named) return figure.counter === null || canCount(named, figure.counter) ? named : null;
  if (hasIndependentCounts(indicator)) return measureByLabel(plain, indicator, placed);
  if (figure.counter === null) return headedMeasure(plain, indicator, placed) ?? wanMeasure(indicator, figure);
  const [only, another] = countedIn(indicator, figure.counter);
  return another ? measureByLabel(plain, indicator, placed) : (only ?? null);
}

/** By counting word: asked for every figure of every row. */
const counted = new WeakMap<Indicator, Map<string, readonly Measure[]>>();

/** The measures that a counting word may be of: those of just this unit, or else all that can be counted so. */
function countedIn(indicator: Indicator, counter: string): readonly Measure[] {
  let byCounter = counted.get(indicator);
  if (byCounter === undefined) {
    byCounter = new Map();
    counted.set(indicator, byCounter);
  }
  let measures = byCounter.get(counter);
  if (measures === undefined) {
    const exact = indicator.measures.filter((it) => it.unit === counter);
    const fitting = indicator.measures.filter((it) => canCount(it, counter) || isMoney(it, counter));
    measures = exact.length > 0 ? exact : fitting;
    byCounter.set(counter, measures);
  }
  return measures;
}

/** 车次12, 里程：88: the measure's label or unit stands before a number without a word. */
function headedMeasure(plain: string, indicator: Indicator, { figure, clause }: Placed): Measure | null {
  if (indicator.measures.length < 2) return null;
  const before = foldName(wordsBefore(plain, clause, figure));
  const headed = indicator.measures.filter((it) => namesOf(it).headings.some((name) => before.endsWith(name)));
  return headed.length === 1 ? (headed[0] ?? null) : null;
}

/** What the clause says before a figure, without the words that lead up to it (里程：, 培训率为). */
function wordsBefore(plain: string, clause: Clause, { start }: Figure): string {
  return plain.slice(clause.start, start).replace(/[\s:为是有达共]+$/, "");
}

/** What a measure is called, as names are compared. */
interface Names {
  all: readonly string[];
  /** Those of more than one character. */
  long: readonly string[];
  /** What may stand before its figure: those, and its unit. */
  headings: readonly string[];
}

function namesOf(measure: Measure): Names {
  let names = known.get(measure);
  if (names === undefined) {
    const all = [measure.label, ...measure.aliases];
    const long = all.filter((it) => it.length > 1).map(foldName);
    const unit = measure.unit.length > 1 ? [foldName(measure.unit)] : [];
    names = { all: all.map(foldName), long, headings: [...long, ...unit] };
    known.set(measure, names);
  }
  return names;
}

/** Asked for figure after figure. */
const known = new WeakMap<Measure, Names>();

/** 保费54.2万: only one of the measures counts ten thousands. */
function wanMeasure({ measures }: Indicator, { hasWan }: Figure): Measure | null {
  const counted = measures.filter((it) => baseOfWan(it.unit) !== null);
  return hasWan && counted.length === 1 ? (counted[0] ?? null) : null;
}

/** Whether the words before a figure name one of the row's measures (培训率98.2%). */
export function isNamedMeasure(
  plain: string,
  indicator: Indicator,
  placed: Pick<Placed, "figure" | "clause">,
): boolean {
  const { figure, clause } = placed;
  const { counter } = figure;
  const fitting = indicator.measures.filter((it) => counter === null || canCount(it, counter));
  if (fitting.length === 0) return false;
  const before = foldName(wordsBefore(plain, clause, figure));
  return fitting.some((it) => namesOf(it).long.some((name) => before.endsWith(name)));
}

/** The label of a measure right before its figure (其他1个), or right behind it (2个其他). */
function measureByLabel(plain: string, indicator: Indicator, { figure, clause }: Placed): Measure | null {
  const previous = clause.figures.filter((it) => it.end <= figure.start).at(-1)?.end ?? clause.start;
  const before = foldName(plain.slice(previous, figure.start));
  const after = foldName(plain.slice(figure.end, figure.end + 12));
  const fits = (it: Measure) => it.label !== "" && (figure.counter === null || canCount(it, figure.counter));
  const named = indicator.measures.filter((it) => fits(it) && namesOf(it).all.some((name) => before.endsWith(name)));
  const within = indicator.measures.filter((it) => fits(it) && namesOf(it).all.some((name) => before.includes(name)));
  const behind = indicator.measures.filter((it) => fits(it) && namesOf(it).all.some((name) => after.startsWith(name)));
  const [only] = within.length === 1 ? within : behind.length === 1 ? behind : [];
  return named[0] ?? only ?? null;
}

function isMoney({ unit }: Measure, counter: string): boolean {
  return /元$/.test(unit) && (counter === "元" || counter === unit);
}

/** What a question about a missing or rough figure is called. Counts of their own are just a number. */
export function aboutOf(indicator: Indicator, measure: Measure): "sessions" | "people" | "number" {
  if (indicator.measures.length < 2 || hasIndependentCounts(indicator)) return "number";
  if (isPeople(measure)) return "people";
  return isSessions(measure) ? "sessions" : "number";
}
