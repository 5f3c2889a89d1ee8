import { describe, expect, test } from "vitest";
import { type Consolidated, cellOf, consolidate, consolidateWhole, totalOf } from "../../src/campaign/consolidated.ts";
import type { Entry } from "../../src/campaign/entry.ts";
import { evolve } from "../../src/campaign/submission.ts";
import {
  allPeriodsOf,
  alsoOwed,
  atHand,
  emptyRecord,
  formOfRecord,
  inPeriod,
  type UnitRecord,
} from "../../src/campaign/unit-record.ts";
import { entry, indicatorOf } from "../support/builders.ts";
import { unitOf, weekly } from "../support/campaign.ts";

const keys = allPeriodsOf(emptyRecord(weekly, unitOf("dinghai", weekly))).map((it) => it.period.key);
const keyOf = (no: number) => keys[no - 1] ?? "";

/** The unit with one period's entries, and its form submitted at an instant. */
function having(record: UnitRecord, no: number, given: { entries?: Entry[]; submittedAt?: string }): UnitRecord {
  const seen = inPeriod(record, keyOf(no));
  const filled = { ...seen, entries: given.entries ?? seen.entries };
  if (given.submittedAt === undefined) return filled;
  const submittedAt = new Date(given.submittedAt);
  const form = { ...formOfRecord(weekly, filled), version: 1, submittedAt, submittedBy: "zhangsan" };
  return { ...filled, submission: evolve(filled.submission, { type: "submitted", form }) };
}

const empty = emptyRecord(weekly, unitOf("dinghai", weekly));
const first = having(empty, 1, { submittedAt: "2023-06-08T10:00:00+08:00" });

describe("the period at hand", () => {
  const noAt = (record: UnitRecord, today: string, chosen: string | null = null) =>
    atHand(record, { today, chosen }).period.no;

  test("is the earliest that has begun and is owed, else the latest that has begun", () => {
    expect(noAt(empty, "2023-05-20")).toBe(1);
    expect(noAt(empty, "2023-06-20")).toBe(1);
    expect(noAt(first, "2023-06-20")).toBe(2);
    expect(noAt(first, "2023-06-07")).toBe(1);
  });

  test("is the one that was chosen, unless the campaign file no longer has it", () => {
    expect(noAt(first, "2023-06-20", keyOf(3))).toBe(3);
    expect(noAt(first, "2023-06-20", "2023-06-01/2023-06-02")).toBe(2);
  });

  test("leaves others that are owed: those whose due day is over", () => {
    const owed = (record: UnitRecord, today: string) => alsoOwed(weekly, record, today).map((it) => it.no);
    expect(owed(inPeriod(empty, keyOf(3)), "2023-06-20")).toEqual([1, 2]);
    expect(owed(inPeriod(first, keyOf(3)), "2023-06-20")).toEqual([2]);
    expect(owed(inPeriod(empty, keyOf(1)), "2023-06-15")).toEqual([]);
  });

  test("shows the same unit from everywhere", () => {
    const there = inPeriod(inPeriod(inPeriod(first, keyOf(4)), keyOf(2)), keyOf(1));
    expect(allPeriodsOf(there)).toEqual(allPeriodsOf(first));
    expect(there.others).toHaveLength(4);
  });
});

describe("the sum over all periods", () => {
  const drill = indicatorOf("publicity.drill");
  const [sessions, people] = drill.measures;
  const events = (no: number) => [entry({ figures: { sessions: no, people: 10 * no }, date: null, mode: "set" })];
  const withSecond = having(having(first, 1, { entries: events(1), submittedAt: "2023-06-08T10:00:00+08:00" }), 2, {
    entries: events(2),
    submittedAt: "2023-06-15T13:00:00+08:00",
  });
  const records = [having(withSecond, 3, { entries: events(5) })];
  const asOf = new Date("2023-06-19T10:00:00+08:00");
  const sums = (table: Consolidated) => [sessions, people].map((it) => it && totalOf(table, drill, it));

  test("adds what was submitted, and with drafts what is not yet", () => {
    const submitted = consolidateWhole(weekly, records, { basis: "submitted", asOf });
    expect(sums(submitted)).toEqual([3, 30]);
    expect(sums(consolidateWhole(weekly, records, { basis: "withDrafts", asOf }))).toEqual([8, 80]);
    expect(submitted.period).toEqual({ whole: 3 });
    expect(sums(consolidate(weekly, records, { basis: "withDrafts", asOf }))).toEqual([5, 50]);
  });

  test("counts a unit as late where it ever was, as missing where a period is", () => {
    const of = (record: UnitRecord, at = asOf) =>
      consolidateWhole(weekly, [record], { basis: "submitted", asOf: at }).units[0]?.timeliness;
    expect(of(withSecond)).toBe("late");
    expect(of(first, new Date("2023-06-14T10:00:00+08:00"))).toBe("onTime");
    expect(of(first)).toBe("missing");
    expect(of(empty)).toBe("missing");
    expect(of(withSecond, new Date("2023-06-22T12:00:01+08:00"))).toBe("missing");
  });

  test("leaves a percentage without a sum, and 不适用 where no period has a figure", () => {
    const share = { ...drill, measures: drill.measures.map((it) => ({ ...it, total: "none" as const })) };
    const form = {
      ...weekly.form,
      sections: weekly.form.sections.map((it) => ({
        ...it,
        indicators: it.indicators.map((row) => (row.id === drill.id ? share : row)),
      })),
    };
    const table = consolidateWhole({ ...weekly, form }, records, { basis: "submitted", asOf });
    expect(sums({ ...table })).toEqual([null, null]);
    const none = [entry({ isNotApplicable: true, figures: {}, mode: "set", date: null })];
    const declared = having(empty, 1, { entries: none, submittedAt: "2023-06-08T10:00:00+08:00" });
    const [unit] = consolidateWhole(weekly, [declared], { basis: "submitted", asOf }).units;
    if (unit === undefined || sessions === undefined) throw new Error("no unit");
    expect(cellOf(unit, drill, sessions)).toBe("notApplicable");
  });
});
