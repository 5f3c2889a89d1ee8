import { type DateContext, judgeDate } from "./date.ts";
import type { Group, Placed } from "./group.ts";
import { type Span, spanAround } from "./span.ts";

/** The day a group states, as far as it does. */
export interface Stated {
  judgement: "ok" | "outsidePeriod" | "future" | "ask";
  isStated: boolean;
  date: string | null;
  dateFrom: string | null;
}

const unstated: Stated = { judgement: "ok", isStated: false, date: null, dateFrom: null };

export function dateOf(group: Pick<Group, "dates">, context: DateContext): Stated {
  const dates = group.dates;
  if (dates.length === 0) return unstated;
  const judgements = dates.map((it) => judgeDate(it, context));
  const worst = (["outsidePeriod", "future", "ask"] as const).find((it) => judgements.includes(it));
  if (worst) return { judgement: worst, isStated: true, date: null, dateFrom: null };
  let first: string | null = null;
  let last: string | null = null;
  for (const { date, dateFrom } of dates) {
    const from = dateFrom ?? date;
    if (from !== null && (first === null || from < first)) first = from;
    if (date !== null && (last === null || date > last)) last = date;
  }
  return { judgement: "ok", isStated: true, date: last, dateFrom: first === last ? null : first };
}

export function spanOf(group: Group, figures: readonly Placed[]): Span {
  const own = figures.length === group.figures.length ? group.zones : [];
  const parts = [...own, ...figures.map((it) => it.figure)];
  if (parts.length === 0) return { start: group.clauses[0]?.start ?? 0, end: group.clauses.at(-1)?.end ?? 0 };
  return spanAround(parts);
}

/** What a question is about, as written: the group's clauses, with the date words that reach it from before. */
export function clauseText(group: Group, text: string): string {
  const { start, end } = spanAround(group.clauses);
  const carried = group.dates
    .filter((it) => it.end <= start || it.start >= end)
    .map((it) => text.slice(it.start, it.end));
  return [...carried, text.slice(start, end).trim()].join(" ");
}
