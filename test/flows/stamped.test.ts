import { expect, test } from "vitest";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { lacksStamped } from "../../src/campaign/duty.ts";
import type { SubmissionStatus } from "../../src/campaign/submission.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import { fileArrived } from "../../src/flows/documents.ts";
import type { Facts, PendingFile } from "../../src/flows/flow.ts";
import { owingOf } from "../../src/flows/owing.ts";
import { owedText } from "../../src/flows/words/duty.ts";
import { nomination } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

/** A campaign whose printed form is to come back with a stamp. */
const campaign: Campaign = {
  ...zhoushan,
  obligations: {
    ...zhoushan.obligations,
    statistics: { due: "2023-07-01", dueTime: "18:00", stamped: true },
  },
};
const now = new Date("2023-06-29T10:00:00+08:00");
const common = {
  campaign,
  now,
  standing: { isManager: false, liaisonOf: "dinghai", contactOf: [] },
  next: { entry: 1, nomination: 1, question: 1, file: 2, publication: 1 },
};

function record(status: SubmissionStatus): UnitRecord {
  const empty = emptyRecord(campaign, unitOf("dinghai"));
  return { ...empty, nominations: [nomination()], submission: { ...empty.submission, status } };
}

function changesWhenItArrives(own: UnitRecord) {
  const file: PendingFile = {
    no: 1,
    unitId: "dinghai",
    kind: "stamped",
    fileName: "盖章件.jpg",
    downloadCode: "code",
    receivedBy: "zhangsan",
    receivedAt: now,
  };
  const facts: Facts<"all" | "files"> = { ...common, all: [own], files: [file] };
  const fetched = { ok: true, storedAs: "a.jpg", bytes: 10 } as const;
  const sender = { staffId: "zhangsan", nick: "张三" };
  const inbound = { key: "m", at: now, sender, group: null, kind: "fileArrived", fileNo: 1, fetched } as const;
  return fileArrived({ inbound, words: "", state: newConversation(), facts }).changes;
}

test("of a submitted form only the stamped copy is asked for, until it is there", () => {
  expect(owingOf(common, record("submitted")).flatMap((it) => it.duties.map(owedText))).toEqual([
    "盖章件",
    "活动总结报告",
  ]);
});

test("its arrival takes it out of reminders that wait", () => {
  const own = record("submitted");
  expect(lacksStamped(campaign, own)).toBe(true);
  expect(changesWhenItArrives(own)).toContainEqual({
    type: "reminderWithdrawn",
    unitId: "dinghai",
    obligation: "statistics",
  });
});

test("of a form that was returned, the form itself is asked for still", () => {
  expect(changesWhenItArrives(record("returned")).map((it) => it.type)).toEqual(["fileSettled"]);
});
