import type { Row } from "../campaign/row.ts";
import type { Group } from "./group.ts";
import type { ReadEntry } from "./outcome.ts";
import type { Parsed } from "./parsed.ts";
import { type Stated, spanOf } from "./stated.ts";
import { done } from "./words.ts";

/** The rows of `3、4无` or `五带头和班前会都没有`; `null` when a name means several. */
export function declaredRows(plain: string, group: Group): Row[] | null {
  if (group.rows.length === 1 && !group.isUnsure) return [...group.rows];
  const zone = group.zones[0];
  if (zone === undefined || group.zones.length > 1) return null;
  if (zone.isList) return [...zone.rows];
  const isJoined = /[和与及跟、]/.test(plain.slice(zone.start, zone.end));
  return isJoined && zone.parts.every((it) => it.length === 1) ? zone.parts.flat() : null;
}

interface Declared {
  group: Group;
  row: Row;
  statement: "zero" | "notApplicable";
  stated: Stated;
}

/** Nothing of a row, for the whole period or for the day that is said, or that what was told before it has. */
export function declaration(
  { group, row, statement, stated }: Declared,
  before: ReadEntry | undefined,
  parsed: Parsed,
): ReadEntry {
  const isZero = statement === "zero";
  const named = group.zones.at(-1)?.measureId ?? null;
  const measures = row.indicator.measures.filter((it) => named === null || it.id === named);
  // Nothing today is no zero of the month: it adds nothing. So does 没发现隐患 beside what was checked that day
  const isOfDay = isZero && (stated.isStated || isBesideItsField(row, before, parsed));
  return {
    indicatorId: row.indicator.id,
    figures: isZero ? Object.fromEntries(measures.map((it) => [it.id, 0])) : {},
    denied: {},
    mode: "set",
    isModeStated: false,
    isNotApplicable: !isZero,
    isOfDay,
    date: isOfDay ? (stated.date ?? before?.date ?? null) : null,
    dateFrom: isOfDay ? stated.dateFrom : null,
    isDateStated: stated.isStated && stated.date !== null,
    span: spanOf(group, []),
    spans: {},
  };
}

function isBesideItsField({ indicator }: Row, before: ReadEntry | undefined, { scope }: Parsed): boolean {
  const field = before && scope.compiled.rowById.get(before.indicatorId)?.indicator.field;
  const isOfDay = before?.mode === "add" || before?.isOfDay === true;
  return indicator.field !== undefined && field === indicator.field && isOfDay;
}

/** 隐患1处已整改: of one there is no more to ask. */
export function isOneDone(plain: string, { zones }: Group, found: ReadEntry): boolean {
  const zone = zones.at(-1);
  const [value] = Object.values(found.figures);
  if (value !== 1 || zone === undefined) return false;
  const said = plain.slice(Math.max(0, zone.start - 6), zone.end + 4);
  return done.test(said) && !/[未没待不]/.test(said);
}
