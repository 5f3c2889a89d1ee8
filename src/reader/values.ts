import type { Indicator, Measure } from "../campaign/campaign.ts";
import { baseOfWan, isSessions } from "./counters.ts";
import { type Figure, isOwn } from "./figure.ts";
import type { Placed } from "./group.ts";
import type { Assigned } from "./measures.ts";
import { type Span, spanAround } from "./span.ts";

export interface Picked {
  figures: Record<string, number>;
  /** What is said not to be so, or no longer. */
  denied: Record<string, number>;
  /** Where each figure stands. */
  spans: Record<string, Span>;
  unclear: Measure[];
  rejection: "negative" | "fraction" | "tooLarge" | null;
}

/** One value for each measure that has one; those with a rough or doubled figure are unclear. */
export function figuresOf(indicator: Indicator, assigned: Assigned, isSum: boolean): Picked {
  const figures: Record<string, number> = {};
  const denied: Record<string, number> = {};
  const spans: Record<string, Span> = {};
  const unclear: Measure[] = [];
  for (const measure of indicator.measures) {
    const all = assigned.byMeasure.get(measure.id) ?? [];
    if (all.length === 0) continue;
    const [notSo, other] = all.filter((it) => it.figure.role === "denied" && it.figure.problem === null);
    if (notSo && !other) denied[measure.id] = valueFor(measure, notSo.figure);
    const picked = told(assigned, measure) ?? chosen(all, isSum);
    // 每场40人 says something of the measure, but not its figure
    if (picked !== null && picked.length === 0) continue;
    if (
      picked === null ||
      isUnclear(picked, assigned) ||
      isContradicted(picked, all, sessionsOf(indicator, assigned))
    ) {
      unclear.push(measure);
      continue;
    }
    if (picked.some((it) => it.figure.problem === "negative")) return { ...nothing, rejection: "negative" };
    const value = picked.reduce((sum, it) => sum + valueFor(measure, it.figure), 0);
    if (isTooFine(measure, value)) return { ...nothing, rejection: "fraction" };
    if (value > measure.max) return { ...nothing, rejection: "tooLarge" };
    if (
      picked.some((it) => it.figure.hasWideComma) &&
      indicator.measures.length > 1 &&
      !isFirstCounted(indicator, assigned)
    ) {
      unclear.push(measure);
      continue;
    }
    figures[measure.id] = value;
    spans[measure.id] = spanAround(picked.map((it) => it.figure));
  }
  // 道路5米、桥梁3座: a figure right behind the row's name that can't be counted in makes the sum doubtful
  const only = indicator.measures.length === 1 ? indicator.measures[0] : undefined;
  if (only && figures[only.id] !== undefined && assigned.contrary.some(isRightBehindName)) {
    return { ...nothing, unclear: [only] };
  }
  return { figures, denied, spans, unclear, rejection: null };
}

function isUnclear(picked: readonly Placed[], { loose }: Assigned): boolean {
  return picked.some((it) => it.figure.problem === "vague" || isCutOff(it, loose));
}

/** 3场，每场50人，共120人; 一场40人，一场50人，合计100人: a total that is not what its parts come to. */
function isContradicted(picked: readonly Placed[], all: readonly Placed[], sessions: number | null): boolean {
  const [total, other] = picked;
  if (total?.figure.role !== "total" || other !== undefined) return false;
  const certain = all.filter((it) => it.figure.problem === null && !isPart(it));
  const each = certain.filter((it) => it.figure.role === "each");
  const parts = certain.filter((it) => it.figure.role === "plain");
  if (each.length === 1 && parts.length === 0 && sessions !== null)
    return comesTo(each) * sessions !== total.figure.value;
  return parts.length > 1 && parts.length === sessions && comesTo(parts) !== total.figure.value;
}

function comesTo(figures: readonly Placed[]): number {
  return figures.reduce((sum, it) => sum + it.figure.value, 0);
}

/** How many sessions the event had, where that is beyond doubt. */
function sessionsOf({ measures }: Indicator, { byMeasure }: Assigned): number | null {
  const sessions = measures.find(isSessions);
  const told = (sessions && byMeasure.get(sessions.id)?.filter((it) => isOwn(it.figure))) ?? [];
  return told.length > 0 && told[0]?.figure.problem === null ? told[0].figure.value : null;
}

