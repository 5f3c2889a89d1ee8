import { describe, expect, test } from "vitest";
import { instantAt } from "../../src/campaign/calendar.ts";
import type { Campaign } from "../../src/campaign/campaign.ts";
import type { MovedDeadline } from "../../src/campaign/deadline.ts";
import type { UnitDocument } from "../../src/campaign/document.ts";
import { newSubmission } from "../../src/campaign/submission.ts";
import { wantedTodos } from "../../src/campaign/todo.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { todoSubject } from "../../src/flows/words/todo.ts";
import { beginOf } from "../../src/scheduler/plan/steps.ts";
import { nomination, record } from "../support/builders.ts";
import { unitOf, weekly, zhoushan } from "../support/campaign.ts";

const at = (day: string, clock: string) => instantAt(day, clock, zhoushan);

function wanted(records: readonly UnitRecord[], now: Date, campaign: Campaign = zhoushan) {
  return wantedTodos({ campaign, now, beginOf: (...of) => beginOf(campaign, ...of) }, records);
}
const subjects = (records: readonly UnitRecord[], now: Date, campaign: Campaign = zhoushan) =>
  wanted(records, now, campaign).map((it) => `${it.staffId} ${todoSubject(campaign, it)}`);

const liaison = { nominations: [nomination()] };
const submitted = {
  ...newSubmission(zhoushan, unitOf("dinghai"), record("dinghai").period.key),
  status: "submitted",
} as const;
const summary: UnitDocument = {
  ...{ no: 1, unitId: "dinghai", kind: "summary", fileName: "总结.docx", storedAs: "1.docx", bytes: 9 },
  ...{ receivedBy: "zhangsan", receivedAt: at("2023-06-19", "09:00") },
};

const whole = [
  "zhangsan 6月“安全生产月”统计表（7月1日 18:00 前）",
  "zhangsan 6月“安全生产月”活动总结报告（7月1日 18:00 前）",
];

describe("to-dos of a liaison", () => {
  test("begin with the ladder's first step and stay when the deadline is past", () => {
    const records = [record("dinghai", liaison)];
    expect(subjects(records, at("2023-06-15", "08:59"))).toEqual([]);
    expect(subjects(records, at("2023-06-15", "09:00"))).toEqual(whole);
    expect(subjects(records, at("2023-07-20", "09:00"))).toEqual(whole);
    expect(wanted(records, at("2023-06-15", "09:00"))[0]?.dueAt).toEqual(at("2023-07-01", "18:00"));
  });

  test("end one by one as they are met", () => {
    const now = at("2023-06-20", "09:00");
    expect(subjects([record("dinghai", { ...liaison, submission: submitted })], now)).toEqual(whole.slice(1));
    expect(subjects([record("dinghai", { ...liaison, documents: [summary] })], now)).toEqual(whole.slice(0, 1));
  });

  test("are nobody's where DingTalk does not know the liaison, or the unit handed in on paper", () => {
    const now = at("2023-06-20", "09:00");
    const onPaper = { by: "zhangsan", at: now };
    const records = [
      record("dinghai"),
      record("dinghai", { nominations: [nomination({ staffId: null })] }),
      record("dinghai", { nominations: [nomination({ status: "proposed" })] }),
      record("dinghai", { ...liaison, onPaper }),
    ];
    expect(subjects(records, now)).toEqual([]);
  });

  test("name the unit only to who speaks for several", () => {
    const putuo = record("putuo", { nominations: [nomination({ unitId: "putuo" })] });
    const other = record("daishan", { nominations: [nomination({ unitId: "daishan", staffId: "lisi" })] });
    expect(subjects([record("dinghai", liaison), putuo, other], at("2023-06-20", "09:00"))).toEqual([
      ...whole.map((it) => it.replace(" ", " 定海区城市管理局：")),
      ...whole.map((it) => it.replace(" ", ` ${unitOf("putuo").name}：`)),
      ...whole.map((it) => it.replace("zhangsan", "lisi")),
    ]);
  });

  test("follow a deadline that is moved: at once where its own ladder has begun, else with that", () => {
    const moved = (due: string): MovedDeadline => ({
      ...{
        unitId: "dinghai",
        obligation: "statistics",
        due,
        dueTime: "12:00",
        movedAt: at("2023-06-28", "10:00"),
        movedBy: "boss",
      },
    });
    const movedTo = (due: string) => [record("dinghai", { ...liaison, moved: [moved(due)] })];
    const statistics = (due: string, now: Date) => subjects(movedTo(due), now).filter((it) => it.includes("统计表"));
    expect(statistics("2023-07-05", at("2023-06-28", "10:00"))).toEqual([
      "zhangsan 6月“安全生产月”统计表（7月5日 12:00 前）",
    ]);
    expect(statistics("2023-07-31", at("2023-06-28", "10:00"))).toEqual([]);
    expect(statistics("2023-07-31", at("2023-07-17", "09:00"))).toHaveLength(1);
    const sources = (records: readonly UnitRecord[]) =>
      wanted(records, at("2023-06-29", "09:00")).map((it) => it.source);
    expect(sources(movedTo("2023-07-05"))[0]).not.toBe(sources([record("dinghai", liaison)])[0]);
  });

  test("are one a period where the form recurs", () => {
    const records = [{ ...emptyRecord(weekly, unitOf("dinghai", weekly)), ...liaison }];
    const now = instantAt("2023-06-15", "09:00", weekly);
    const statistics = subjects(records, now, weekly).filter((it) => it.includes("统计表"));
    expect(statistics).toEqual([
      "zhangsan “安全生产月”第1期（6月1日–6月7日）统计表（6月8日 12:00 前）",
      "zhangsan “安全生产月”第2期（6月8日–6月14日）统计表（6月15日 12:00 前）",
    ]);
  });
});
