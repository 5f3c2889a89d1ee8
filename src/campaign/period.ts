import { addDays, instantAt, weekdayOf, workdayBefore } from "./calendar.ts";
import type { Campaign, Recurring, Single } from "./campaign.ts";

/** 一期: what one submission covers, and by when it is owed. Days are `YYYY-MM-DD`, in the campaign's time zone. */
export interface ReportingPeriod {
  /** 第1期, 第2期, … */
  no: number;
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
 * The periods of an obligation in order. One that is due once covers the campaign's whole period. One that recurs opens a
 * period for each due day, from behind the one before; together they cover every day of the campaign once, so what would
 * reach beyond its days is cut off, and a period with none of them is left out.
 */
export function periodsOf(
  { period }: Pick<Campaign, "period">,
  obligation: Single | Recurring,
): readonly ReportingPeriod[] {
  if (obligation.repeat === undefined) return [periodOf({ no: 1, ...period, ...obligation })];
  const { dueTime } = obligation;
  const ends = dueDays(obligation)
    .map((due) => ({ due, end: dueTime <= lastMorningClock ? addDays(due, -1) : due }))
    .filter(({ end }) => end >= period.start);
  const begun = ends
    .map(({ due, end }, index) => {
      const before = ends[index - 1]?.end;
      return { due, dueTime, end, start: before === undefined ? period.start : addDays(before, 1) };
    })
    .filter(({ start }) => start <= period.end);
  return begun.map((it, index) =>
    periodOf({ ...it, no: index + 1, end: index === begun.length - 1 ? period.end : it.end }),
  );
}

const known = new WeakMap<object, readonly ReportingPeriod[]>();

/** The periods of the statistics form, at least one: campaign files that open none are refused. */
export function reportingPeriods(campaign: Pick<Campaign, "period" | "obligations">): readonly ReportingPeriod[] {
  const found = known.get(campaign) ?? periodsOf(campaign, campaign.obligations.statistics);
  known.set(campaign, found);
  return found;
}

/** A form for each of several periods, or one for the whole campaign, of whose period then nobody need speak. */
export function isRecurring({ obligations }: Pick<Campaign, "obligations">): boolean {
  return obligations.statistics.repeat !== undefined;
}

/** What something is kept by that belongs to a period: nothing where there is only the one. */
export function keptBy(
  campaign: Pick<Campaign, "obligations">,
  { key }: Pick<ReportingPeriod, "key">,
): { period?: string } {
  return isRecurring(campaign) ? { period: key } : {};
}

/** The period of a key; without one, the first. */
export function periodByKey(campaign: Pick<Campaign, "period" | "obligations">, key?: string | null): ReportingPeriod {
  const [first] = reportingPeriods(campaign);
  const found = key === undefined || key === null ? first : reportingPeriods(campaign).find((it) => it.key === key);
  if (found === undefined) throw new RangeError(`no period ${key}`);
  return found;
}

/** The period that a day's figures belong to: days before the first and behind the last belong to those. */
export function periodOn(periods: readonly ReportingPeriod[], day: string): ReportingPeriod {
  const found = periods.find((it) => day <= it.end) ?? periods.at(-1);
  if (found === undefined) throw new RangeError("an obligation without a period");
  return found;
}

/** The period that everybody speaks of on a day: the one that is due next of those that have begun, else the last of them. */
export function periodInView(periods: readonly ReportingPeriod[], day: string): ReportingPeriod {
  const begun = periods.filter((it) => it.start <= day);
  const found = begun.find((it) => it.due >= day) ?? begun.at(-1) ?? periods[0];
  if (found === undefined) throw new RangeError("an obligation without a period");
  return found;
}

/** The deadline: at or before it is 按时, after it 逾期, whatever the weekday (design §5.2). */
export function deadlineOf(
  campaign: Pick<Campaign, "timezone">,
  { due, dueTime }: Pick<ReportingPeriod, "due" | "dueTime">,
): Date {
  return instantAt(due, dueTime, campaign);
}

/** The last working day on or before the due day: reminder ladders count back from it (design §5.2). */
export function actOnOf({ due }: Pick<ReportingPeriod, "due">): string {
  return workdayBefore(due, 0);
}

function periodOf({ no, start, end, due, dueTime }: Omit<ReportingPeriod, "key">): ReportingPeriod {
  return { no, key: `${start}/${end}`, start, end, due, dueTime };
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
