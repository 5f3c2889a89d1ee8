import { hasIndependentCounts, type Row } from "../campaign/row.ts";
import type { Clause, Zone } from "./clauses.ts";
import { canCount } from "./counters.ts";
import type { DateMention } from "./date.ts";
import { type Figure, isOwn } from "./figure.ts";

/** A figure in its place: the clause it stands in, and the measure that the words before it name. */
export interface Placed {
  figure: Figure;
  clause: Clause;
  measureId: string | null;
  /** It takes back what was said before it in the same message (3场，不对，2场). */
  isCorrection: boolean;
  zone: Zone | null;
}

/** What the message says of one row (or of several it can't tell apart). */
export interface Group {
  rows: readonly Row[];
  zones: Zone[];
  clauses: Clause[];
  figures: Placed[];
  /** Date words that reach it: its own, or carried from before. */
  dates: readonly DateMention[];
  /** Several rows share these figures, or the name is doubtful: never taken. */
  isUnsure: boolean;
  /** Names of one row beside each other, each with a figure: to be summed (桥梁3座、隧道2座). */
  isSum: boolean;
}

/** The measures of a row that a figure may be, by id. */
export function countsAs(row: Row | undefined, { counter }: Figure): readonly string[] {
  if (row === undefined || counter === null) return none;
  let byCounter = counted.get(row);
  if (byCounter === undefined) {
    byCounter = new Map();
    counted.set(row, byCounter);
  }
  let ids = byCounter.get(counter);
  if (ids === undefined) {
    ids = row.indicator.measures.filter((it) => canCount(it, counter)).map((it) => it.id);
    byCounter.set(counter, ids);
  }
  return ids;
}

const none: readonly string[] = [];
/** By row and counting word: asked for every pair of figures of a list. */
const counted = new WeakMap<Row, Map<string, readonly string[]>>();

/** Whether two figures may be of one measure of the row. */
export function countAlike(row: Row | undefined, one: Figure, other: Figure): boolean {
  const theirs = countsAs(row, other);
  return countsAs(row, one).some((id) => theirs.includes(id));
}

/** Whether the group already has a figure that counts the same. */
export function holdsSame(group: Group, figure: Figure): boolean {
  const row = group.rows[0];
  const isSingle = row?.indicator.measures.length === 1;
  const theirs = countsAs(row, figure);
  return group.figures.some((it) => {
    if (!isOwn(it.figure)) return false;
    if (it.figure.counter === null && figure.counter === null) return isSingle;
    return countsAs(row, it.figure).some((id) => theirs.includes(id)) || (isSingle && theirs.length > 0);
  });
}

/** 一案双罚2个 行刑衔接1个: a row of independent counts takes figure after figure of one unit. */
export function isCountedApart({ rows }: Group): boolean {
  const [row] = rows;
  return rows.length === 1 && row !== undefined && hasIndependentCounts(row.indicator);
}

export function isSameRows(some: readonly Row[], others: readonly Row[]): boolean {
  return some.length === others.length && some.every((it) => others.includes(it));
}
