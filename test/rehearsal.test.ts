import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { afterAll, describe, expect, it } from "vitest";
import { ReminderAccount } from "../src/cli/rehearsal/account.ts";
import { announcementFaults, personalData } from "../src/cli/rehearsal/checker.ts";
import { instant } from "../src/cli/rehearsal/days.ts";
import { Ledger } from "../src/cli/rehearsal/ledger.ts";
import { consolidatedFaults } from "../src/cli/rehearsal/sheets.ts";
import { slotsOf } from "../src/cli/rehearsal/slots.ts";
import type { Standing } from "../src/cli/rehearsal/standing.ts";
import { judge, type Received } from "../src/cli/rehearsal/verdict.ts";
import { rehearse } from "../src/cli/rehearse.ts";
import { zhoushan } from "./support/campaign.ts";

const folder = mkdtempSync(join(tmpdir(), "anyue-rehearsal-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Six weeks over real sockets, also where the machine is busy with other tests. */
const wholePlayMs = 240_000;

describe("the rehearsal", () => {
  it(
    "plays the whole campaign: every figure as people said it, every reminder where it belongs",
    async () => {
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
    },
    wholePlayMs,
  );

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

const standing = (given: Partial<Standing>): Standing => ({
  unitId: "dinghai",
  unitName: "定海区城市管理局",
  called: "定海",
  contacts: ["contact"],
  isPending: false,
  liaison: "liaison",
  owesStatistics: true,
  owesSummary: false,
  rows: ["publicity.consult"],
  reported: [],
  ...given,
});
const at = (text: string) => instant(text.slice(0, 10), text.slice(11));
const local = (it: Date) => new Date(it.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

/** What people should hear between two moments: `2023-06-27 09:00 liaison dinghai/statistics`. */
function expectedOf(
  [from, to]: [string, string],
  { standings = [standing({})], spoken = {} }: { standings?: Standing[]; spoken?: Record<string, string> } = {},
): string[] {
  const account = new ReminderAccount(zhoushan, ["manager"]);
  for (const [person, moment] of Object.entries(spoken)) account.heard(person, at(moment));
  return account
    .between(at(from), at(to), standings)
    .map((it) => `${local(it.at)} ${it.person} ${it.isDigest ? "digest" : [...it.asks].join(" ")}`);
}

describe("the rehearsal's own account of reminders", () => {
  it("knows the days of this notice", () => {
    const days = (kind: string, obligation?: string) =>
      slotsOf(zhoushan)
        .filter((it) => it.kind === kind && (it.kind !== "ladder" || it.obligation === obligation))
        .map((it) => local(it.at).slice(5));
    expect(days("ladder", "nomination")).toEqual([
      "05-22 09:00",
      "05-24 09:00",
      "05-25 09:00",
      "05-25 15:00",
      "05-26 09:00",
      "05-29 09:00",
      "05-30 09:00",
      "05-31 09:00",
      "06-01 09:00",
    ]);
    expect(days("ladder", "statistics")).toEqual([
      "06-15 09:00",
      "06-25 09:00",
      "06-27 09:00",
      "06-29 09:00",
      "06-30 09:00",
      "06-30 15:00",
      "07-03 09:00",
      "07-04 09:00",
      "07-05 09:00",
      "07-06 09:00",
      "07-07 09:00",
    ]);
    expect(days("ladder", "summary")).toEqual(days("ladder", "statistics"));
    expect(days("nudge")).toEqual(["06-02 15:00", "06-09 15:00", "06-16 15:00", "06-21 15:00", "06-30 15:00"]);
    expect(days("event")).toEqual(["06-15 09:00", "06-16 16:30"]);
    expect(days("digest")).toEqual(["06-26 08:45", "06-27 08:45", "06-28 08:45", "06-29 08:45", "06-30 08:45"]);
  });

  it("asks the liaison for all they owe in one message, the contacts where there is none, else the managers", () => {
    const morning: [string, string] = ["2023-06-15 08:00", "2023-06-15 18:00"];
    const both = [
      standing({}),
      standing({ unitId: "putuo", liaison: null }),
      standing({ unitId: "x", owesSummary: true }),
    ];
    expect(expectedOf(morning, { standings: both })).toEqual([
      "2023-06-15 09:00 liaison dinghai/statistics x/statistics x/summary dinghai/event x/event",
      "2023-06-15 09:00 contact putuo/nomination putuo/statistics putuo/event",
    ]);
    const nobody = [standing({ liaison: null, contacts: [] })];
    expect(expectedOf(morning, { standings: nobody })).toEqual(["2023-06-15 09:00 manager dinghai/statistics"]);
    expect(expectedOf(["2023-06-27 08:00", "2023-06-27 18:00"], { standings: nobody })).toEqual([
      "2023-06-27 08:45 manager digest",
    ]);
    const pending = [standing({ liaison: null, isPending: true })];
    expect(expectedOf(["2023-05-25 08:00", "2023-05-25 10:00"], { standings: pending })).toEqual([
      "2023-05-25 09:00 manager dinghai/nomination",
    ]);
  });

  it("asks about a quiet week and an event only whom it has something to ask", () => {
    expect(expectedOf(["2023-06-20 08:00", "2023-06-23 18:00"])).toEqual(["2023-06-21 15:00 liaison dinghai/nudge"]);
    const reported = (row: string, day: string) => ({ standings: [standing({ reported: [{ row, day }] })] });
    expect(expectedOf(["2023-06-20 08:00", "2023-06-23 18:00"], reported("x", "2023-06-19"))).toEqual([]);
    const eventDay: [string, string] = ["2023-06-16 08:00", "2023-06-16 18:00"];
    expect(expectedOf(eventDay)).toEqual(["2023-06-16 16:30 liaison dinghai/event"]);
    expect(expectedOf(eventDay, reported("publicity.consult", "2023-06-16"))).toEqual([]);
    expect(expectedOf(eventDay, reported("publicity.consult", "2023-06-15"))).toHaveLength(1);
    expect(expectedOf(eventDay, { standings: [standing({ rows: [] })] })).toEqual([]);
    expect(expectedOf(eventDay, { standings: [standing({ owesStatistics: false })] })).toEqual([]);
  });

  it("leaves somebody alone for an hour after their word, and no longer than the last chance can wait", () => {
    const spoken = (moment: string) => ({ spoken: { liaison: moment } });
    const first: [string, string] = ["2023-06-27 08:50", "2023-06-28 18:00"];
    const ofLiaison = (lines: string[]) => lines.filter((it) => it.includes("liaison"));
    expect(ofLiaison(expectedOf(first, spoken("2023-06-27 08:40")))).toEqual([
      "2023-06-27 09:40 liaison dinghai/statistics",
    ]);
    expect(expectedOf(["2023-06-16 16:00", "2023-06-19 18:00"], spoken("2023-06-16 16:29"))).toEqual([
      "2023-06-16 17:29 liaison dinghai/event",
    ]);
    // Its hour ends after half past five: what was meant for that day comes no more.
    const late = expectedOf(["2023-06-16 16:00", "2023-06-19 18:00"], spoken("2023-06-16 16:30"));
    expect(late).toHaveLength(1);
    expect(expectedOf(["2023-06-16 16:00", "2023-06-19 18:00"], spoken("2023-06-16 16:31"))).toHaveLength(0);
    const last: [string, string] = ["2023-06-30 14:00", "2023-06-30 18:00"];
    expect(expectedOf(last, spoken("2023-06-30 14:40"))).toEqual([
      "2023-06-30 15:40 liaison dinghai/statistics dinghai/nudge",
    ]);
  });
});

describe("the judge of reminders", () => {
  const moment = "2023-06-27 09:00";
  const judged = (received: Record<string, string[]>, standings = [standing({})], when = moment) => {
    const account = new ReminderAccount(zhoushan, ["manager"]);
    const expected = account.between(at("2023-06-27 08:50"), at("2023-06-27 12:00"), standings);
    const messages = Object.entries(received).flatMap(([person, texts]) =>
      texts.map((text): Received => ({ at: at(when), person, text })),
    );
    return judge(expected, messages, { standings, turnout: { expected: 10, submitted: 0 }, events: ["咨询日"] });
  };
  const text = "李丁，您好！统计表还没有开始填（应于 7月1日 18:00 前报送）。";

  it("is content with one message that asks for what is owed", () => {
    expect(judged({ liaison: [text] })).toMatchObject({ sent: 1, missed: 0, doubled: 0, needless: 0 });
  });

  it("sees one that is missed, doubled, late, sent to somebody else, or asks for what is not owed", () => {
    expect(judged({})).toMatchObject({ missed: 1 });
    expect(judged({ liaison: [text, text] })).toMatchObject({ doubled: 1 });
    expect(judged({ liaison: [text] }, undefined, "2023-06-27 09:01")).toMatchObject({ missed: 1, needless: 1 });
    expect(judged({ liaison: [text], stranger: [text] })).toMatchObject({ needless: 1 });
    expect(judged({ liaison: ["活动总结报告还没有收到"] })).toMatchObject({ missed: 1, needless: 1 });
    expect(judged({ liaison: [text] }, [standing({ owesStatistics: false })])).toMatchObject({ needless: 1 });
    expect(judged({ liaison: [`${text}本周还没有收到活动情况。`] })).toMatchObject({ needless: 1 });
    expect(judged({ liaison: [`${text}今天是“咨询日”。`] })).toMatchObject({ needless: 1 });
  });

  it("wants an event and a quiet week to be asked about beside what is owed", () => {
    const wanted = (about: string) => ({
      ...{ at: at(moment), person: "liaison", isDigest: false },
      asks: new Set(["dinghai/statistics", `dinghai/${about}`]),
    });
    const scene = { standings: [standing({})], turnout: { expected: 10, submitted: 0 }, events: ["咨询日"] };
    const said = (more: string): Received[] => [{ at: at(moment), person: "liaison", text: `${text}${more}` }];
    expect(judge([wanted("event")], said("明天是“咨询日”。"), scene)).toMatchObject({ missed: 0, needless: 0 });
    expect(judge([wanted("event")], said(""), scene)).toMatchObject({ missed: 1 });
    expect(judge([wanted("nudge")], said("本周还没有收到活动情况。"), scene)).toMatchObject({ missed: 0, needless: 0 });
    expect(judge([wanted("nudge")], said(""), scene)).toMatchObject({ missed: 1 });
  });

  it("wants a unit named to whoever is not its liaison", () => {
    const putuo = standing({ unitId: "putuo", unitName: "普陀区城市管理局", owesStatistics: false });
    const named = "定海区城市管理局统计表还没有开始填，还没有推荐联络员";
    const contact = [standing({ liaison: null }), putuo];
    expect(judged({ contact: [named] }, contact)).toMatchObject({ missed: 0, needless: 0 });
    expect(judged({ contact: ["统计表还没有开始填，还没有推荐联络员"] }, contact)).toMatchObject({ missed: 1 });
    expect(judged({ contact: [`${named}，普陀区城市管理局也是`] }, contact)).toMatchObject({ needless: 1 });
  });

  it("wants the digest at its moment, with who has handed in", () => {
    const digest = (text: string) => {
      const wanted = { at: at("2023-06-27 08:45"), person: "manager", asks: new Set<string>(), isDigest: true };
      const scene = { standings: [], turnout: { expected: 10, submitted: 6 }, events: [] };
      return judge([wanted], text === "" ? [] : [{ at: wanted.at, person: "manager", text }], scene);
    };
    expect(digest("应报 10，已交 6。")).toMatchObject({ missed: 0, needless: 0 });
    expect(digest("应报 10，已交 5。")).toMatchObject({ missed: 1 });
    expect(digest("")).toMatchObject({ missed: 1 });
  });
});
