import { describe, expect, it } from "vitest";
import { columnOf, hasIndependentCounts, rowsFor, rowsOf } from "../../src/campaign/row.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

const rows = rowsOf(zhoushan);
const row = (no: number) => {
  const found = rows.find((it) => it.no === no);
  if (found === undefined) throw new Error(`no row ${no}`);
  return found.indicator;
};
const units = (no: number) => row(no).measures.map((it) => it.unit);

describe("the campaign file of Zhoushan 2023", () => {
  it("has all 36 rows and 54 numbers of annex 2, in four sections", () => {
    expect(rows).toHaveLength(36);
    expect(rows.flatMap((it) => it.indicator.measures)).toHaveLength(54);
    expect(zhoushan.form.sections.map((it) => it.indicators.length)).toEqual([6, 10, 15, 5]);
  });

  it("has the labels of the notice with their quotation marks mended", () => {
    expect(row(14).label).toBe("“6·16”安全宣传咨询日现场活动");
    expect(row(15).label).toBe("“6·16”安全宣传咨询日网络直播");
    expect(row(29).label).toBe("“安全生产大家谈”“班前会”“以案说法”活动");
    expect(row(30).label).toBe("企业主要负责人“安全承诺践诺”活动");
    expect(row(31).label).toBe("报道企业主要负责人“五带头”活动");
    expect(zhoushan.form.sections[3]?.title).toBe("“安全生产万里行”活动");
  });

  it("asks each row for its own measures", () => {
    for (const no of [1, 2, 3, 4, 5, 6, 11, 12, 14, 15, 16, 29, 30, 31]) expect(units(no)).toEqual(["场次", "人次"]);
    for (const no of [7, 8, 9]) expect(units(no)).toEqual(["个"]);
    expect(row(10).measures.map((it) => it.label)).toEqual(["一案双罚", "行刑衔接", "重大责任事故罪", "其他"]);
    expect(units(13)).toEqual(["场次", "名"]);
    expect([32, 33, 34, 35, 36].flatMap(units)).toEqual(["条", "条", "项", "个", "次"]);
    expect(Array.from({ length: 12 }, (_, n) => units(17 + n)).flat()).toEqual([
      "个",
      "个",
      "个",
      "座次",
      "个",
      "个",
      "幢",
      "幢",
      "幢",
      "户",
      "个",
      "个",
    ]);
  });

  it("gives three inspection rows to each field of work", () => {
    const fields = rows.filter((it) => it.indicator.field !== undefined).map((it) => [it.no, it.indicator.field]);
    expect(fields.map(([no]) => no)).toEqual(Array.from({ length: 12 }, (_, n) => 17 + n));
    for (const [index, field] of zhoushan.fields.entries()) {
      expect(fields.slice(index * 3, index * 3 + 3).every(([, it]) => it === field)).toBe(true);
    }
  });

  it("has ten units: most of one field, one of two, the association of none", () => {
    const counts = zhoushan.units.map((it) => it.fields.length);
    expect(counts).toHaveLength(10);
    expect(counts.filter((it) => it === 1).length).toBeGreaterThan(5);
    expect(counts.filter((it) => it === 2).length).toBeGreaterThan(0);
    expect(unitOf("association").fields).toEqual([]);
    expect(rowsFor(zhoushan, unitOf("association"))).toHaveLength(24);
    expect(rowsFor(zhoushan, unitOf("dinghai"))).toHaveLength(27);
  });

  it("shows every number in one of the two columns of annex 2, the four counts of row 10 together", () => {
    const columns = rows.map(({ indicator }) => indicator.measures.map((it) => columnOf(indicator, it)));
    expect(columns.flat().every((it) => it === 0 || it === 1)).toBe(true);
    expect(columns[9]).toEqual([0, 0, 0, 0]);
    expect(rows.filter((it) => hasIndependentCounts(it.indicator)).map((it) => it.no)).toEqual([10]);
  });

  it("checks softly: repaired against found in each field, and the notice's two minimums", () => {
    const checks = zhoushan.form.checks.map((it) =>
      it.kind === "atMost" ? `${it.left} ≤ ${it.right}` : `${it.measure} ≥ ${it.value}`,
    );
    expect(checks).toEqual([
      "building.fixed.count ≤ building.found.count",
      "city.fixed.count ≤ city.found.count",
      "town.fixed.count ≤ town.found.count",
      "rural.fixed.count ≤ rural.found.count",
      "study.topic.sessions ≥ 1",
      "publicity.science.sessions ≥ 1",
    ]);
    expect(zhoushan.form.checks.every((it) => it.grade === "soft")).toBe(true);
  });

  it("has the notice's dates and addressees", () => {
    expect(zhoushan.period).toEqual({ start: "2023-06-01", end: "2023-06-30" });
    expect(zhoushan.obligations).toEqual({
      nomination: { due: "2023-05-25", dueTime: "18:00" },
      statistics: { due: "2023-07-01", dueTime: "18:00" },
      summary: { due: "2023-07-01", dueTime: "18:00" },
    });
    expect(zhoushan.units.map((it) => it.kind)).toEqual([
      ...Array.from({ length: 4 }, () => "县区局"),
      ...Array.from({ length: 2 }, () => "功能区"),
      ...Array.from({ length: 3 }, () => "燃气企业"),
      "行业协会",
    ]);
  });

  it("names nobody real: its contacts are made up at sight", () => {
    const contacts = zhoushan.units.flatMap((it) => it.contacts);
    expect(contacts.length).toBeGreaterThan(0);
    for (const it of contacts) {
      if ("staffId" in it) expect(it.staffId).toMatch(/^demo-/);
      else expect(it.mobile).toMatch(/^138000000\d\d$/);
    }
  });

  it("has a short name for chat on every row, none twice", () => {
    const shorts = rows.map((it) => it.indicator.short);
    expect(shorts.every((it) => it !== undefined && it.length <= 12)).toBe(true);
    expect(new Set(shorts).size).toBe(36);
  });

  it("can't be changed by whoever holds it, at any depth", () => {
    const open: string[] = [];
    const visit = (value: unknown, path: string) => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value)) open.push(path);
      for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`);
    };
    visit(zhoushan, "campaign");
    expect(open).toEqual([]);
  });
});
