import chineseDays from "chinese-days";
import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import type { Campaign, ObligationName } from "./campaign.ts";

dayjs.extend(utc);
dayjs.extend(timezone);

/** Calendar days are `YYYY-MM-DD` and clock times `HH:MM`, both in the campaign's time zone; instants are `Date`. */
export type Zone = Pick<Campaign, "timezone">;

export function dayOf(instant: Date, { timezone: zone }: Zone): string {
  return dayjs(instant).tz(zone).format("YYYY-MM-DD");
}

export function clockOf(instant: Date, { timezone: zone }: Zone): string {
  return dayjs(instant).tz(zone).format("HH:mm");
}

export function instantAt(day: string, clock: string, { timezone: zone }: Zone): Date {
  return dayjs.tz(`${day} ${clock}`, "YYYY-MM-DD HH:mm", zone).toDate();
}

export function addDays(day: string, days: number): string {
  return dayjs.utc(day).add(days, "day").format("YYYY-MM-DD");
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: string): number {
  return dayjs.utc(day).day();
}

/** Public holidays are no working days, make-up Saturdays and Sundays (调休) are. */
export function isWorkday(day: string): boolean {
  return chineseDays.isWorkday(day);
}

/** The working day `count` working days before `day` (0: the last one on or before it). */
export function workdayBefore(day: string, count: number): string {
  let found = lastWorkday(day);
  for (let left = count; left > 0; left -= 1) found = lastWorkday(addDays(found, -1));
  return found;
}

/** The `count`-th working day after `day`. */
export function workdayAfter(day: string, count: number): string {
  let found = day;
  for (let left = count; left > 0; left -= 1) {
    do found = addDays(found, 1);
    while (!isWorkday(found));
  }
  return found;
}

function lastWorkday(day: string): string {
  let found = day;
  while (!isWorkday(found)) found = addDays(found, -1);
  return found;
}

/** The deadline of what is owed once: at or before it is 按时, after it 逾期, whatever the weekday (design §5.2). */
export function dueAt(campaign: Campaign, obligation: Exclude<ObligationName, "statistics">): Date {
  const { due, dueTime } = campaign.obligations[obligation];
  return instantAt(due, dueTime, campaign);
}
