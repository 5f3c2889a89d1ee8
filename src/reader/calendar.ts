/** Calendar days as `YYYY-MM-DD`; arithmetic in UTC, where every day has 24 hours. */
const dayMs = 86_400_000;
/** Clocks of all time zones differ by whole quarters of an hour, so that each quarter lies in one day. */
const quarterMs = 900_000;
/** Formatting costs more than reading a short line: the days of the quarters asked for lately are kept. */
const known = new Map<string, { format: Intl.DateTimeFormat; days: Map<number, string> }>();

export function dayIn(timezone: string, instant: Date): string {
  let zone = known.get(timezone);
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: timezone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    zone = { format, days: new Map() };
    known.set(timezone, zone);
  }
  const quarter = Math.floor(instant.getTime() / quarterMs);
  let day = zone.days.get(quarter);
  if (day === undefined) {
    day = zone.format.format(instant);
    if (zone.days.size > most) zone.days.clear();
    zone.days.set(quarter, day);
  }
  return day;
}

/** `null` for a day that no calendar has (June 31). */
export function dayOf(year: number, month: number, day: number): string | null {
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isReal ? `${year}-${twoDigits(month)}-${twoDigits(day)}` : null;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

export function plusDays(day: string, days: number): string {
  return writtenDay(numberOf(day) + days);
}

export function daysBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

/** Days since 1970, and back. A message has the same few days over and over; taking dates apart costs more than reading them. */
function numberOf(day: string): number {
  let number = numbers.get(day);
  if (number === undefined) {
    number = Math.round(Date.parse(day) / dayMs);
    if (numbers.size > most) numbers.clear();
    numbers.set(day, number);
  }
  return number;
}

function writtenDay(number: number): string {
  let day = days.get(number);
  if (day === undefined) {
    day = new Date(number * dayMs).toISOString().slice(0, 10);
    if (days.size > most) days.clear();
    days.set(number, day);
  }
  return day;
}

const numbers = new Map<string, number>();
const days = new Map<number, string>();
const most = 1_000;

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
