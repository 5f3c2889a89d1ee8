import type { Row } from "../campaign/row.ts";
import { canCount } from "./counters.ts";
import { type Figure, isOwn } from "./figure.ts";
import type { Group } from "./groups.ts";

/** The measures of a row that a figure may be, by id. */
export function countsAs(row: Row | undefined, { counter }: Figure): string[] {
  if (row === undefined || counter === null) return [];
  return row.indicator.measures.filter((it) => canCount(it, counter)).map((it) => it.id);
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
