import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Campaign, measureKey } from "../src/campaign/campaign.ts";
import { findingsOf } from "../src/campaign/check.ts";
import { type Consolidated, consolidate } from "../src/campaign/consolidated.ts";
import type { Entry } from "../src/campaign/entry.ts";
import { reportingPeriods } from "../src/campaign/period.ts";
import { rowsFor, rowsOf } from "../src/campaign/row.ts";
import { emptyRecord, formOfRecord, type UnitRecord } from "../src/campaign/unit-record.ts";
import { annexWorkbook } from "../src/report/annex.ts";
import { consolidatedWorkbook } from "../src/report/consolidated-workbook.ts";
import { consolidatedPicture } from "../src/report/picture.ts";
import { linesUnder, read, sheetOf } from "./report/reading.ts";
import { entry } from "./support/builders.ts";
import { type Chat, openChat, type Person } from "./support/chat.ts";
import { type ExampleName, exampleCampaign, exampleNames } from "./support/example-campaigns.ts";

/** What holds of any form: the example campaigns through validation, sheets, picture and conversation. */

/** A made-up figure with the measure's decimals, another for every unit, row and measure. */
function figureFor(decimals: number, seed: number): number {
  return Math.round((1 + ((seed * 37) % 80) + ((seed * 7) % 97) / 97) * 10 ** decimals) / 10 ** decimals;
}

function filledRecord(campaign: Campaign, u: number): UnitRecord {
  const unit = campaign.units[u];
  if (unit === undefined) throw new Error(`no unit ${u}`);
  const entries = rowsFor(campaign, unit).map(({ no, indicator }): Entry => {
    const figures = indicator.measures.map((it, m) => [it.id, figureFor(it.decimals, no * 11 + m * 5 + u * 3)]);
    const recordedAt = new Date(`${campaign.period.end}T10:00:00+08:00`);
    const own = { unitId: unit.id, indicatorId: indicator.id, recordedAt, date: campaign.period.end };
    return entry({ ...own, mode: "set", figures: Object.fromEntries(figures) });
  });
  const record = { ...emptyRecord(campaign, unit), entries };
  const submittedAt = new Date(`${campaign.period.end}T12:00:00+08:00`);
  const last = { ...formOfRecord(campaign, record), version: 1, submittedAt, submittedBy: `staff-${unit.id}` };
  const submission = { ...record.submission, status: "submitted" as const, firstSubmittedAt: submittedAt, last };
  return { ...record, submission };
}

function said(record: UnitRecord, indicatorId: string, measureId: string): number | undefined {
  return record.entries.find((it) => it.indicatorId === indicatorId)?.figures[measureId];
}

describe.each(exampleNames)("%s", (name) => {
  const campaign = exampleCampaign(name);
  const measures = rowsOf(campaign).flatMap(({ no, indicator }) =>
    indicator.measures.map((measure) => ({ no, indicator, measure })),
  );
  const records = campaign.units.map((_, u) => filledRecord(campaign, u));
  const asOf = new Date(`${reportingPeriods(campaign)[0]?.due}T18:00:00+08:00`);
  const table: Consolidated = consolidate(campaign, records, { basis: "submitted", asOf });

  test("the file names every row shortly and once, and nobody real", () => {
    const shorts = rowsOf(campaign).map((it) => it.indicator.short);
    expect(new Set(shorts).size).toBe(rowsOf(campaign).length);
    for (const it of campaign.units.flatMap((unit) => unit.contacts)) {
      expect("staffId" in it ? it.staffId : it.mobile).toMatch(/^(?:demo-[a-z-]+|138000000\d\d)$/);
    }
  });

  test("分单位 repeats each unit's figures and adds up all but the percentages", async () => {
    const workbook = await read(await consolidatedWorkbook({ campaign, table }));
    const lines = linesUnder(sheetOf(workbook, "分单位"), "行号").filter((it) => typeof it.行号 === "number");
    expect(lines.map((it) => it.行号)).toEqual(measures.map((it) => it.no));
    measures.forEach(({ indicator, measure }, l) => {
      const values = records.map((it) => said(it, indicator.id, measure.id));
      const key = measureKey(indicator, measure);
      expect(
        records.map((it) => lines[l]?.[it.unit.name]),
        key,
      ).toEqual(values.map((it) => it ?? "/"));
      const sum = values.reduce<number>((sum, it) => sum + (it ?? 0), 0);
      if (measure.unit === "%") expect(lines[l]?.合计, key).toBe(null);
      else expect(lines[l]?.合计, key).toBeCloseTo(sum, measure.decimals + 4);
      expect(String(lines[l]?.指标), key).toContain(measure.unit);
    });
  });

  test("汇总 has every total once in the form's own columns, with its decimals, and no total of percentages", async () => {
    const workbook = await read(await consolidatedWorkbook({ campaign, table }));
    const lines = linesUnder(sheetOf(workbook, "汇总"), "主要内容");
    for (const { no, indicator } of rowsOf(campaign)) {
      const own = lines.filter((it) => it.序号 === no);
      const shown = own.flatMap((it) => campaign.form.columns.map((head) => it[head]));
      const totals = indicator.measures
        .filter((it) => it.total === "sum")
        .map((it) => {
          const scale = 10 ** it.decimals;
          const values = records.map((record) => said(record, indicator.id, it.id) ?? 0);
          return values.reduce((sum, value) => sum + Math.round(value * scale), 0) / scale;
        });
      const numbers = shown.filter((it) => typeof it === "number");
      expect(numbers.toSorted(), indicator.label).toEqual(totals.toSorted());
    }
  });

  test("a unit's own form has each of its figures, and / where a row is not its own", async () => {
    for (const record of records) {
      const form = formOfRecord(campaign, record);
      const bytes = await annexWorkbook({ campaign, unit: record.unit, form, liaison: null, submittedAt: null });
      const lines = linesUnder(sheetOf(await read(bytes), "统计表"), "主要内容");
      for (const { no, indicator } of rowsOf(campaign)) {
        const own = lines.filter((it) => it.序号 === no);
        const shown = own.flatMap((it) => campaign.form.columns.map((head) => it[head]));
        const values = indicator.measures.map((it) => said(record, indicator.id, it.id) ?? "/");
        const cells = shown.filter((it) => typeof it === "number" || it === "/");
        expect(cells.toSorted(), `${record.unit.id} ${no}`).toEqual(values.toSorted());
      }
    }
  });

  test("the picture is drawn", async () => {
    const picture = await consolidatedPicture({ campaign, table });
    expect(picture.subarray(1, 4).toString("latin1")).toBe("PNG");
  });

  test("a whole form passes but for the file's own checks; an empty one lacks every row", () => {
    const keys = campaign.form.checks.map((it) => (it.kind === "atMost" ? it.left : it.measure));
    const checked = new Set(keys.map((it) => it.slice(0, it.lastIndexOf("."))));
    for (const record of records) {
      const findings = findingsOf(campaign, record.unit, formOfRecord(campaign, record));
      expect(findings.filter((it) => it.kind === "unfilled")).toEqual([]);
      expect(findings.every((it) => checked.has(it.row.indicator.id))).toBe(true);
      const empty = emptyRecord(campaign, record.unit);
      const lacking = findingsOf(campaign, record.unit, formOfRecord(campaign, empty));
      expect(lacking.map((it) => it.row.no)).toEqual(rowsFor(campaign, record.unit).map((it) => it.no));
    }
  });
});

