import { describe, expect, test } from "vitest";
import { isWorkday, knowsHolidays } from "../../src/campaign/calendar.ts";
import { type Day, dayMinutes, dayNamed, dayOfMinute, isWorking, makeUpDays, nameOf, weekday } from "./walk/almanac.ts";
import type { Rules } from "./walk/rules.ts";
import { type Walked, walk } from "./walk/walk.ts";

/** The planner is asked at every minute what to send, and laws that know nothing of how it works judge the answers. */

/** The notice of 2023, with the days of a year; in 2025 the form is to be stamped. */
function noticeOf(year: number): Rules {
  const on = (day: string) => dayNamed(`${year}-${day}`);
  return {
    opensOn: on("05-19"),
    from: on("06-01"),
    until: on("06-30"),
    nomination: on("05-25"),
    summary: on("07-01"),
    form: { every: "once", due: on("07-01"), isStamped: year === 2025 },
    event: on("06-16"),
  };
}

function walkDays(rules: Rules, { from, until, seed }: { from: Day; until: Day; seed: number }): Walked {
  return walk(rules, { from: from * dayMinutes, until: (until + 1) * dayMinutes, seed });
}

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

describe("due days", () => {
  /** All that is owed is due on one day, the nomination three weeks before it. */
  const towards = (due: Day): Rules => ({
    opensOn: due - 28,
    from: due - 25,
    until: due - 1,
    nomination: due - 20,
    summary: due,
    form: { every: "once", due, isStamped: false },
    event: due - 12,
  });

  test.each([
    ...[6, 7, 8, 9, 10, 11, 12].map((it) => `2026-07-${String(it).padStart(2, "0")}`),
    ...["2024-06-30", "2024-08-31", "2025-07-31", "2025-08-31", "2026-10-31", "2026-11-30", "2027-12-31"],
    // In holidays, on the last day before one, and on make-up days.
    ...["2023-06-23", "2023-10-03", "2023-10-06", "2024-06-10", "2024-09-16", "2024-10-05", "2025-06-01", "2025-10-08"],
    ...["2026-06-20", "2026-10-04", "2023-09-28", "2026-09-30", "2023-06-25", "2023-10-08", "2024-09-14", "2025-10-11"],
  ])("%s", (name) => {
    const due = dayNamed(name);
    const { breaches, tally } = walkDays(towards(due), { from: due - 30, until: due + 14, seed: due });
    expect(breaches).toEqual([]);
    expect(tally.lastChances).toBeGreaterThan(0);
  });
});

describe("what is owed again and again", () => {
  const days = (from: string, until: string) => {
    const first = dayNamed(from);
    return Array.from({ length: dayNamed(until) - first + 1 }, (_, n) => first + n);
  };

  test.each([2023, 2026])("each Thursday, through two months of %d", (year) => {
    const all = days(`${year}-06-01`, `${year}-08-04`);
    const dues = all.filter((it) => weekday(it) === 4 && it > dayNamed(`${year}-06-01`));
    const last = dues.at(-1) ?? 0;
    const rules: Rules = { ...noticeOf(year), until: last - 1, form: { every: "thursday", dues }, event: null };
    const { breaches, tally } = walkDays(rules, { from: dayNamed(`${year}-05-15`), until: last + 10, seed: year });
    expect(breaches).toEqual([]);
    expect(tally.lastChances).toBeGreaterThan(20);
  });

  test.each([2023])("each day, through two months of %d", (year) => {
    const dues = days(`${year}-06-01`, `${year}-07-31`);
    const until = dayNamed(`${year}-07-31`);
    const rules: Rules = { ...noticeOf(year), until, form: { every: "day", dues }, event: null };
    const { breaches, tally } = walkDays(rules, { from: dayNamed(`${year}-05-15`), until: until + 10, seed: year });
    expect(breaches).toEqual([]);
    expect(tally.lastChances).toBeGreaterThan(100);
  });
});
