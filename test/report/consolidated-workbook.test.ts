import type { Workbook } from "exceljs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { instantAt } from "../../src/campaign/calendar.ts";
import { type Consolidated, consolidate } from "../../src/campaign/consolidated.ts";
import { progressOf } from "../../src/campaign/progress.ts";
import { formOfRecord } from "../../src/campaign/unit-record.ts";
import { liaisonsWorkbook } from "../../src/report/annex-one.ts";
import { consolidatedWorkbook } from "../../src/report/consolidated-workbook.ts";
import { cellsOf, linesUnder, read, sheetOf } from "./reading.ts";
import { campaign, names, phoneOf, sampleRecords } from "./sample.ts";

const records = sampleRecords();
const asOf = instantAt("2023-07-02", "18:00", campaign);
const table = consolidate(campaign, records, { basis: "submitted", asOf });
const indicators = campaign.form.sections.flatMap((it) => it.indicators);
const unitNames = campaign.units.map((it) => it.name);

/** What the units' people said, added up without the code under test: the entries of the sample that still count. */
function expectedTotal(indicatorId: string, measureId: string): number | null {
  const values = records.flatMap((record) => {
    if (record.submission.last === null) return [];
    const own = record.entries.filter((it) => it.indicatorId === indicatorId && it.withdrawnAt === null);
    return own.findLast((it) => it.figures[measureId] !== undefined)?.figures[measureId] ?? [];
  });
  return values.length === 0 ? null : values.reduce((sum, it) => sum + it, 0);
}

describe("the group's file", () => {
  let workbook: Workbook;
  beforeAll(async () => {
    workbook = await read(await consolidatedWorkbook({ campaign, table }));
  });

  test("has 汇总 and 分单位 only, and no person's name, phone or staff id anywhere", () => {
    expect(workbook.worksheets.map((it) => it.name)).toEqual(["汇总", "分单位"]);
    const texts = workbook.worksheets.flatMap((sheet) => cellsOf(sheet).map((it) => String(it.value)));
    const all = [...texts, workbook.creator, workbook.lastModifiedBy].join("\n");
    for (const [u, name] of names.entries()) {
      expect(all).not.toContain(name);
      expect(all).not.toContain(phoneOf(u));
    }
    expect(all).not.toMatch(/staff-|1[3-9]\d{9}/);
  });

  test("汇总 holds the totals of what was submitted, and its 口径", () => {
    const sheet = sheetOf(workbook, "汇总");
    const texts = cellsOf(sheet).map((it) => it.value);
    expect(texts).toContain("全市“安全生产月”和“安全生产万里行”活动开展情况汇总表");
    expect(texts).toContain("口径：各单位最后一次提交的版本；截至 2023年7月2日 18:00；应报10 已报8 未报2");
    const lines = linesUnder(sheet, "主要内容").filter((it) => typeof it.序号 === "number");
    const found = lines.flatMap((it) => {
      const measures = indicators[Number(it.序号) - 1]?.measures.length === 2 ? 2 : 1;
      return [it.活动场次, it["学习（参与）人次"]].slice(0, measures);
    });
    const expected = indicators.flatMap((it) => it.measures.map((measure) => expectedTotal(it.id, measure.id)));
    expect(found).toEqual(expected);
    expect(expected.filter((it) => it !== null).length).toBeGreaterThan(45);
  });

  test("分单位 has a column per unit, and each number with its unit of counting", () => {
    const sheet = sheetOf(workbook, "分单位");
    const lines = linesUnder(sheet, "行号").filter((it) => typeof it.行号 === "number");
    expect(Object.keys(lines[0] ?? {})).toEqual([
      ...["行号", "活动项目", "主要内容", "领域", "指标", "合计"],
      ...unitNames,
    ]);
    expect(lines.length).toBe(54);
    expect(lines.filter((it) => it.行号 === 10).map((it) => it.指标)).toEqual([
      "一案双罚（个）",
      "行刑衔接（个）",
      "重大责任事故罪（个）",
      "其他（个）",
    ]);
    expect(lines.find((it) => it.行号 === 18)).toMatchObject({
      主要内容: "发现隐患",
      领域: "建筑施工领域",
      指标: "数量（个）",
    });
    expect(lines.find((it) => it.行号 === 17)?.舟山市燃气协会).toBe("/");
    expect(lines.find((it) => it.行号 === 1)?.舟山市燃气协会).toBe(null);
    expect(sheet.views[0]).toMatchObject({ state: "frozen", xSplit: 6, ySplit: 3 });
    expect(sheet.pageSetup).toMatchObject({ orientation: "landscape", paperSize: 9, fitToWidth: 1 });
  });
});