describe("the walk", () => {
  let chat: Chat;
  const liaison: Person = { staffId: "liaison", nick: "甄一" };
  const manager: Person = { staffId: "manager", nick: "管理员" };

  async function open(name: ExampleName, { unit, at }: { unit: string; at: string }): Promise<void> {
    const campaign = exampleCampaign(name);
    chat = await openChat({ at: `${campaign.opensOn}T09:00:00+08:00`, campaign });
    await chat.say(liaison, `联络员 ${unit} 甄一 科长 13800000000`);
    await chat.say(manager, "同意");
    await chat.tick(new Date(at));
  }

  async function answerTo(text: string, person: Person = liaison): Promise<string> {
    const said = await chat.say(person, text);
    return said.map((it) => it.text).join("\n");
  }

  afterEach(() => chat.close());

  describe("of a week", () => {
    beforeEach(() => open("yunjiang-energy-week", { unit: "青石滩电厂", at: "2024-06-12T16:00:00+08:00" }));

    test("asks only a power plant's rows, by their own numbers, and is submitted before Thursday noon", async () => {
      const first = await answerTo("报送");
      expect(first).toContain("第 1/2 页 发电企业");
      expect(first).toContain("6 检查发电企业（家）");
      expect(first).not.toContain("线路巡视");
      expect(await answerTo("6 4，7 停机机组2台 消除缺陷17条，8 无")).toContain("7 机组消缺：2 台、17 条");
      const hazards = await answerTo("14 发现8 已整改7 挂牌督办0，15 1场30人，16 12，17 5，18 300");
      expect(hazards).toContain("14 隐患排查治理：发现 8 处、已整改 7 处、挂牌督办 0 处");
      expect(await answerTo("进度")).toContain("6月13日 12:00");
      expect(await answerTo("提交")).toContain("已提交");
      expect(await answerTo("汇总", manager)).toContain("17 整改通知书　5 份");
    });

    test("does not let more be listed than was found", async () => {
      await answerTo("报送");
      await answerTo("6 4，7 无，8 无");
      await answerTo("14 发现2 已整改2 挂牌督办3，15 无，16 12，17 0，18 0");
      const refusal = await answerTo("提交");
      expect(refusal).toContain("还不能提交");
      expect(refusal).toContain("第 14 行");
    });
  });

  describe("of amounts and percentages", () => {
    beforeEach(() => open("pinglan-2025", { unit: "安协", at: "2025-06-17T16:00:00+08:00" }));

    test("takes amounts with decimals and percentages, counted or bare", async () => {
      expect(await answerTo("报送")).toContain("第 1/5 页 安全投入");
      const answer = await answerTo("1 提取20.5 使用18.25，2 3台套 5万元，3 200份1.2万元，4 12家3.5万元92.5%");
      expect(answer).toContain("1 安全费用：提取 20.5 万元、使用 18.25 万元");
      expect(answer).toContain("2 设备更新改造：3 台套、5 万元");
      expect(answer).toMatch(/4 安责险：12 家、3\.5 万元、92\.5 ?%/);
      expect(await answerTo("5 2期30人100%，6 120人98.5%，7 100，8 500")).toMatch(/7 持证上岗率：100 ?%/);
    });

    test("refuses more than a hundred percent", async () => {
      await answerTo("报送");
      expect(await answerTo("修改 7 101%")).not.toContain("已记");
      expect(await answerTo("预览")).toContain("7 持证上岗率　—");
      expect(await answerTo("修改 7 99.5%")).toContain("已记");
    });
  });
});
