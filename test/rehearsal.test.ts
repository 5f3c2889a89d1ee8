import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { afterAll, describe, expect, it } from "vitest";
import { announcementFaults, personalData } from "../src/cli/rehearsal/checker.ts";
import { Ledger } from "../src/cli/rehearsal/ledger.ts";
import { expectedAt, judge, type Standing, slotsOf } from "../src/cli/rehearsal/reminders.ts";
import { consolidatedFaults } from "../src/cli/rehearsal/sheets.ts";
import { rehearse } from "../src/cli/rehearse.ts";
import { zhoushan } from "./support/campaign.ts";

const folder = mkdtempSync(join(tmpdir(), "anyue-rehearsal-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the rehearsal", () => {
  it("plays the whole campaign: every figure as people said it, every reminder where it belongs", async () => {
    const { faults, summary } = await rehearse({ out: folder, units: 10, seed: 7 });
    expect(faults).toEqual([]);
    expect(summary.units).toEqual({ expected: 10, nominated: 10, submitted: 9, onTime: 8, late: 1, missing: 1 });
    expect(summary.totals).toHaveLength(54);
    expect(summary.reminders).toMatchObject({ missed: 0, doubled: 0, needless: 0 });
    expect(summary.reminders.sent).toBeGreaterThan(20);
    for (const month of Object.values(summary.quota.byMonth)) {
      expect(month.apiCalls).toBeLessThan(summary.quota.monthly.apiCalls / 10);
      expect(month.streamMessages).toBeLessThan(summary.quota.monthly.streamMessages / 10);
    }
    expect(readdirSync(folder).sort()).toEqual([
      "consolidated.xlsx",
      "files",
      "group",
      "summary.json",
      "transcript.md",
    ]);
    expect(JSON.parse(readFileSync(join(folder, "summary.json"), "utf8"))).toEqual(summary);
    expect(readFileSync(join(folder, "transcript.md"), "utf8")).toContain("已提交 ✓");
    expect(readdirSync(join(folder, "group")).filter((it) => it.endsWith(".xlsx"))).toHaveLength(4);
  });

  it("sees a figure of the table that differs, wherever it stands", async () => {
    const ledger = new Ledger(zhoushan.form);
    const first = { ...ledger.rows[0], id: ledger.rows[0]?.id ?? "" };
    ledger.set("dinghai", first.id, { sessions: 2, people: 80 });
    ledger.submit("dinghai", true);
    const workbook = new ExcelJS.Workbook();
    const totals = workbook.addWorksheet("汇总");
    totals.addRow(["序号", "活动项目", "主要内容", "活动场次", "学习（参与）人次"]);
    totals.addRow([1, "", "", 2, 81]);
    workbook.addWorksheet("分单位");
    const faults = await consolidatedFaults(new Uint8Array(await workbook.xlsx.writeBuffer()), ledger, zhoushan.units);
    expect(faults[0]).toBe("汇总 1: the sheet says 2、81, people said 2、80");
    expect(faults.at(-1)).toMatch(/分单位 has 0 lines/);
  });

  it("sees a figure in the wrong column, and one that nobody said", async () => {
    const ledger = new Ledger(zhoushan.form);
    const count = ledger.rows.find((it) => it.measures.length === 1);
    const pair = ledger.rows.find((it) => it.measures[1]?.unit === "人次");
    ledger.set("dinghai", count?.id ?? "", { count: 3 });
    ledger.submit("dinghai", true);
    const workbook = new ExcelJS.Workbook();
    const totals = workbook.addWorksheet("汇总");
    totals.addRow([count?.no, "", "", null, 3]);
    totals.addRow([pair?.no, "", "", null, 5]);
    workbook.addWorksheet("分单位");
    const faults = await consolidatedFaults(new Uint8Array(await workbook.xlsx.writeBuffer()), ledger, zhoushan.units);
    expect(faults).toContain(`汇总 ${count?.no}: the sheet says nothing, people said 3`);
    expect(faults).toContain(`汇总 ${pair?.no}: 1 numbers, not 0`);
  });

  it("sees a wrong count or sum in the group's text", () => {
    const ledger = new Ledger(zhoushan.form);
    const drill = ledger.rows.find((it) => it.label.includes("演练") && it.measures.length === 2);
    ledger.set("dinghai", drill?.id ?? "", { sessions: 2, people: 1200 });
    ledger.submit("dinghai", true);
    const text = (turnout: string, people: string) =>
      `**标题**\n\n应报 10 个单位，${turnout}。\n\n活动场次 2 场；学习（参与）人次 ${people} 人次。\n\n口径：…`;
    expect(announcementFaults(text("已报 1 个（均按时），未报 9 个", "1,200"), ledger, 10)).toEqual([]);
    expect(announcementFaults(text("已报 2 个（均按时），未报 8 个", "1,200"), ledger, 10)).toHaveLength(1);
    expect(announcementFaults(text("已报 1 个（按时 0 个，逾期 1 个），未报 9 个", "1,200"), ledger, 10)).toHaveLength(
      1,
    );
    expect(announcementFaults(text("已报 1 个（均按时），未报 9 个", "1,201"), ledger, 10)).toEqual([
      "the group's text says 学习（参与）人次 1,201 人次, people said 1200",
    ]);
  });

  it("sees a name or a phone in the group's file", () => {
    const people = [{ name: "李丁" }];
    expect(personalData(["定海区城市管理局", "13", "10,000"], people)).toEqual([]);
    expect(personalData(["联络员：李丁"], people)).toHaveLength(1);
    expect(personalData(["19900000011"], people)).toHaveLength(1);
    expect(personalData(["0580-2182286"], people)).toHaveLength(1);
  });

  it("leaves a folder alone that is not a rehearsal's", async () => {
    const foreign = join(folder, "..", `${folder.split("/").at(-1)}-foreign`);
    mkdirSync(join(foreign, "files"), { recursive: true });
    writeFileSync(join(foreign, "files", "mine.txt"), "mine");
    try {
      await expect(rehearse({ out: foreign, units: 1, seed: 1 })).rejects.toThrow("没有演练");
      expect(readdirSync(join(foreign, "files"))).toEqual(["mine.txt"]);
    } finally {
      rmSync(foreign, { recursive: true, force: true });
    }
  });
});

describe("the judge of reminders", () => {
  const standing = (given: Partial<Standing>): Standing => ({
    unitId: "dinghai",
    unitName: "定海区城市管理局",
    called: "定海",
    contacts: ["contact"],
    isPending: false,
    liaison: "liaison",
    owesStatistics: true,
    owesSummary: false,
    ...given,
  });
  const slot = { at: new Date("2023-06-27T09:00:00+08:00"), obligations: ["statistics", "summary"] as const };
  const judged = (received: Record<string, string[]>, standings = [standing({})]) => {
    const it = { at: slot.at, obligations: [...slot.obligations] };
    return judge(it, expectedAt(it, standings, ["manager"]), {
      received: new Map(Object.entries(received)),
      standings,
    });
  };
  const text = "李丁，您好！统计表还没有开始填（应于 7月1日 18:00 前报送）。";

  it("knows the days of this notice", () => {
    const local = slotsOf(zhoushan).map((it) => new Date(it.at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16));
    expect(local).toEqual([
      "2023-05-22T09:00",
      "2023-05-24T09:00",
      "2023-05-25T09:00",
      "2023-05-25T15:00",
      "2023-05-26T09:00",
      "2023-05-29T09:00",
      "2023-05-30T09:00",
      "2023-05-31T09:00",
      "2023-06-01T09:00",
      "2023-06-25T09:00",
      "2023-06-27T09:00",
      "2023-06-29T09:00",
      "2023-06-30T09:00",
      "2023-06-30T15:00",
      "2023-07-03T09:00",
      "2023-07-04T09:00",
      "2023-07-05T09:00",
      "2023-07-06T09:00",
      "2023-07-07T09:00",
    ]);
  });

  it("is content with one message that asks for what is owed", () => {
    expect(judged({ liaison: [text] })).toMatchObject({ sent: 1, missed: 0, doubled: 0, needless: 0 });
  });

  it("sees one that is missed, doubled, sent to somebody else, or asks for what is not owed", () => {
    expect(judged({})).toMatchObject({ missed: 1 });
    expect(judged({ liaison: [text, text] })).toMatchObject({ doubled: 1 });
    expect(judged({ liaison: [text], stranger: [text] })).toMatchObject({ needless: 1 });
    expect(judged({ liaison: ["活动总结报告还没有收到"] })).toMatchObject({ missed: 1, needless: 1 });
    expect(judged({ liaison: [text] }, [standing({ owesStatistics: false })])).toMatchObject({ needless: 1 });
  });

  it("expects the contacts where there is no liaison, and the managers where there is nobody", () => {
    const named = text.replace("统计表", "定海区城市管理局统计表");
    expect(judged({ contact: [named] }, [standing({ liaison: null })])).toMatchObject({ missed: 0, needless: 0 });
    const nobody = standing({ liaison: null, contacts: [] });
    expect(judged({ manager: [named] }, [nobody])).toMatchObject({ missed: 0, needless: 0 });
    expect(judged({ manager: [text] }, [nobody])).toMatchObject({ missed: 1 });
  });
});
