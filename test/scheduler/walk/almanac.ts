/**
 * Time as the laws of the walk count it, by numbers alone and from the State Council's notices: the planner's calendar is
 * what they judge. Minutes are those of Beijing since 1970, days likewise; 2027 has no notice yet.
 */
export type Minute = number;
export type Day = number;

export const dayMinutes = 1440;

export const dayOfMinute = (at: Minute): Day => Math.floor(at / dayMinutes);
export const clockOfMinute = (at: Minute): number => at % dayMinutes;
export const instantOf = (at: Minute): Date => new Date((at - 480) * 60_000);
export const minuteOf = (at: Date): Minute => Math.floor(at.getTime() / 60_000) + 480;
export const dayNamed = (text: string): Day => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
export const nameOf = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** 0 Sunday … 6 Saturday: the first of January 1970 was a Thursday. */
export const weekday = (day: Day): number => (day + 4) % 7;

export function clock(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

export function minuteNamed(text: string): Minute {
  return dayNamed(text.slice(0, 10)) * dayMinutes + clock(text.slice(11));
}

export function textOf(at: Minute): string {
  const [hours, minutes] = [Math.floor(clockOfMinute(at) / 60), at % 60];
  return `${nameOf(dayOfMinute(at))} ${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** First and last day of each holiday from May to the end of the year. */
const holidays = [
  ["2023-05-01", "2023-05-03"],
  ["2023-06-22", "2023-06-24"],
  ["2023-09-29", "2023-10-06"],
  ["2024-05-01", "2024-05-05"],
  ["2024-06-10", "2024-06-10"],
  ["2024-09-15", "2024-09-17"],
  ["2024-10-01", "2024-10-07"],
  ["2025-05-01", "2025-05-05"],
  ["2025-05-31", "2025-06-02"],
  ["2025-10-01", "2025-10-08"],
  ["2026-05-01", "2026-05-05"],
  ["2026-06-19", "2026-06-21"],
  ["2026-09-25", "2026-09-27"],
  ["2026-10-01", "2026-10-07"],
].flatMap(([from = "", until = ""]) => {
  const first = dayNamed(from);
  return Array.from({ length: dayNamed(until) - first + 1 }, (_, n) => first + n);
});

export const makeUpDays = [
  "2023-05-06",
  "2023-06-25",
  "2023-10-07",
  "2023-10-08",
  "2024-05-11",
  "2024-09-14",
  "2024-09-29",
  "2024-10-12",
  "2025-09-28",
  "2025-10-11",
  "2026-05-09",
  "2026-09-20",
  "2026-10-10",
];

const holidaySet = new Set(holidays);
const makeUpSet = new Set(makeUpDays.map(dayNamed));

export function isWorking(day: Day): boolean {
  if (makeUpSet.has(day)) return true;
  return !holidaySet.has(day) && weekday(day) >= 1 && weekday(day) <= 5;
}

/** The `count`-th working day before the last one on or before `day`. */
export function workingBefore(day: Day, count: number): Day {
  let found = day;
  for (let left = count; ; found -= 1) {
    if (!isWorking(found)) continue;
    if (left === 0) return found;
    left -= 1;
  }
}

/** The `count`-th working day after `day`. */
export function workingAfter(day: Day, count: number): Day {
  let found = day;
  for (let left = count; left > 0; ) {
    found += 1;
    if (isWorking(found)) left -= 1;
  }
  return found;
}

/** 08:30–11:30 and 14:00–17:30. */
export function isSendClock(at: Minute): boolean {
  const minutes = clockOfMinute(at);
  return (minutes >= 510 && minutes <= 690) || (minutes >= 840 && minutes <= 1050);
}
