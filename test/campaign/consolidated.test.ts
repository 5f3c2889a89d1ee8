import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Campaign, type Measure, parseCampaign } from "../../src/campaign/campaign.ts";
import { cellOf, consolidate, keyTotals, totalOf } from "../../src/campaign/consolidated.ts";
import { rowsOf } from "../../src/campaign/row.ts";
import { evolve, newSubmission, type Submission } from "../../src/campaign/submission.ts";
import { entry, filled, indicatorOf, record, wholeForm } from "../support/builders.ts";
import { unitOf, zhoushan, zhoushanJson } from "../support/campaign.ts";

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

  it("goes on counting a form that was returned or reopened, with its submitted version", () => {
    const rows = { "publicity.drill": filled({ sessions: 2, people: 120 }) };
    const handedIn = submission("dinghai", rows);
    const lives = [
      evolve(handedIn, { type: "returned", reason: "请核对", at: asOf }),
      evolve(handedIn, { type: "reopened", at: asOf }),
      evolve(handedIn, { type: "accepted", at: asOf }),
    ];
    for (const life of lives) {
      const table = consolidate(zhoushan, [record("dinghai", { submission: life })], { basis: "submitted", asOf });
      expect(totalOf(table, drill, sessions)).toBe(2);
      const all = consolidate(zhoushan, [record("dinghai", { submission: life })], { basis: "withDrafts", asOf });
      expect(totalOf(all, drill, sessions)).toBe(2);
    }
  });

  it("says of every unit who it is and how timely, and has nothing of a unit that gave nothing", () => {
    const records = [record("dinghai", { submission: submission("dinghai", {}) }), record("putuo")];
    const table = consolidate(zhoushan, records, { basis: "submitted", asOf });
    expect(table).toMatchObject({ campaignId: "zhoushan-2023", basis: "submitted", asOf: "2023-07-01T10:00:00.000Z" });
    expect(table.units.map((it) => [it.unitId, it.timeliness, it.rows === null])).toEqual([
      ["dinghai", "onTime", false],
      ["putuo", "missing", true],
    ]);
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });

  it("keeps 未填, 零 and 不适用 apart in every cell", () => {
    const none = submission("dinghai", { "publicity.drill": { kind: "notApplicable" } });
    const records = [
      record("dinghai", { submission: none }),
      record("daishan", { submission: submission("daishan", {}) }),
      record("putuo"),
    ];
    const table = consolidate(zhoushan, records, { basis: "submitted", asOf });
    expect(table.units.map((it) => cellOf(it, drill, sessions))).toEqual(["notApplicable", 0, null]);
    expect(totalOf(table, drill, sessions)).toBe(0);
  });

  it("has 54 totals, each by its own name", () => {
    const table = consolidate(zhoushan, [record("dinghai", { submission: submission("dinghai", {}) })], {
      basis: "submitted",
      asOf,
    });
    const totals = rowsOf(zhoushan).flatMap(({ indicator }) =>
      indicator.measures.map((it) => [`${indicator.id}.${it.id}`, totalOf(table, indicator, it)] as const),
    );
    expect(totals).toHaveLength(54);
    expect(totals).toContainEqual(["publicity.cases.accident", 0]);
    expect(totals).toContainEqual(["rural.found.count", null]);
  });
});

describe("measures of another campaign", () => {
  /** Two rows of 吨, one with a decimal, and a percentage. */
  const measures: Partial<Measure>[] = [{ decimals: 1 }, {}, { unit: "%", total: "none" }];
  const campaign = weighing(measures);
  const [tons, wholeTons, rate] = campaign.form.sections.flatMap((it) => it.indicators);
  const table = consolidate(
    campaign,
    [0.1, 0.2, 0.4].map((value) => weighed({ tons: value, wholeTons: 2, rate: 50 })),
    { basis: "submitted", asOf },
  );
  const total = (indicator = tons) => {
    const [measure] = indicator?.measures ?? [];
    if (indicator === undefined || measure === undefined) throw new Error("no measure");
    return totalOf(table, indicator, measure);
  };

  it("with decimals are added exactly", () => {
    expect(total()).toBe(0.7);
    expect(total(wholeTons)).toBe(6);
  });

  it("of one unit are added to all their decimals, whichever row comes first", () => {
    expect(keyTotals(campaign, table)).toEqual([{ label: "数量", values: [{ unit: "吨", value: 6.7 }] }]);
  });

  it("that are percentages have no total", () => {
    expect(total(rate)).toBeNull();
  });

  function weighing(given: Partial<Measure>[]): Campaign {
    const indicators = ["tons", "wholeTons", "rate"].map((id, n) => ({
      id,
      label: id,
      measures: [{ id: "n", label: "数量", unit: "吨", ...given[n] }],
    }));
    const form = { title: "统计表", columns: ["数量"], sections: [{ id: "s", title: "活动", indicators }] };
    const parsed = parseCampaign({ ...zhoushanJson(), reminders: {}, form });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return parsed.campaign;
  }

  function weighed(values: Record<string, number>) {
    const rows = Object.fromEntries(Object.entries(values).map(([id, n]) => [id, filled({ n })]));
    const form = { rows, explanations: {}, version: 1, submittedAt: asOf, submittedBy: "x" };
    const submitted = evolve(newSubmission(campaign, { id: "dinghai" }), { type: "submitted", form });
    return record("dinghai", { submission: submitted });
  }
});
