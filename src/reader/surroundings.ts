import type { Clause, Zone } from "./clauses.ts";
import type { DateMention } from "./date.ts";

/** `6.12宣讲1场 6.13演练1场`: in a clause of several names each has the date before it, or all have it behind. */
export function datesFor({ dates, zones }: Clause, index: number): readonly DateMention[] | null {
  const days = dates.filter((it) => it.kind !== "whole");
  if (zones.length < 2 || days.length < 2) return null;
  const within = (from: number, to: number) => days.filter((it) => it.start >= from && it.start < to);
  const startOf = (at: number) => zones[at]?.start ?? Number.POSITIVE_INFINITY;
  const isBehind =
    within(0, startOf(0)).length === 0 && within(startOf(zones.length - 1), Number.POSITIVE_INFINITY).length > 0;
  const own = isBehind
    ? within(startOf(index), startOf(index + 1))
    : within(index === 0 ? 0 : startOf(index - 1), startOf(index));
  return own.length > 0 ? own : null;
}

/** The text between a zone and the figure or edge before it. */
export function textBefore(plain: string, clause: Clause, zone: Zone): string {
  const edges = clause.figures.filter((it) => it.end <= zone.start).map((it) => it.end);
  const others = clause.zones.filter((it) => it.end <= zone.start).map((it) => it.end);
  return plain.slice(Math.max(clause.start, ...edges, ...others), zone.start);
}

export function textAfter(plain: string, clause: Clause, zone: Zone): string {
  const next = [...clause.figures, ...clause.zones].filter((it) => it.start >= zone.end).map((it) => it.start);
  return plain.slice(zone.end, Math.min(clause.end, ...next));
}
