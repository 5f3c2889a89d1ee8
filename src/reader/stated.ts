import { type DateContext, type DateMention, judgeDate } from "./date.ts";
import type { Group, Placed } from "./group.ts";

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
