import { ValueType } from "exceljs";
import { expect, test } from "vitest";
import { type Campaign, parseCampaign, type Unit } from "../../src/campaign/campaign.ts";
import { formOf } from "../../src/campaign/form.ts";
import { formOfRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { annexWorkbook } from "../../src/report/annex.ts";
import { cellsOf, linesUnder, read, sheetOf } from "./reading.ts";
import { campaign, entryOf, sampleRecords } from "./sample.ts";

const liaison = { name: "贾二", phone: "13800001001" };
const records = sampleRecords();

function recordOf(unitId: string): UnitRecord {
  const record = records.find((it) => it.unit.id === unitId);
  if (record === undefined) throw new Error(unitId);
  return record;
}

async function annexOf(record: UnitRecord, change: Partial<Parameters<typeof annexWorkbook>[0]> = {}) {
  const form = formOfRecord(campaign, record);
  const submittedAt = record.submission.last?.submittedAt ?? null;
  const bytes = await annexWorkbook({ campaign, unit: record.unit, form, liaison, submittedAt, ...change });
  return sheetOf(await read(bytes), "统计表");
}

test("every number of the form stands in its column as a number, with its unit as format", async () => {
  const record = recordOf("putuo");
  const lines = linesUnder(await annexOf(record), "主要内容");
  const latest = (indicatorId: string) => record.entries.findLast((it) => it.indicatorId === indicatorId)?.figures;
  const line = (no: number) => lines.filter((it) => it.序号 === no);
  expect(line(2).map((it) => [it.活动场次, it["学习（参与）人次"]])).toEqual([
    [latest("study.preach")?.sessions, latest("study.preach")?.people],
  ]);
  expect(line(7).map((it) => [it.活动场次, it["学习（参与）人次"]])).toEqual([
    [latest("publicity.column")?.count, null],
  ]);
  const cases = latest("publicity.cases") ?? {};
  expect(line(10).map((it) => [it["学习（参与）人次"], it.活动场次])).toEqual([
    ["（一案双罚）", cases.both],
    ["（行刑衔接）", cases.criminal],
    ["（重大责任事故罪）", cases.accident],
    ["（其他）", cases.other],
  ]);
  expect(line(20).map((it) => [it.活动场次, it["学习（参与）人次"]])).toEqual([
    [latest("city.checked")?.count, "（城市运行和市容环卫领域填写）"],
  ]);
  expect(new Set(lines.map((it) => it.序号).filter((it) => typeof it === "number")).size).toBe(36);
});

test("units of counting are printed by the format, the experts' column says whose number it is", async () => {
  const sheet = await annexOf(recordOf("putuo"));
  const at = (text: string) => cellsOf(sheet).find((it) => String(it.value).startsWith(text));
  const checked = at("检查道桥隧");
  expect(sheet.getCell(Number(checked?.row), 4).numFmt).toBe('0"座次"');
  expect(sheet.getCell(Number(checked?.row), 4).alignment.shrinkToFit).toBe(true);
  const experts = at("组织专家");
  expect(experts?.value).toBe("组织专家开展基层一线安全帮扶服务（填帮扶专家数量）");
  expect(sheet.getCell(Number(experts?.row), 5).numFmt).toBe('0"名"');
});

test("blank is 未填, 0 is zero, / is 不适用", async () => {
  const unit = recordOf("dinghai").unit;
  const entries = [
    entryOf({ no: 1, unitId: unit.id, indicatorId: "study.topic", figures: { sessions: 0, people: 0 } }),
    entryOf({ no: 2, unitId: unit.id, indicatorId: "study.preach", isNotApplicable: true }),
    entryOf({ no: 3, unitId: unit.id, indicatorId: "study.research", figures: { sessions: 2 } }),
  ];
  const form = formOf(campaign, unit, { entries, explanations: {} });
  const lines = linesUnder(await annexOf(recordOf("dinghai"), { form }), "主要内容");
  const figures = lines.map((it) => [it.活动场次, it["学习（参与）人次"]]);
  expect(figures.slice(0, 4)).toEqual([
    [0, 0],
    ["/", "/"],
    [2, null],
    [null, null],
  ]);
  expect(lines.find((it) => it.序号 === 17)?.活动场次).toBe("/");
});

test("head and foot name unit, contact and the day of submission in the campaign's time zone", async () => {
  const record = recordOf("putuo");
  const texts = cellsOf(await annexOf(record, { submittedAt: new Date("2023-06-29T16:30:00Z") })).map((it) => it.value);
  expect(texts).toContain(campaign.form.title);
  expect(texts).toContain("填报单位（盖章）：普陀区城市管理局");
  expect(texts).toContain("联系人：贾二　　　　联系电话：13800001001");
  expect(texts).toContain("填报日期：2023年6月30日");
  const draft = cellsOf(await annexOf(record, { submittedAt: null, liaison: null })).map((it) => String(it.value));
  expect(draft.some((it) => it.startsWith("本表尚未提交"))).toBe(true);
});

test("a 说明 that looks like a formula is text, and so are those with characters XML forbids", async () => {
  const record = recordOf("putuo");
  const form = { ...formOfRecord(campaign, record), explanations: { "city.fixed": "@x\u0001", "study.topic": "+1" } };
  const unit: Unit = { ...record.unit, name: "=HYPERLINK(1)" };
  const sheet = await annexOf(record, { form, unit, liaison: { name: "=1+1", phone: "-2" } });
  expect(cellsOf(sheet).filter((it) => it.type === ValueType.Formula)).toEqual([]);
  const explained = cellsOf(sheet).filter((it) => String(it.value).startsWith("第 "));
  expect([...new Set(explained.map((it) => it.value))]).toEqual([
    "第 1 行 习近平总书记关于安全生产重要论述专题学习：+1",
    "第 22 行 整改隐患：@x",
  ]);
});

test("an A4 page wide, the header repeated, and every label's row as tall as its text", async () => {
  const sheet = await annexOf(recordOf("putuo"));
  expect(sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: "portrait", fitToPage: true, fitToWidth: 1 });
  expect(sheet.pageSetup.printTitlesRow).toBe("5:5");
  const widthPt = (Number(sheet.getColumn(3).width) * 7 + 5) * 0.75;
  const labels = linesUnder(sheet, "主要内容").slice(0, 39);
  const heights = new Map<string, number>();
  labels.forEach((it, l) => {
    const key = `${it.序号} ${it.主要内容}`;
    heights.set(key, (heights.get(key) ?? 0) + Number(sheet.getRow(6 + l).height));
  });
  for (const [key, height] of heights) {
    const needed = Math.ceil(([...key].length - 3) / Math.floor(widthPt / 10)) * 12;
    expect(height, key).toBeGreaterThanOrEqual(needed);
  }
});

