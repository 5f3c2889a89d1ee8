import { addDays, daysBetween, weekdayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { realDay, yearOf } from "./calendar.ts";
import { numeralAt } from "./numeral.ts";

export interface DateContext {
  campaign: Pick<Campaign, "timezone" | "period">;
  now: Date;
}

/**
 * Words that say when. `day`: a day, or a range whose last day is `date`; `impossible`: a day no calendar has; `vague`:
 * 月初, 前几天; `whole`: the month as such, which dates nothing.
 */
export interface DateMention {
  start: number;
  end: number;
  kind: "day" | "impossible" | "vague" | "whole";
  date: string | null;
  dateFrom: string | null;
  /** A day without its month, which is taken from the message's own time. */
  isMonthAssumed: boolean;
}

/** What words of a date come to. */
export type Found = Omit<DateMention, "start" | "end">;

/** The parts of a date as written, by the names that the patterns of `date-rules.ts` give them. */
export type Groups = Record<string, string | undefined>;

function day(date: string, dateFrom: string | null = null, isMonthAssumed = false): Found {
  return { kind: "day", date, dateFrom: dateFrom === date ? null : dateFrom, isMonthAssumed };
}

export const vague: Found = { kind: "vague", date: null, dateFrom: null, isMonthAssumed: false };
export const whole: Found = { kind: "whole", date: null, dateFrom: null, isMonthAssumed: false };
const impossible: Found = { kind: "impossible", date: null, dateFrom: null, isMonthAssumed: false };

function count(text: string | undefined): number {
  return text === undefined ? Number.NaN : (numeralAt(text, 0)?.value ?? Number.NaN);
}

export function absolute(groups: Groups, today: string): Found {
  const [month, firstDay] = [count(groups.m), count(groups.d ?? groups.d3)];
  const year = groups.y === undefined ? nearestYear(month, firstDay, today) : Number(groups.y);
  const start = realDay(year, month, firstDay);
  if (groups.d2 === undefined) return start === null ? impossible : day(start);
  const last = realDay(year, count(groups.m2 ?? groups.m), count(groups.d2));
  return start === null || last === null || last < start ? impossible : day(last, start);
}

/** A day named without its year lies in the last half year or the next. */
function nearestYear(month: number, day: number, today: string): number {
  const year = yearOf(today);
  const date = realDay(year, month, day);
  if (date === null) return year;
  const days = daysBetween(today, date);
  return days > 183 ? year - 1 : days < -183 ? year + 1 : year;
}

/** `6.16` is a date only near the campaign's period; `1.5` elsewhere is a number. */
export function plausible(groups: Groups, today: string, { campaign }: DateContext): Found | null {
  const found = absolute(groups, today);
  if (found.date === null) return null;
  const isNear =
    daysBetween(campaign.period.start, found.date) >= -45 && daysBetween(campaign.period.end, found.date) <= 45;
  return isNear ? found : null;
}

/** The latest such day that is not after the message; months without it (31号) are skipped. */
export function dayOfMonth(groups: Groups, today: string): Found | null {
  const last = count(groups.d2 ?? groups.d);
  const first = groups.d2 === undefined ? null : count(groups.d);
  if (first !== null && first >= last) return null;
  for (let back = 0; back < 3; back++) {
    const month = Number(today.slice(5, 7)) - back;
    const year = yearOf(today) - (month < 1 ? 1 : 0);
    const date = realDay(year, month < 1 ? month + 12 : month, last);
    if (date === null || date > today) continue;
    return day(date, first === null ? null : addDays(date, first - last), true);
  }
  return impossible;
}

/** A month as such dates nothing, but one that lies outside the period is as wrong as a day would be. */
export function wholeMonth(groups: Groups, today: string, { campaign }: DateContext): Found {
  const month = groups.m ? count(groups.m) : Number(today.slice(5, 7)) + (/^上/.test(groups.rel ?? "") ? -1 : 0);
  const year = groups.y ? Number(groups.y) : yearOf(today);
  const first = realDay(year, month < 1 ? 12 : month, 1);
  const { start, end } = campaign.period;
  const touches = first !== null && first <= end && first.slice(0, 7) >= start.slice(0, 7);
  // 本月 right after the period still speaks of it
  const isOutside = groups.past !== undefined || (!touches && !/^[本这当全整下]/.test(groups.rel ?? ""));
  return isOutside ? impossible : whole;
}

const daysFrom: Record<string, number> = {
  大前: -3,
  前: -2,
  昨: -1,
  昨儿: -1,
  今: 0,
  今儿: 0,
  明: 1,
  明儿: 1,
  后: 2,
  大后: 3,
};

export function relative(groups: Groups, today: string): Found | null {
  const days = daysFrom[groups.rel ?? groups.rel2 ?? ""];
  return days === undefined ? null : day(addDays(today, days));
}

export function weekday(groups: Groups, today: string): Found {
  const number = (it: string | undefined) => (it === "日" || it === "天" ? 7 : count(it));
  const monday = addDays(today, 1 - (weekdayOf(today) || 7));
  const week = { 上上: -14, 上: -7, 下: 7 }[groups.wk ?? ""] ?? 0;
  const onWeekday = (it: string | undefined) => addDays(monday, week + number(it) - 1);
  let date = onWeekday(groups.w2 ?? groups.w);
  let from = onWeekday(groups.w);
  if (groups.wk === undefined && date > today) {
    date = addDays(date, -7);
    from = addDays(from, -7);
  }
  return day(date, from > date ? addDays(from, -7) : from);
}
