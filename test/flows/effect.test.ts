import { expect, test } from "vitest";
import type { SentReminder } from "../../src/campaign/sent-reminder.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import { showEffect } from "../../src/flows/effect.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { entry, nomination } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

const now = new Date("2023-06-29T18:00:00+08:00");
const at = (day: number, clock = "09:00") => new Date(`2023-06-${String(day).padStart(2, "0")}T${clock}:00+08:00`);

function reminder(given: Partial<SentReminder> = {}): SentReminder {
  const duties = [{ obligation: "statistics", unitId: "dinghai" } as const];
  return { staffId: "zhangsan", cause: "ladder", at: at(28), duties, delivery: "sent", isRead: null, ...given };
}

const dinghai = (given: Partial<UnitRecord> = {}): UnitRecord => {
  return { ...emptyRecord(zhoushan, unitOf("dinghai")), nominations: [nomination()], ...given };
};

/** What `催报效果` says of these, each in the order of time. */
function effect(
  sent: SentReminder[],
  all: UnitRecord[] = [dinghai()],
  used = { calls: 0, stream: 0 },
  asked = now,
): string {
  const { replies, changes } = showEffect({
    inbound: { key: "m", at: now, sender: { staffId: "boss", nick: "王" }, group: null, kind: "text", text: "" },
    words: "",
    state: newConversation(),
    facts: {
      campaign: zhoushan,
      now: asked,
      standing: { isManager: true, liaisonOf: null, contactOf: [] },
      next: { entry: 1, nomination: 1, question: 1, file: 1, publication: 1 },
      all,
      reminders: { sent, usage: { month: "2023-06", ...used } },
    },
  });
  expect(changes).toEqual([]);
  const content = replies[0]?.content;
  if (content?.kind !== "say") throw new Error("says nothing");
  return messageOf(content.say).text;
}

test("nothing was sent", () => {
  expect(effect([])).toBe("5月30日（周二）以来还没有发过提醒。");
});

test("says since when: the beginning, or 30 days ago", () => {
  const said = (clock: string) => effect([reminder()], [dinghai()], undefined, new Date(`${clock}:00+08:00`));
  expect(said("2023-06-17T18:00")).toContain("（5月19日（周五）至 6月17日 18:00）");
  expect(said("2023-07-29T18:00")).toContain("（6月29日（周四）至 7月29日 18:00）");
});

test("newest first; read, not read, unknown, refused and waiting are told apart", () => {
  const text = effect([
    reminder({ at: at(26), isRead: true }),
    reminder({ at: at(27), isRead: false }),
    reminder({ at: at(28), delivery: "refused" }),
    reminder({ at: at(29), delivery: "waiting", cause: "manager" }),
    reminder({ at: at(29, "15:00"), staffId: "somebody" }),
  ]);
  expect(
    text
      .split("\n")
      .filter((it) => /条|：/.test(it))
      .map((it) => it.trim()),
  ).toEqual([
    expect.stringContaining("共 5 条，2 人"),
    "**6月29日（周四）** 2 条，有行动 0 条",
    "15:00 定海（联系人）：仍有欠报",
    "09:00 定海（张三）〔催报〕：还在发，仍有欠报",
    "**6月28日（周三）** 1 条，有行动 0 条",
    "09:00 定海（张三）：没有送到，仍有欠报",
    "**6月27日（周二）** 1 条，已看 0、未看 1，有行动 0 条",
    "09:00 定海（张三）：未看，仍有欠报",
    "**6月26日（周一）** 1 条，已看 1、未看 0，有行动 0 条",
    "09:00 定海（张三）：已看，仍有欠报",
    "提醒最多：定海（张三） 本月 4 条（本周 4）；定海（联系人） 本月 1 条（本周 1）",
  ]);
});

test("what the unit did within a day is put down to it, and nothing before or later", () => {
  const reported = (recordedAt: Date) => effect([reminder()], [dinghai({ entries: [entry({ recordedAt })] })]);
  expect(reported(at(28, "09:01"))).toContain("09:00 定海（张三）：报数，仍有欠报");
  expect(reported(at(29, "08:59"))).toContain("有行动 1 条");
  for (const recordedAt of [at(28, "08:59"), at(28), at(29), at(29, "09:01")])
    expect(reported(recordedAt)).toContain("有行动 0 条");
});

test("a form that was submitted, and what is owed no more", () => {
  const submitted = dinghai();
  const record = {
    ...submitted,
    submission: { ...submitted.submission, status: "submitted" as const, firstSubmittedAt: at(28, "11:00") },
  };
  expect(effect([reminder()], [record])).toContain("09:00 定海（张三）：提交，已报齐");
  const both = reminder({ duties: [...reminder().duties, { obligation: "summary", unitId: "dinghai" }] });
  expect(effect([both], [record])).toContain("09:00 定海（张三）：提交，仍有欠报");
});

test("a nomination counts where it was asked for", () => {
  const proposed = dinghai({ nominations: [nomination({ proposedAt: at(28, "10:00") })] });
  const asked = reminder({ staffId: "contact", duties: [{ obligation: "nomination", unitId: "dinghai" }] });
  expect(effect([asked], [proposed])).toContain("09:00 定海（联系人）：推荐联络员，已报齐");
  expect(effect([reminder()], [proposed])).toContain("09:00 定海（张三）：仍有欠报");
});

test("many reminders: the newest day one by one, older ones by their sums, the oldest not at all", () => {
  const days = Array.from({ length: 9 }, (_, n) => n + 20);
  const text = effect(days.flatMap((day) => Array.from({ length: 15 }, () => reminder({ at: at(day) }))));
  expect(text.match(/09:00 /g)).toHaveLength(15);
  expect(text).toContain("**6月22日（周四）** 15 条");
  expect(text).not.toContain("**6月21日（周三）**");
  expect(text).toContain("更早还有 2 天");
});

test("the month's share of the allowance, where something is known of it", () => {
  expect(effect([reminder()])).not.toContain("额度");
  expect(effect([reminder()], [dinghai()], { calls: 800, stream: 300 })).toContain(
    "6 月本程序已用：接口调用 800（标准版额度 5,000 的 16%），消息 300（标准版额度 3,000 的 10%）。",
  );
});

test("units that the campaign file has lost stay without a name", () => {
  const gone = reminder({ duties: [{ obligation: "statistics", unitId: "gone" }] });
  expect(effect([gone])).toContain("09:00 （联系人）：已报齐");
});