test("another city's form: more figures than columns, decimals, no column free", async () => {
  const measures = [
    { id: "a", label: "投入资金", unit: "万元", decimals: 2 },
    { id: "b", label: "出动", unit: "人" },
    { id: "c", label: "车辆", unit: "辆" },
  ];
  const indicators = [{ id: "x", label: "应急处置", measures }];
  const json = {
    ...campaign,
    reminders: { ...campaign.reminders, events: [] },
    form: { title: "月报", columns: ["投入资金"], sections: [{ id: "s", title: "一", indicators }] },
  };
  const parsed = parseCampaign({ ...json, id: "other", form: { ...json.form, checks: [] } });
  const other: Campaign | undefined = parsed.ok ? parsed.campaign : undefined;
  const unit = other?.units[0];
  if (other === undefined || unit === undefined) throw new Error("fixture");
  const entries = [entryOf({ no: 1, unitId: unit.id, indicatorId: "x", figures: { a: 1.5, b: 20, c: 3 } })];
  const form = formOf(other, unit, { entries, explanations: {} });
  const bytes = await annexWorkbook({ campaign: other, unit, form, liaison, submittedAt: null });
  const sheet = sheetOf(await read(bytes), "统计表");
  const lines = linesUnder(sheet, "主要内容").slice(0, 3);
  expect(lines.map((it) => [it.序号, it.主要内容, it.投入资金])).toEqual([
    [1, "应急处置", 1.5],
    [1, "应急处置（填出动）", 20],
    [1, "应急处置（填车辆）", 3],
  ]);
  expect([6, 7].map((it) => sheet.getCell(it, 4).numFmt)).toEqual(["0.00", '0"人"']);
});
