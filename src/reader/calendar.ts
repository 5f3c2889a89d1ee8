/** Calendar days as `YYYY-MM-DD`; arithmetic in UTC, where every day has 24 hours. */
const dayMs = 86_400_000;
/** Formatting costs more than reading a short line, and a message asks for its own day several times. */
const formats = new Map<string, { format: Intl.DateTimeFormat; last: number; day: string }>();

export function dayIn(timezone: string, instant: Date): string {
  let known = formats.get(timezone);
  if (known === undefined) {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: timezone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    known = { format, last: Number.NaN, day: "" };
    formats.set(timezone, known);
  }
  if (known.last !== instant.getTime()) {
    known.last = instant.getTime();
    known.day = known.format.format(instant);
  }
  return known.day;
}

/** `null` for a day that no calendar has (June 31). */
export function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : null;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
