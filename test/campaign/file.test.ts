import { describe, expect, it } from "vitest";
import { parseCampaign } from "../../src/campaign/campaign.ts";
import { rowsFor, rowsOf } from "../../src/campaign/row.ts";
import { unitOf, zhoushan, zhoushanJson } from "../support/campaign.ts";

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

  it("can't be changed by whoever holds it", () => {
    expect(Object.isFrozen(zhoushan.units[0]?.fields)).toBe(true);
  });
});

describe("a broken campaign file", () => {
  type Json = Record<string, never> & {
    units: Record<string, unknown>[];
    form: { sections: { indicators: Record<string, unknown>[] }[]; checks: unknown[] };
  };
  const faultsOf = (spoil: (json: Json) => void) => {
    const json = zhoushanJson() as Json;
    spoil(json);
    const parsed = parseCampaign(json);
    return parsed.ok ? [] : parsed.faults.map((it) => it.path);
  };

  it("is refused with every fault of its shape and each one's path", () => {
    const faults = faultsOf((it) => {
      Object.assign(it, { year: "2023", opensOn: "2023-02-30", surprise: 1 });
      Object.assign(it.units[3] ?? {}, { name: "" });
    });
    expect(faults).toEqual(expect.arrayContaining(["year", "opensOn", "", "units[3].name"]));
  });

  it("is refused with every contradiction and each one's path", () => {
    const faults = faultsOf((it) => {
      Object.assign(it, { timezone: "Asia/Zhoushan", period: { start: "2023-07-01", end: "2023-06-01" } });
      Object.assign(it.units[0] ?? {}, { fields: ["航天领域"], aliases: ["普陀"] });
      Object.assign(it.units[2] ?? {}, { id: "putuo", parent: "nobody" });
      Object.assign(it.form.sections[0]?.indicators[1] ?? {}, { id: "study.topic" });
      it.form.checks.push({ kind: "atMost", grade: "soft", left: "nothing.count", right: "city.found.count" });
    });
    expect(faults.sort()).toEqual([
      "form.checks[6].left",
      "form.sections[0].indicators[1].id",
      "period",
      "timezone",
      "units[0].fields[0]",
      "units[1].aliases[0]",
      "units[2].id",
      "units[2].parent",
    ]);
  });

  it("is refused when a short name is too long for chat, or a fault is all there is", () => {
    expect(
      faultsOf((it) =>
        Object.assign(it.form.sections[0]?.indicators[0] ?? {}, { short: "一二三四五六七八九十一二三" }),
      ),
    ).toEqual(["form.sections[0].indicators[0].short"]);
    expect(parseCampaign(null).ok).toBe(false);
  });
});
