import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deadlineFor } from "../../src/campaign/deadline.ts";
import { isOfficeTime } from "../../src/campaign/office-hours.ts";
import { deadlineOf } from "../../src/campaign/period.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import { putOff } from "../../src/flows/put-off.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { nomination } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

const campaign = zhoushan;
const empty = (id: string): UnitRecord => emptyRecord(campaign, unitOf(id));
const dinghai: UnitRecord = { ...empty("dinghai"), nominations: [nomination()] };

function say(text: string, now: Date, { all = [dinghai], staffId = "zhangsan" } = {}) {
  const { replies, changes } = putOff({
    inbound: { key: "m", at: now, sender: { staffId, nick: "张三" }, group: null, kind: "text", text },
    words: text,
    state: newConversation(),
    facts: {
      campaign,
      now,
      standing: { isManager: false, liaisonOf: null, contactOf: [] },
      next: { entry: 1, nomination: 1, question: 1, file: 1, publication: 1 },
      all,
    },
  });
  const content = replies[0]?.content;
  const until = changes.flatMap((it) => (it.type === "reminderPutOff" ? it.until : []));
  return { until, text: content?.kind === "say" ? messageOf(content.say).text : "" };
}

const wednesday = new Date("2023-06-28T10:00:00+08:00");

describe("提醒 put off", () => {
  const wishes = [
    "明天提醒",
    "今天17点提醒",
    "晚上8点提醒",
    "周六提醒",
    "周五下午5点提醒",
    "下周一提醒",
    "半小时后提醒",
  ];

  test("is always in office hours, ahead, and before the deadline that comes next; else nothing changes", () => {
    const deadline = deadlineOf(campaign, deadlineFor(campaign, dinghai, "statistics"));
    const moments = fc.date({
      min: new Date("2023-06-01T00:00:00Z"),
      max: new Date("2023-07-10T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...wishes), moments, (wish, now) => {
        for (const until of say(wish, now).until) {
          expect(isOfficeTime(until, campaign)).toBe(true);
          expect(until.getTime()).toBeGreaterThan(now.getTime());
          if (now <= deadline) expect(until.getTime()).toBeLessThan(deadline.getTime());
        }
      }),
    );
  });

  test("counts with a deadline that was moved", () => {
    const moved = (["statistics", "summary"] as const).map((obligation) => {
      return { unitId: null, obligation, due: "2023-07-05", dueTime: "18:00", movedAt: wednesday, movedBy: "boss" };
    });
    expect(say("下周一提醒", wednesday).until).toEqual([]);
    expect(say("下周一提醒", wednesday, { all: [{ ...dinghai, moved }] }).until).toEqual([
      new Date("2023-07-03T09:00:00+08:00"),
    ]);
  });

  test("names the units of who is asked for several, and is for deputies, too", () => {
    const deputies = [{ staffId: "li", name: "李四" }];
    const all = [
      { ...dinghai, deputies },
      { ...empty("putuo"), contactIds: ["li"] },
    ];
    const { until, text } = say("明天提醒", wednesday, { all, staffId: "li" });
    expect(until).toHaveLength(1);
    expect(text).toContain("定海 统计表（未开始）、定海 活动总结报告、普陀 联络员推荐");
  });

  test("leaves out what was said to be on paper, but not who is to be the liaison", () => {
    const onPaper = { by: "zhangsan", at: wednesday };
    expect(say("明天提醒", wednesday, { all: [{ ...dinghai, onPaper }] }).text).toContain("您说过已线下报送");
    const all = [
      { ...dinghai, onPaper },
      { ...empty("putuo"), contactIds: ["zhangsan"], onPaper },
    ];
    expect(say("明天提醒", wednesday, { all }).text).toContain("提醒您：联络员推荐。");
  });
});
