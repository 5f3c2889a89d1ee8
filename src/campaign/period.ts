import { addDays, instantAt, weekdayOf, workdayBefore } from "./calendar.ts";
import type { Campaign, Recurring, Single } from "./campaign.ts";

/** 一期: what one submission covers, and by when it is owed. Days are `YYYY-MM-DD`, in the campaign's time zone. */
export interface ReportingPeriod {
  /** `2023-06-01/2023-06-30`: what submissions are kept by. */
  key: string;
  start: string;
  end: string;
  due: string;
  dueTime: string;
}

/** A table due by noon can't hold that day's afternoon: its period ends the day before. */
const lastMorningClock = "12:00";

/**
 * The periods of an obligation in order, at least one. One that is due once covers the campaign's whole period. One that
 * recurs opens a period for each due day, from behind the one before; the last reaches to the campaign's end, so that
 * every day of it belongs to a period.
 */
export function periodsOf(
  { period }: Pick<Campaign, "period">,
  obligation: Single | Recurring,
): readonly ReportingPeriod[] {
  if (!("repeat" in obligation)) return [periodOf({ ...period, ...obligation })];
  const { dueTime } = obligation;
  const ends = dueDays(obligation)
    .map((due) => ({ due, end: dueTime <= lastMorningClock ? addDays(due, -1) : due }))
    .filter(({ end }) => end >= period.start);
  return ends.map(({ due, end }, index) => {
    const before = ends[index - 1]?.end;
    const start = before === undefined ? period.start : addDays(before, 1);
    const isLast = index === ends.length - 1;
    return periodOf({ start, end: isLast && end < period.end ? period.end : end, due, dueTime });
  });
}

/** The period that a day's figures belong to: days before the first and behind the last belong to those. */
export function periodOn(periods: readonly ReportingPeriod[], day: string): ReportingPeriod {
  const found = periods.find((it) => day <= it.end) ?? periods.at(-1);
  if (found === undefined) throw new RangeError("an obligation without a period");
  return found;
}

/** The deadline: at or before it is 按时, after it 逾期, whatever the weekday (design §5.2). */
export function deadlineOf(campaign: Pick<Campaign, "timezone">, { due, dueTime }: ReportingPeriod): Date {
  return instantAt(due, dueTime, campaign);
}

/** The last working day on or before the due day: reminder ladders count back from it (design §5.2). */
export function actOnOf({ due }: Pick<ReportingPeriod, "due">): string {
  return workdayBefore(due, 0);
}

function periodOf({ start, end, due, dueTime }: Omit<ReportingPeriod, "key">): ReportingPeriod {
  return { key: `${start}/${end}`, start, end, due, dueTime };
}

function dueDays(recurring: Recurring): string[] {
  const days: string[] = [];
  for (let day = recurring.from; day <= recurring.until; day = addDays(day, 1))
    if (isDue(recurring, day)) days.push(day);
  return days;
}

function isDue(recurring: Recurring, day: string): boolean {
  switch (recurring.repeat) {
    case "daily":
      return true;
    case "weekly":
      return weekdayOf(day) === recurring.weekday % 7;
    case "monthly":
      // A 31st that a month does not have is its last day
      return Number(day.slice(8)) === recurring.day || (isMonthEnd(day) && Number(day.slice(8)) < recurring.day);
    default:
      return recurring satisfies never;
  }
}

function isMonthEnd(day: string): boolean {
  return addDays(day, 1).slice(8) === "01";
}
