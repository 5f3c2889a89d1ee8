import dayjs, { type Dayjs } from "dayjs";

/** The instant as a clock in the campaign's time zone shows it. */
export function wallClock(instant: string, timezone: string): Dayjs {
  return dayjs(instant).tz(timezone);
}

/** What a person picked, read as the campaign's time zone whatever the browser's own is. ISO 8601. */
export function instantOf(picked: Dayjs, timezone: string): string {
  return dayjs.tz(picked.format("YYYY-MM-DD HH:mm"), timezone).toISOString();
}

/** 09:00 of the following day, ISO 8601. */
export function tomorrowMorning(now: string, timezone: string): string {
  const day = wallClock(now, timezone).add(1, "day").format("YYYY-MM-DD");
  return dayjs.tz(`${day} 09:00`, timezone).toISOString();
}

/** Like 5月19日 周五 09:00. */
export function shownDay(at: Dayjs, dayFormat: string): string {
  return at.format(`${dayFormat} dddd HH:mm`).replace("星期", "周");
}