/** 宣讲2场，1，20人: a number that counts nothing, right before another, may be the head of it (120). */
function isCutOff({ figure }: Placed, loose: readonly Placed[]): boolean {
  return loose.some((it) => it.figure.end < figure.start && figure.start - it.figure.end <= 2);
}

const nothing: Picked = { figures: {}, denied: {}, spans: {}, unclear: [], rejection: null };

function isRightBehindName({ figure, clause, zone }: Placed): boolean {
  return (
    zone !== null &&
    !figure.isOfSomething &&
    figure.role !== "part" &&
    clause.zones.includes(zone) &&
    figure.start >= zone.end
  );
}

/** `学习2，120人` may be two sessions; with the sessions said elsewhere the comma can only group thousands. */
function isFirstCounted(indicator: Indicator, assigned: Assigned): boolean {
  return indicator.measures.every((it) => assigned.byMeasure.has(it.id) || !isSessions(it));
}

/** The figure in the measure's own unit: 12.5万元 is 12.5 where the form asks 万元. */
function valueFor(measure: Measure, figure: Figure): number {
  const isOfBase = figure.counter !== null && figure.counter === baseOfWan(measure.unit);
  if (isOfBase || (baseOfWan(measure.unit) !== null && figure.hasWan && figure.counter === null))
    return figure.beforeWan ?? figure.value / 10_000;
  if (measure.unit === "元" && figure.counter === "万元") return figure.value * 10_000;
  return figure.value;
}

/** Whether a value has more decimals than the measure takes. */
function isTooFine(measure: Measure, value: number): boolean {
  const scaled = value * 10 ** measure.decimals;
  return Math.abs(scaled - Math.round(scaled)) > 1e-9;
}

/** 两场演练分别50人和60人: one figure for each of the sessions, all of which make the row's. */
function told({ byMeasure }: Assigned, measure: Measure): Placed[] | null {
  const all = byMeasure.get(measure.id) ?? [];
  if (all.length < 2 || all.some((it) => it.figure.role !== "respective" || it.figure.problem !== null)) return null;
  const others = [...byMeasure].filter(([id]) => id !== measure.id).flatMap(([, it]) => it);
  const isEach = others.length === 1 && others[0]?.figure.role === "plain" && others[0].figure.value === all.length;
  return isEach ? all : null;
}

/** Which of several figures for one measure is meant; `null` when that can't be said. */
function chosen(placed: readonly Placed[], isSum: boolean): Placed[] | null {
  let open = placed.filter((it) => isOwn(it.figure));
  const corrections = open.filter((it) => it.isCorrection);
  if (corrections.length > 0) open = corrections;
  if (open.some((it) => it.figure.isMisheard) && open.some((it) => !it.figure.isMisheard)) {
    open = open.filter((it) => !it.figure.isMisheard);
  }
  const whole = open.filter((it) => !isPart(it));
  const totals = whole.filter((it) => it.figure.role === "total");
  if (totals.length === 1) return isJoint(totals, open) ? null : totals;
  if (whole.length === 0) return open.length === 0 ? [] : null;
  if (whole.length === 1 || isSum) return whole;
  const ends = [whole[0], whole.at(-1)].filter((it) => isSumOfOthers(it, whole));
  if (ends.length === 1 && ends[0]) return [ends[0]];
  const values = new Set(whole.map((it) => it.figure.value));
  return values.size === 1 && corrections.length > 0 ? whole.slice(0, 1) : null;
}

/** 两家一共80人，我们去了35人: which of the two is to be reported, the unit must say. */
function isJoint(totals: readonly Placed[], all: readonly Placed[]): boolean {
  return all.some((it) => it.figure.isOurs && !totals.includes(it));
}

/** 作品6个：短视频2个，海报4个. */
function isSumOfOthers(one: Placed | undefined, all: readonly Placed[]): boolean {
  const others = all.filter((it) => it !== one);
  return others.length > 1 && one?.figure.value === comesTo(others);
}

/** 其中党员30人 is part of a total; 其中宣讲2场 names its own row. */
function isPart({ figure, zone }: Placed): boolean {
  return figure.role === "part" && !(zone !== null && zone.start > figure.partAt);
}
