import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellOf, consolidate, keyTotals, totalOf } from "../../src/campaign/consolidated.ts";
import { evolve, newSubmission, type Submission } from "../../src/campaign/submission.ts";
import { entry, filled, indicatorOf, record, wholeForm } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

const asOf = new Date("2023-07-01T18:00:00+08:00");
const submission = (unitId: string, rows: Parameters<typeof wholeForm>[1]): Submission => {
  const form = { ...wholeForm(unitOf(unitId), rows), version: 1, submittedAt: asOf, submittedBy: "x" };
  return evolve(newSubmission(zhoushan, { id: unitId }), { type: "submitted", form });
};
const drill = indicatorOf("publicity.drill");
const [sessions] = drill.measures;
if (sessions === undefined) throw new Error("no measure");

describe("the consolidated table", () => {
  it("counts the last submitted version of every form, and drafts never", () => {
    const submitted = record("dinghai", {
      submission: submission("dinghai", { "publicity.drill": filled({ sessions: 2, people: 120 }) }),
      entries: [entry({ figures: { sessions: 99, people: 9999 } })],
    });
    const draft = record("putuo", { entries: [entry({ unitId: "putuo", figures: { sessions: 7, people: 70 } })] });
    const official = consolidate(zhoushan, [submitted, draft], { basis: "submitted", asOf });
    expect(totalOf(official, drill, sessions)).toBe(2);
    const all = consolidate(zhoushan, [submitted, draft], { basis: "withDrafts", asOf });
    expect(totalOf(all, drill, sessions)).toBe(106);
  });

  it("has in every total the sum of its units' cells", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 99_999_999 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(counts, (given) => {
        const records = zhoushan.units.map((unit, n) =>
          record(unit.id, {
            submission: submission(unit.id, { "publicity.drill": filled({ sessions: given[n] ?? 0, people: 0 }) }),
          }),
        );
        const table = consolidate(zhoushan, records, { basis: "submitted", asOf });
        const cells = table.units.map((it) => Number(cellOf(it, drill, sessions)));
        expect(totalOf(table, drill, sessions)).toBe(cells.reduce((sum, it) => sum + it, 0));
      }),
      { numRuns: 20 },
    );
  });

  it("leaves a total blank where nobody gave a figure, and marks rows of other fields", () => {
    const table = consolidate(zhoushan, [record("dinghai", { submission: submission("dinghai", {}) })], {
      basis: "submitted",
      asOf,
    });
    const rural = indicatorOf("rural.checked");
    const [count] = rural.measures;
    const [unit] = table.units;
    if (count === undefined || unit === undefined) throw new Error("no cell");
    expect(totalOf(table, rural, count)).toBeNull();
    expect(cellOf(unit, rural, count)).toBe("notApplicable");
  });

  it("never adds different units of counting: 个 and 幢 stay apart, experts are no 人次", () => {
    const everywhere = zhoushan.fields;
    const unit = { ...unitOf("dinghai"), fields: everywhere };
    const form = wholeForm(unit, {
      "publicity.drill": filled({ sessions: 2, people: 120 }),
      "publicity.experts": filled({ sessions: 3, experts: 5 }),
      "city.found": filled({ count: 4 }),
      "rural.found": filled({ count: 6 }),
      "town.found": filled({ count: 12 }),
    });
    const submitted = evolve(newSubmission(zhoushan, unit), {
      type: "submitted",
      form: { ...form, version: 1, submittedAt: asOf, submittedBy: "x" },
    });
    const table = consolidate(zhoushan, [{ ...record("dinghai"), unit, submission: submitted }], {
      basis: "submitted",
      asOf,
    });
    const totals = new Map(keyTotals(zhoushan, table).map((it) => [it.label, it.values]));
    expect(totals.get("活动场次")).toEqual([{ unit: "场次", value: 5 }]);
    expect(totals.get("学习（参与）人次")).toEqual([{ unit: "人次", value: 120 }]);
    expect(totals.get("发现隐患")).toEqual([
      { unit: "个", value: 10 },
      { unit: "幢", value: 12 },
    ]);
  });
});
