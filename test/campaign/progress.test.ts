import { describe, expect, it } from "vitest";
import { askedOf, dutyOf } from "../../src/campaign/duty.ts";
import { deadlineOf } from "../../src/campaign/period.ts";
import { owes, progressOf, type UnitProgress, unitProgress } from "../../src/campaign/progress.ts";
import { evolve, newSubmission, type Submission, type SubmissionEvent } from "../../src/campaign/submission.ts";
import type { UnitRecord } from "../../src/campaign/unit-record.ts";
import { entry, nomination, record, wholeForm } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

const at = (text: string) => new Date(`${text}+08:00`);
const onTime = at("2023-06-29T15:20:00");
const late = at("2023-07-02T09:00:00");
const submitted = (submittedAt: Date): SubmissionEvent => ({
  type: "submitted",
  form: { ...wholeForm(unitOf("dinghai")), version: 1, submittedAt, submittedBy: "zhangsan" },
});
const lifeOf = (...events: SubmissionEvent[]): Submission =>
  events.reduce(evolve, newSubmission(zhoushan, { id: "dinghai" }));
const progress = (given: Partial<UnitRecord>): UnitProgress => unitProgress(zhoushan, record("dinghai", given));
const document = (kind: "summary" | "stamped" | null, receivedAt: Date) => ({
  no: 1,
  unitId: "dinghai",
  kind,
  fileName: "总结.docx",
  storedAs: "a.docx",
  bytes: 9,
  receivedBy: "zhangsan",
  receivedAt,
});

describe("the nomination", () => {
  it.each([
    ["missing", []],
    ["missing", [nomination({ status: "proposed", decidedBy: null, decidedAt: null })]],
    ["missing", [nomination({ status: "declined" })]],
    ["onTime", [nomination({ proposedAt: at("2023-05-25T18:00:00") })]],
    ["late", [nomination({ proposedAt: at("2023-05-25T18:00:01") })]],
    ["onTime", [nomination({ no: 1, status: "replaced" }), nomination({ no: 2, proposedAt: late })]],
  ] as const)("is %s", (expected, nominations) => {
    const it = progress({ nominations });
    expect(it.nomination).toBe(expected);
    expect(owes(it, "nomination")).toBe(expected === "missing");
  });
});

describe("the statistics", () => {
  it.each([
    ["notStarted", "missing", true, {}],
    ["drafting", "missing", true, { entries: [entry({ figures: { sessions: 1 } })] }],
    ["submitted", "onTime", false, { submission: lifeOf(submitted(onTime)) }],
    ["submitted", "late", false, { submission: lifeOf(submitted(late)) }],
    ["accepted", "onTime", false, { submission: lifeOf(submitted(onTime), { type: "accepted", at: late }) }],
    [
      "returned",
      "onTime",
      true,
      { submission: lifeOf(submitted(onTime), { type: "returned", reason: "请核对", at: late }) },
    ],
    ["reopened", "onTime", true, { submission: lifeOf(submitted(onTime), { type: "reopened", at: late }) }],
    [
      "submitted",
      "onTime",
      false,
      {
        submission: lifeOf(submitted(onTime), { type: "returned", reason: "请核对", at: late }, submitted(late)),
      },
    ],
  ] as const)("are %s, %s, owed: %s", (state, timeliness, isOwed, given) => {
    const it = progress(given);
    expect(it.statistics).toMatchObject({ state, timeliness });
    expect(owes(it, "statistics")).toBe(isOwed);
  });

  it("lack the rows that nothing, or not everything, was said of: by the form's own numbers", () => {
    const { statistics } = progress({
      entries: [
        entry({ indicatorId: "study.topic" }),
        entry({ indicatorId: "study.preach", figures: { sessions: 2 } }),
        entry({ indicatorId: "study.research", mode: "set", figures: { sessions: 0, people: 0 } }),
        entry({ indicatorId: "city.found", figures: {}, mode: "set", isNotApplicable: true }),
      ],
    });
    const own = [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 22, 29, 30, 31, 32, 33, 34, 35, 36];
    expect(statistics.openRows).toEqual(own);
  });

  it("are begun by a zero and by 不适用 too", () => {
    const none = entry({ mode: "set", figures: {}, isNotApplicable: true });
    expect(progress({ entries: [none] }).statistics.state).toBe("drafting");
    const gone = entry({ withdrawnAt: late });
    expect(progress({ entries: [gone] }).statistics.state).toBe("notStarted");
  });
});

describe("the summary", () => {
  it("counts from its first file, and no other kind of file counts", () => {
    expect(progress({ documents: [document("stamped", onTime), document(null, onTime)] }).summary).toBe("missing");
    expect(progress({ documents: [document("summary", late)] }).summary).toBe("late");
    const both = progress({ documents: [document("summary", onTime), document("summary", late)] });
    expect([both.summary, owes(both, "summary")]).toEqual(["onTime", false]);
  });
});

it("progress has a line for every unit, in the campaign's order", () => {
  const records = zhoushan.units.map((it) => record(it.id));
  expect(progressOf(zhoushan, records).map((it) => it.unit.id)).toEqual(zhoushan.units.map((it) => it.id));
});

describe("a duty", () => {
  it("says what is owed, by when, and how far it is", () => {
    const returned = lifeOf(submitted(onTime), { type: "returned", reason: "第22行请核对", at: late });
    const own = record("dinghai", { submission: returned, nominations: [nomination()] });
    expect(dutyOf({ campaign: zhoushan, now: late }, own, "statistics")).toMatchObject({
      unit: "定海区城市管理局",
      called: "定海",
      liaison: "张三",
      state: "returned",
      reason: "第22行请核对",
      due: "2023-07-01",
      dueTime: "18:00",
      actOn: "2023-06-30",
      isWaiting: false,
      isOverdue: true,
    });
    const atDeadline = { campaign: zhoushan, now: deadlineOf(zhoushan, zhoushan.obligations.summary) };
    expect(dutyOf(atDeadline, own, "statistics").isOverdue).toBe(false);
  });

  it("of a nomination waits for the managers while one is proposed", () => {
    const proposed = record("dinghai", { nominations: [nomination({ status: "proposed" })] });
    expect(dutyOf({ campaign: zhoushan, now: late }, proposed, "nomination").isWaiting).toBe(true);
    expect(dutyOf({ campaign: zhoushan, now: late }, proposed, "statistics").isWaiting).toBe(false);
    expect(dutyOf({ campaign: zhoushan, now: late }, record("dinghai"), "nomination").isWaiting).toBe(false);
  });

  it("is asked of the liaison, else of the unit's contacts, once each", () => {
    const contactIds = ["wu", "zheng", "wu"];
    expect(askedOf(record("dinghai", { contactIds }))).toEqual(["wu", "zheng"]);
    expect(askedOf(record("dinghai", { contactIds, nominations: [nomination()] }))).toEqual(["zhangsan"]);
    expect(askedOf(record("dinghai", { contactIds, nominations: [nomination({ staffId: null })] }))).toEqual([
      "wu",
      "zheng",
    ]);
    expect(askedOf(record("association"))).toEqual([]);
  });
});
