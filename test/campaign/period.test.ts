import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addDays } from "../../src/campaign/calendar.ts";
import type { Recurring } from "../../src/campaign/campaign.ts";
import { actOnOf, deadlineOf, periodInView, periodOn, periodsOf, reportingPeriods } from "../../src/campaign/period.ts";
import { daily, weekly, zhoushan } from "../support/campaign.ts";

const june = { period: { start: "2023-06-01", end: "2023-06-30" } };
const keysOf = (obligation: Recurring, campaign = june) => periodsOf(campaign, obligation).map((it) => it.key);

describe("the periods", () => {
  it("are one where the form is owed once", () => {
    expect(reportingPeriods(zhoushan)).toEqual([
      {
        no: 1,
        key: "2023-06-01/2023-06-30",
        start: "2023-06-01",
        end: "2023-06-30",
        due: "2023-07-01",
        dueTime: "18:00",
      },
    ]);
  });

  it("of a form due every Thursday noon end the day before; the last reaches to the campaign's end", () => {
    expect(reportingPeriods(weekly).map((it) => `${it.no} ${it.key} ${it.due}`)).toEqual([
      "1 2023-06-01/2023-06-07 2023-06-08",
      "2 2023-06-08/2023-06-14 2023-06-15",
      "3 2023-06-15/2023-06-21 2023-06-22",
      "4 2023-06-22/2023-06-28 2023-06-29",
      "5 2023-06-29/2023-06-30 2023-07-06",
    ]);
  });

  it("of one due in the afternoon hold that day", () => {
    const obligation = {
      repeat: "weekly",
      weekday: 7,
      dueTime: "12:01",
      from: "2023-06-01",
      until: "2023-06-30",
    } as const;
    expect(keysOf(obligation)).toEqual([
      "2023-06-01/2023-06-04",
      "2023-06-05/2023-06-11",
      "2023-06-12/2023-06-18",
      "2023-06-19/2023-06-30",
    ]);
  });

  it("of a daily 零报告 are the days", () => {
    expect(reportingPeriods(daily)).toHaveLength(30);
    expect(reportingPeriods(daily)[29]).toMatchObject({ no: 30, key: "2023-06-30/2023-06-30", due: "2023-06-30" });
  });

  it("of a 31st fall on the last day of shorter months", () => {
    const year = { period: { start: "2023-01-01", end: "2023-04-30" } };
    const obligation = {
      repeat: "monthly",
      day: 31,
      dueTime: "18:00",
      from: "2023-01-01",
      until: "2023-04-30",
    } as const;
    expect(periodsOf(year, obligation).map((it) => it.due)).toEqual([
      "2023-01-31",
      "2023-02-28",
      "2023-03-31",
      "2023-04-30",
    ]);
  });

  it("have a deadline in the campaign's time zone, and a last working day", () => {
    const [, , third] = reportingPeriods(weekly);
    if (third === undefined) throw new Error("no third period");
    expect(deadlineOf(weekly, third).toISOString()).toBe("2023-06-22T04:00:00.000Z");
    expect(actOnOf(third)).toBe("2023-06-21");
  });

  test("every day of the campaign is in exactly one of them, whatever recurs", () => {
    const day = fc.integer({ min: 0, max: 90 }).map((it) => addDays("2023-05-15", it));
    const recurrence = { dueTime: fc.constantFrom("08:00", "12:00", "12:01", "18:00"), from: day, until: day };
    const recurring = fc.oneof(
      fc.record({ repeat: fc.constant("daily" as const), ...recurrence }),
      fc.record({ repeat: fc.constant("weekly" as const), weekday: fc.integer({ min: 1, max: 7 }), ...recurrence }),
      fc.record({ repeat: fc.constant("monthly" as const), day: fc.integer({ min: 1, max: 31 }), ...recurrence }),
    );
    let whole = 0;
    fc.assert(
      fc.property(recurring, fc.nat(40), (obligation, length) => {
        const period = { start: "2023-06-01", end: addDays("2023-06-01", length) };
        const periods = periodsOf({ period }, obligation);
        if (periods.length === 0) return;
        whole += 1;
        expect(periods.map((it) => it.no)).toEqual(periods.map((_, n) => n + 1));
        for (let it = period.start; it <= period.end; it = addDays(it, 1)) {
          const holding = periods.filter(({ start, end }) => start <= it && it <= end);
          expect(holding).toEqual([periodOn(periods, it)]);
        }
        expect(periods[0]?.start).toBe(period.start);
        expect(periods.at(-1)?.end).toBe(period.end);
      }),
      { numRuns: 300 },
    );
    expect(whole).toBeGreaterThan(50);
  });
});

test.each([
  ["2023-05-20", 1],
  ["2023-06-01", 1],
  ["2023-06-08", 1],
  ["2023-06-09", 2],
  ["2023-06-15", 2],
  ["2023-06-30", 5],
  ["2023-07-06", 5],
  ["2023-08-01", 5],
])("on %s everybody speaks of period %i: of the one due next, on its due day too", (day, no) => {
  expect(periodInView(reportingPeriods(weekly), day).no).toBe(no);
});

test("days before the first period and behind the last belong to those", () => {
  const periods = reportingPeriods(weekly);
  expect([periodOn(periods, "2023-05-20").no, periodOn(periods, "2023-07-20").no]).toEqual([1, 5]);
});
