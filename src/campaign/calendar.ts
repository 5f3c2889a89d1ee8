import chineseDays from "chinese-days";
import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import type { Campaign } from "./campaign.ts";

dayjs.extend(utc);
dayjs.extend(timezone);

/** Calendar days are `YYYY-MM-DD` and clock times `HH:MM`, both in the campaign's time zone; instants are `Date`. */
export type Zone = Pick<Campaign, "timezone">;

const dayMs = 24 * 60 * 60_000;
const dayNames = new Map<number, string>();
/** Reports speak of any day, but mostly of the same few. */
const rememberedDays = 5_000;

export function dayOf(instant: Date, zone: Zone): string {
  return nameOf(Math.floor(localMs(instant, zone) / dayMs));
}

/** Of a day counted from 1970; `numberOf` is its inverse. */
function nameOf(number: number): string {
  const known = dayNames.get(number);
  if (known !== undefined) return known;
  const name = new Date(number * dayMs).toISOString().slice(0, 10);
  if (dayNames.size >= rememberedDays) dayNames.clear();
  dayNames.set(number, name);
  return name;
}

function numberOf(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / dayMs;
}

export function clockOf(instant: Date, zone: Zone): string {
  const local = localMs(instant, zone);
  const minutes = Math.floor((local - Math.floor(local / dayMs) * dayMs) / 60_000);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

/** As if the zone's own day and clock were those of UTC. */
function localMs(instant: Date, { timezone: zone }: Zone): number {
  return instant.getTime() + offsetMs(instant.getTime(), zone);
}

const quarterMs = 15 * 60_000;
const rememberedOffsets = 50_000;
const offsets = new Map<string, Map<number, number>>();

/** No zone changes its clocks twice in a day, so a day that begins and ends with one offset has no other; else by quarters. */
function offsetMs(at: number, zone: string): number {
  const began = Math.floor(at / dayMs) * dayMs;
  const first = knownOffset(began, zone);
  return first === knownOffset(began + dayMs, zone) ? first : knownOffset(Math.floor(at / quarterMs) * quarterMs, zone);
}

/** No zone changes its clocks but at a quarter of an hour, so each quarter is worked out once. */
function knownOffset(at: number, zone: string): number {
  let known = offsets.get(zone);
  if (known === undefined || known.size >= rememberedOffsets) {
    known = new Map();
    offsets.set(zone, known);
  }
  const found = known.get(at) ?? dayjs(at).tz(zone).utcOffset() * 60_000;
  known.set(at, found);
  return found;
}

/** Where clocks go forward over a moment that there is not, one beside it. */
export function instantAt(day: string, clock: string, { timezone: zone }: Zone): Date {
  const wall = Date.parse(`${day}T${clock}Z`);
  const near = wall - offsetMs(wall, zone);
  return new Date(wall - offsetMs(near, zone));
}

export function addDays(day: string, days: number): string {
  return nameOf(numberOf(day) + days);
}

export function daysBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: string): number {
  return new Date(numberOf(day) * dayMs).getUTCDay();
}

const workdays = new Map<string, boolean>();

/**
 * Public holidays are no working days, make-up Saturdays and Sundays (调休) are. In a year whose holidays are not known yet
 * (`knowsHolidays`), all days from Monday to Friday are.
 */
export function isWorkday(day: string): boolean {
  const known = workdays.get(day) ?? chineseDays.isWorkday(day);
  workdays.set(day, known);
  return known;
}

/** The State Council announces a year's holidays in the autumn before it; a release of `chinese-days` brings them later. */
export function knowsHolidays(year: number): boolean {
  return chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;
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