test("whatever the units fill in, 分单位 repeats it and 合计 is its sum", async () => {
  const figure = fc.option(fc.integer({ min: 0, max: 99_999_999 }), { nil: undefined });
  const row = fc.oneof(fc.constant("notApplicable" as const), fc.array(figure, { minLength: 4, maxLength: 4 }));
  const forms = fc.array(fc.array(row, { minLength: 36, maxLength: 36 }), { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(forms, async (given) => {
      const random: Consolidated = {
        ...table,
        units: table.units.map((unit, u) => ({ ...unit, rows: rowsFrom(given[u]) })),
      };
      const workbook = await read(await consolidatedWorkbook({ campaign, table: random }));
      const lines = linesUnder(sheetOf(workbook, "分单位"), "行号").filter((it) => typeof it.行号 === "number");
      const places = indicators.flatMap((it, i) => it.measures.map((_, m) => ({ i, m, field: it.field })));
      places.forEach(({ i, m, field }, l) => {
        const cells = campaign.units.map((unit, u) => {
          if (field !== undefined && !unit.fields.includes(field)) return "/";
          const said = given[u]?.[i];
          return said === "notApplicable" ? "/" : (said?.[m] ?? null);
        });
        expect(unitNames.map((it) => lines[l]?.[it])).toEqual(cells);
        const numbers = cells.filter((it) => typeof it === "number");
        expect(lines[l]?.合计).toBe(numbers.length === 0 ? null : numbers.reduce((sum, it) => sum + it, 0));
      });
    }),
    { numRuns: 12 },
  );
});

type GivenRow = "notApplicable" | (number | undefined)[];

function rowsFrom(given: readonly GivenRow[] = []): Consolidated["units"][number]["rows"] {
  const rows = indicators.map((indicator, i) => {
    const said = given[i] ?? [];
    if (said === "notApplicable") return [indicator.id, { kind: said }] as const;
    const figures = indicator.measures.flatMap((it, m) => (said[m] === undefined ? [] : [[it.id, said[m]] as const]));
    return [indicator.id, { kind: "open", figures: Object.fromEntries(figures), missing: [] }] as const;
  });
  return Object.fromEntries(rows);
}

describe("the manager's file", () => {
  let workbook: Workbook;
  beforeAll(async () => {
    const progress = progressOf(campaign, records);
    workbook = await read(await consolidatedWorkbook({ campaign, table, progress, details: { records } }));
  });

  test("has all five sheets", () => {
    expect(workbook.worksheets.map((it) => it.name)).toEqual(["汇总", "分单位", "进度", "联络员", "填报记录"]);
  });

  test("进度 says who has met what, when, and which rows are open", () => {
    const lines = linesUnder(sheetOf(workbook, "进度"), "单位");
    expect(lines.length).toBe(10);
    expect(lines[0]).toMatchObject({ 统计表: "已通过", "按时/逾期": "按时", 提交时间: "2023-06-29 15:20", 差几行: 0 });
    expect(lines[5]).toMatchObject({ 单位: "普陀山公管中心", 联络员推荐: "逾期" });
    expect(lines[7]).toMatchObject({ 统计表: "填报中", 提交时间: null, 差几行: 16, 未填行号: "12-16、20-22、29-36" });
    expect(lines[8]).toMatchObject({ "按时/逾期": "逾期", 提交时间: "2023-07-02 15:20" });
    expect(lines[9]).toMatchObject({ 联络员推荐: "未推荐", 统计表: "未开始", "按时/逾期": "未报", 活动总结: "未交" });
  });

  test("联络员 is annex 1 in full, phones as text, also as a file of its own", async () => {
    const own = await read(await liaisonsWorkbook({ campaign, records }));
    for (const file of [workbook, own]) {
      const lines = linesUnder(sheetOf(file, "联络员"), "姓名");
      expect(lines[1]).toEqual({ 单位: "普陀区城市管理局", 姓名: "贾二", 职务: "安全科科长", 电话: "13800001001" });
      expect(lines[9]).toEqual({ 单位: "舟山市燃气协会", 姓名: null, 职务: null, 电话: null });
    }
  });

  test("填报记录 has every figure of every entry with what became of it; the live ones add up to the form", () => {
    const lines = linesUnder(sheetOf(workbook, "填报记录"), "编号");
    const figures = records.flatMap((it) => it.entries).flatMap((it) => Object.keys(it.figures));
    const notApplicable = records.flatMap((it) => it.entries).filter((it) => it.isNotApplicable);
    expect(lines.length).toBe(figures.length + notApplicable.length);
    const drill = lines.filter((it) => it.单位 === "定海区城市管理局" && it.行号 === 12);
    expect(drill.map((it) => [it.状态, it.指标, it.方式, it.填报人])).toEqual([
      ["已被替代", "活动场次", "累加", "甄一"],
      ["有效", "学习（参与）人次", "累加", "甄一"],
      ["已撤销", "活动场次", "累加", "甄一"],
      ["已撤销", "学习（参与）人次", "累加", "甄一"],
      ["有效", "活动场次", expect.stringMatching(/^更正 \d+ 号$/), "甄一"],
    ]);
    expect(drill.map((it) => it.撤销时间)).toEqual([null, null, "2023-06-21 10:00", "2023-06-21 10:00", null]);
    for (const record of records) {
      const own = lines.filter((it) => it.单位 === record.unit.name && it.状态 === "有效");
      const sum = own.reduce((all, it) => all + (typeof it.数值 === "number" ? it.数值 : 0), 0);
      const states = Object.values(formOfRecord(campaign, record).rows);
      const values = states.flatMap((it) => (it.kind === "notApplicable" ? [] : Object.values(it.figures)));
      expect(sum).toBe(values.reduce((all, it) => all + it, 0));
    }
  });

  test("a 说明 that looks like a formula is text there too", () => {
    const cells = cellsOf(sheetOf(workbook, "填报记录")).filter((it) => String(it.value).startsWith("=SUM(1,2)"));
    expect(cells.length).toBeGreaterThan(0);
    for (const cell of cells) expect([typeof cell.value, cell.numFmt]).toEqual(["string", "@"]);
  });
});
