import { describe, expect, test } from "vitest";
import { isWorkday, knowsHolidays } from "../../../src/campaign/calendar.ts";
import { dayMinutes, dayNamed, dayOfMinute, isWorking, makeUpDays, nameOf, weekday } from "./almanac.ts";
import { noticeOf } from "./rules.ts";
import { type Walked, walkDays } from "./walk.ts";

/** The planner is asked at every minute what to send, and laws that know nothing of how it works judge the answers. */

const daysOf = ({ sentAt }: Walked) => new Set(sentAt.map((it) => nameOf(dayOfMinute(it))));

describe("every minute from May 1, 2023 to the end of 2027", () => {
  const years = [2023, 2024, 2025, 2026, 2027].map((year) => {
    const from = dayNamed(year === 2023 ? "2023-05-01" : `${year}-01-01`);
    return { year, from, until: dayNamed(`${year}-12-31`) };
  });

  test("is walked without a gap", () => {
    const [first, ...others] = years;
    for (const [n, it] of others.entries()) expect(it.from).toBe((years[n]?.until ?? 0) + 1);
    expect([first?.from, years.at(-1)?.until].map((it) => nameOf(it ?? 0))).toEqual(["2023-05-01", "2027-12-31"]);
  });

  test.each(years)("of $year: no law is broken", ({ year, from, until }) => {
    const { breaches, tally, minutes } = walkDays(noticeOf(year), { from, until, seed: year + 2 });
    expect(breaches).toEqual([]);
    expect(minutes).toBe((until - from + 1) * dayMinutes);
    // Laws about what never came up would say nothing.
    for (const [what, count] of Object.entries(tally)) expect([what, count > 0]).toEqual([what, true]);
    expect(tally.lastChances).toBeGreaterThan(5);
    expect(tally.steps).toBeGreaterThan(100);
  });
});

describe("working days", () => {
  test("are those of the State Council's notices, make-up days among them", () => {
    for (const year of [2023, 2024, 2025, 2026]) {
      const from = dayNamed(`${year}-05-01`);
      for (let day = from; day <= dayNamed(`${year}-12-31`); day += 1)
        expect([nameOf(day), isWorkday(nameOf(day))]).toEqual([nameOf(day), isWorking(day)]);
    }
    expect(makeUpDays.filter((it) => !isWorkday(it) || weekday(dayNamed(it)) % 6 !== 0)).toEqual([]);
  });

  test("of 2027 are those from Monday to Friday: its holidays are not announced yet", () => {
    expect([2023, 2024, 2025, 2026, 2027].map(knowsHolidays)).toEqual([true, true, true, true, false]);
    for (let day = dayNamed("2027-01-01"); day <= dayNamed("2027-12-31"); day += 1)
      expect([nameOf(day), isWorkday(nameOf(day))]).toEqual([nameOf(day), weekday(day) % 6 !== 0]);
  });

  test("that make up for a holiday are days of reminders, and the holiday is none", () => {
    const first = walkDays(noticeOf(2023), { from: dayNamed("2023-05-01"), until: dayNamed("2023-07-10"), seed: 6 });
    expect(first.breaches).toEqual([]);
    const days = daysOf(first);
    expect(days).toContain("2023-06-25");
    for (const it of ["2023-06-22", "2023-06-23", "2023-06-24"]) expect(days).not.toContain(it);
    // 端午 of 2027, as long as nobody has announced it.
    const onWednesday = { ...noticeOf(2027), event: dayNamed("2027-06-09") };
    const span = { from: dayNamed("2027-05-19"), until: dayNamed("2027-06-10"), seed: 1 };
    expect(daysOf(walkDays(onWednesday, span))).toContain("2027-06-09");
  });
});
