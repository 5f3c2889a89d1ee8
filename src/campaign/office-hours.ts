import { addDays, clockOf, dayOf, instantAt, isWorkday, workdayAfter } from "./calendar.ts";
import type { Campaign } from "./campaign.ts";

/** When the bot may speak first: clock times `HH:MM` of the campaign's zone; `until` is the last minute. */
export interface SendWindow {
  from: string;
  until: string;
}

type Hours = Pick<Campaign, "timezone" | "reminders">;

const minuteMs = 60_000;

/** In the hours of a working day; the lunch break and the evening are none of them. */
export function isOfficeTime(instant: Date, hours: Hours): boolean {
  return isWorkday(dayOf(instant, hours)) && isWindowClock(clockOf(instant, hours), hours);
}

export function isWindowClock(clock: string, { reminders: { windows } }: Pick<Hours, "reminders">): boolean {
  return windows.some((it) => it.from <= clock && clock <= it.until);
}

/** The instant itself where it lies in office hours, else when they next begin. */
export function nextOfficeTime(instant: Date, hours: Hours): Date {
  const today = dayOf(instant, hours);
  const clock = clockOf(instant, hours);
  if (isWorkday(today)) {
    const window = hours.reminders.windows.find((it) => clock <= it.until);
    if (window !== undefined) return clock >= window.from ? instant : instantAt(today, window.from, hours);
  }
  return instantAt(workdayAfter(today, 1), firstClock(hours), hours);
}

/** Office hours between two instants, in whole minutes. */
export function officeMinutesBetween(from: Date, to: Date, hours: Hours): number {
  let minutes = 0;
  const last = dayOf(to, hours);
  for (let day = dayOf(from, hours); day <= last; day = addDays(day, 1)) {
    if (!isWorkday(day)) continue;
    for (const window of hours.reminders.windows) {
      const begin = Math.max(from.getTime(), instantAt(day, window.from, hours).getTime());
      const end = Math.min(to.getTime(), instantAt(day, window.until, hours).getTime());
      if (end > begin) minutes += Math.floor((end - begin) / minuteMs);
    }
  }
  return minutes;
}

export function firstClock({ reminders: { windows } }: Pick<Hours, "reminders">): string {
  const [first] = windows;
  if (first === undefined) throw new RangeError("a campaign without office hours");
  return first.from;
}
