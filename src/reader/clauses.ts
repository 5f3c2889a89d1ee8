import type { Row } from "../campaign/row.ts";
import { canCount } from "./counters.ts";
import type { DateMention } from "./date.ts";
import type { Figure } from "./figure.ts";
import type { Hit } from "./hits.ts";
import { matchesOf } from "./matches.ts";
import { mark, spanOfMatch } from "./noise.ts";
import type { Target } from "./phrases.ts";
import { type Span, spanAround } from "./span.ts";
import { inspectionHeads, isHardEdge, isSoftEdge, nothingThenNext, otherHeads } from "./words.ts";

/** A stretch of a clause between two figures that names rows. */
export interface Zone {
  start: number;
  end: number;
  /** All rows it may mean; several when words of more than one row stand side by side. */
  rows: readonly Row[];
  measureId: string | null;
  isDoubtful: boolean;
  /** The rows of each name in it, where `rows` is not what they have in common. */
  parts: readonly (readonly Row[])[];
  /** `3、4无`: each of the rows is meant. */
  isList: boolean;
}

export interface Clause {
  start: number;
  end: number;
  /** What ended the clause before: `、` joins a list, a hard edge starts a sentence. */
  edgeBefore: string;
  sentence: number;
  zones: Zone[];
  figures: Figure[];
  dates: DateMention[];
}

export interface Parts {
  plain: string;
  figures: readonly Figure[];
  hits: readonly Hit[];
  dates: readonly DateMention[];
  /** Rows named by their number, which take the place of names. */
  numbered: readonly Zone[];
}

export function clausesOf({ plain, figures, hits, dates, numbered }: Parts): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let sentence = 0;
  let edgeBefore = "";
  const isInside = new Uint8Array(plain.length);
  for (const found of [figures, hits, dates, numbered]) for (const it of found) mark(isInside, it, 1);
  const gaps = plain.includes(" ") ? gapsIn(plain) : noGaps;
  /** 活动共2场、95人：宣讲1场…: figures of no row before it. */
  const isHeading = (from: number, to: number) => {
    const isIn = (it: { start: number; end: number }) => it.start >= from && it.end <= to;
    return figures.some((it) => it.end === to) && !hits.some(isIn) && !numbered.some(isIn);
  };
  const [takeFigures, takeHits] = [takerOf(figures), takerOf(hits)];
  const [takeDates, takeNumbered] = [takerOf(dates), takerOf(numbered)];
  for (let i = 0; i <= plain.length; i++) {
    const code = plain.charCodeAt(i);
    const isHard = i === plain.length || isHardEdge(code);
    const isSoft = isSoftEdge(code) || gaps.has(i) || (code === colon && isHeading(start, i));
    if (!isHard && (!isSoft || isInside[i] === 1)) continue;
    const inClause = takeFigures(i);
    const zones = withNumbered(zonesOf(plain, takeHits(i), inClause), takeNumbered(i));
    clauses.push({ start, end: i, edgeBefore, sentence, zones, figures: inClause, dates: takeDates(i) });
    start = i + 1;
    edgeBefore = plain.charAt(i);
    if (isHard) sentence++;
  }
  return clauses;
}

const colon = ":".charCodeAt(0);

/** Spaces that part what has nothing from the row behind it. */
function gapsIn(plain: string): ReadonlySet<number> {
  return new Set(matchesOf(nothingThenNext, plain).map((it) => spanOfMatch(it).end - 1));
}

const noGaps: ReadonlySet<number> = new Set();

/** Takes, each time it is asked, what starts before a place and was not taken yet. */
function takerOf<T extends Span>(items: readonly T[]): (end: number) => T[] {
  let next = 0;
  return (end) => {
    const from = next;
    while (next < items.length && (items[next]?.start ?? end) < end) next++;
    return items.slice(from, next);
  };
}

