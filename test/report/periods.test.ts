import { expect, test } from "vitest";
import { consolidate, consolidateWhole } from "../../src/campaign/consolidated.ts";
import { reportingPeriods } from "../../src/campaign/period.ts";
import { progressOf } from "../../src/campaign/progress.ts";
import { evolve } from "../../src/campaign/submission.ts";
import { emptyRecord, formOfRecord, inPeriod, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { annexWorkbook } from "../../src/report/annex.ts";
import { consolidatedWorkbook } from "../../src/report/consolidated-workbook.ts";
import { entry } from "../support/builders.ts";
import { unitOf, weekly } from "../support/campaign.ts";
import { cellsOf, read, sheetOf } from "./reading.ts";

const [first, second] = reportingPeriods(weekly);
if (first === undefined || second === undefined) throw new Error("too few periods");
const asOf = new Date("2023-06-16T10:00:00+08:00");

/** One unit with an event in each of two periods; the form of the first is submitted, late. */
function records(): UnitRecord[] {
  const drill = (no: number, date: string) => entry({ no, date, figures: { sessions: no, people: 10 * no } });
  return weekly.units.map((unit, u) => {
    const empty = emptyRecord(weekly, unit);
    if (u !== 0) return inPeriod(empty, second?.key ?? "");
    const filled = { ...empty, entries: [drill(1, "2023-06-05")] };
    const form = {
      ...formOfRecord(weekly, filled),
      version: 1,
      submittedAt: new Date("2023-06-09T09:00:00+08:00"),
      submittedBy: "zhangsan",
    };
    const submitted = { ...filled, submission: evolve(filled.submission, { type: "submitted", form }) };
    return { ...inPeriod(submitted, second?.key ?? ""), entries: [drill(2, "2023-06-12")] };
  });
}

test("every sheet says which period it is of, 进度 has a block for each and 填报记录 a column", async () => {
  const all = records();
  const table = consolidate(weekly, all, { basis: "submitted", asOf });
  const periods = [first, second].map((period) => ({
    period,
    progress: progressOf(
      weekly,
      all.map((it) => inPeriod(it, period.key)),
    ),
  }));
  const workbook = await read(
    await consolidatedWorkbook({ campaign: weekly, table, periods, details: { records: all } }),
  );
  const textsOf = (name: string) => cellsOf(sheetOf(workbook, name)).map((it) => String(it.value));
  for (const name of ["汇总", "分单位"]) expect(textsOf(name)[0]).toMatch(/（第2期 6月8日—6月14日）$/);
  const progress = textsOf("进度");
  expect(progress).toEqual(expect.arrayContaining(["第1期 6月1日—6月7日", "第2期 6月8日—6月14日"]));
  expect(progress.filter((it) => it === "统计表")).toHaveLength(2);
  expect(progress).toEqual(expect.arrayContaining(["逾期", "2023-06-09 09:00", "填报中"]));
  const entries = textsOf("填报记录");
  expect(entries).toContain("报送期");
  expect(entries.filter((it) => it === "第1期 6月1日—6月7日")).toHaveLength(2);
  expect(entries.filter((it) => it === "第2期 6月8日—6月14日")).toHaveLength(2);
});

test("the sum over all periods says so", async () => {
  const table = consolidateWhole(weekly, records(), { basis: "withDrafts", asOf });
  const workbook = await read(await consolidatedWorkbook({ campaign: weekly, table }));
  const texts = cellsOf(sheetOf(workbook, "汇总")).map((it) => it.value);
  expect(texts[0]).toMatch(/（全部3期）$/);
  expect(texts).toEqual(expect.arrayContaining([3, 30]));
  expect(texts).toContain("口径：各单位最新数据，含填报中未提交的；截至 2023年6月16日 10:00；应报3 各期报齐0 有缺报3");
});

test("annex 2 names its period", async () => {
  const unit = unitOf("dinghai", weekly);
  const form = formOfRecord(weekly, emptyRecord(weekly, unit));
  const annex = { campaign: weekly, unit, period: second, form, liaison: null, submittedAt: null };
  const texts = cellsOf(sheetOf(await read(await annexWorkbook(annex)), "统计表")).map((it) => String(it.value));
  expect(texts.some((it) => it.endsWith("（第2期 6月8日—6月14日）"))).toBe(true);
});
