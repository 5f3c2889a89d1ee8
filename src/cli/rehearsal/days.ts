import chineseDays from "chinese-days";
import dayjs from "dayjs";
import type { Campaign, Single } from "../../campaign/campaign.ts";

/** Days and clock times as the play counts them. */
const hoursEast = 8;

export function instant(day: string, clock: string): Date {
  return new Date(`${day}T${clock}:00+0${hoursEast}:00`);
}

export function dayAt(instant: Date): string {
  return new Date(instant.getTime() + hoursEast * 3_600_000).toISOString().slice(0, 10);
}

export function shift(day: string, days: number): string {
  return dayjs(`${day}T12:00:00Z`).add(days, "day").toISOString().slice(0, 10);
}

export function isWorkday(day: string): boolean {
  return chineseDays.isWorkday(day);
}

/** The last working days up to a day, the latest first. */
export function workdaysUntil(day: string, count: number): string[] {
  const found: string[] = [];
  for (let it = day; found.length < count; it = shift(it, -1)) if (isWorkday(it)) found.push(it);
  return found;
}

/** The first working day after a day. */
export function workdayAfter(day: string): string {
  let found = shift(day, 1);
  while (!isWorkday(found)) found = shift(found, 1);
  return found;
}

const windows = [
  ["08:30", "11:30"],
  ["14:00", "17:30"],
] as const;

/** The instant itself where people may be written to, else when they next may: never at noon, at night or on rest days. */
export function nextWindow(at: Date): Date {
  const day = dayAt(at);
  for (const [from, until] of isWorkday(day) ? windows : []) {
    if (at <= instant(day, until)) return at < instant(day, from) ? instant(day, from) : at;
  }
  return instant(workdayAfter(day), windows[0][0]);
}

/** When the form is owed: the play has one form for the whole campaign. */
export function formDue({ obligations }: Pick<Campaign, "obligations">): Single {
  const { statistics } = obligations;
  if (statistics.repeat !== undefined) throw new Error("only a campaign whose form is due once can be rehearsed");
  return statistics;
}