export function zonesOf(plain: string, hits: readonly Hit[], figures: readonly Figure[]): Zone[] {
  if (hits.length === 0) return [];
  const zones: Hit[][] = [];
  let end = 0;
  let isComplete = false;
  for (const hit of hits) {
    const zone = zones.at(-1);
    const isApart = !zone || isComplete || figures.some((it) => it.start >= end && it.end <= hit.start);
    if (isApart) zones.push([hit]);
    else zone.push(hit);
    end = isApart ? hit.end : Math.max(end, hit.end);
    // A name with its figure inside is complete: 发现8处隐患｜整改了7处
    isComplete = figures.some((it) => it.start >= hit.start && it.end <= hit.end);
  }
  return zones.map((it, index) => {
    const end = zones[index + 1]?.[0]?.start ?? Number.POSITIVE_INFINITY;
    const zone = zoneOf(plain, it);
    return countable(
      zone,
      figures.filter((it) => it.start >= zone.start && it.end <= end),
    );
  });
}

/** Of names that mean different rows (储配站…演练1场), those that can count what is said behind them. */
function countable(zone: Zone, figures: readonly Figure[]): Zone {
  const counters = figures.map((it) => it.counter).filter((it) => it !== null);
  if (zone.parts.length < 2 || zone.rows.length < 2 || counters.length === 0) return zone;
  const canAll = (row: Row) => counters.every((it) => row.indicator.measures.some((measure) => canCount(measure, it)));
  const rows = zone.rows.filter(canAll);
  return rows.length === 0 || rows.length === zone.rows.length ? zone : { ...zone, rows, parts: [rows] };
}

/** Words that agree on rows narrow each other (隐患 + 整改); words that don't leave all their rows open. */
function zoneOf(plain: string, hits: readonly Hit[]): Zone {
  const common = hits.map((it) => it.targets).reduce(commonOf);
  const inField = common.length > 0 ? [] : rowsInFieldOf(hits);
  const narrowed = common.length > 0 ? common.map((it) => it.row) : inField;
  const parts = narrowed.length > 0 ? [narrowed] : hits.map((it) => it.targets.map((target) => target.row));
  const rows = narrowed.length > 0 ? narrowed : [...new Set(parts.flat())];
  const { start, end } = spanAround(hits);
  return {
    start,
    end,
    rows,
    measureId: (rows.length === 1 && common[0]?.measureId) || null,
    isDoubtful: hits.some((it) => it.isDoubtful) || isOtherThing(plain.slice(end, end + 8), rows),
    parts,
    isList: false,
  };
}

/** What both names may mean, with the measure that either of them names. */
function commonOf(some: readonly Target[], others: readonly Target[]): Target[] {
  return some.flatMap((it) => {
    const their = others.find((other) => other.row === it.row);
    return their ? [it.measureId === null ? their : it] : [];
  });
}

/** What stands right behind a name may make another thing of it (演练总结会). */
function isOtherThing(behind: string, rows: readonly Row[]): boolean {
  const isInspected = rows.every((it) => it.indicator.field === undefined) && inspectionHeads.test(behind);
  return isInspected || otherHeads.test(behind);
}

/** 城镇房屋发现隐患, 检查工地发现隐患: the words before only say of which field the last ones speak. */
function rowsInFieldOf(hits: readonly Hit[]): Row[] {
  const rowsOf = (it: Hit) => it.targets.map((target) => target.row);
  const last = hits.at(-1);
  const fields = new Set(
    hits
      .slice(0, -1)
      .flatMap(rowsOf)
      .map((it) => it.indicator.field),
  );
  const [field] = fields;
  if (!last || last.targets.length < 2 || fields.size !== 1 || field === undefined) return [];
  return rowsOf(last).filter((it) => it.indicator.field === field);
}

/** A number at a clause's start names the row; a name behind it must agree, or both are open. */
function withNumbered(named: Zone[], numbered: readonly Zone[]): Zone[] {
  if (numbered.length === 0) return named;
  const zones: Zone[] = named.filter((zone) => !numbered.some((it) => it.start <= zone.start));
  for (const [index, zone] of numbered.entries()) {
    const until = numbered[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const names = named.filter((it) => it.start > zone.start && it.start < until);
    const other = names.find((it) => !it.rows.some((row) => zone.rows.includes(row)));
    zones.push(
      other
        ? {
            ...zone,
            rows: [...zone.rows, ...other.rows],
            end: other.end,
            isList: false,
            parts: [zone.rows, ...other.parts],
          }
        : zone,
    );
  }
  return zones;
}
