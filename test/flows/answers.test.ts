import { describe, expect, test } from "vitest";
import { ask, newConversation, openQuestions, type Question } from "../../src/flows/conversation.ts";
import type { Facts, Need } from "../../src/flows/flow.ts";
import { route } from "../../src/flows/routes.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { entry, record } from "../support/builders.ts";
import { zhoushan } from "../support/campaign.ts";

/** Whatever is open, whatever is said: nothing breaks, and only a word that answers the question changes anything. */
const now = new Date("2023-06-13T10:00:00+08:00");
const drafted = {
  indicatorId: "publicity.drill",
  figures: { sessions: 2, people: 40 },
  isNotApplicable: false,
  date: "2023-06-13",
  dateFrom: null,
};
const event = entry({ no: 1, turnKey: "earlier", date: null, figures: { sessions: 1 } });
const own = record("dinghai", {
  entries: [event],
  documents: [
    {
      no: 1,
      unitId: "dinghai",
      kind: null,
      fileName: "a.pdf",
      storedAs: "a.pdf",
      bytes: 1,
      receivedBy: "zhangsan",
      receivedAt: now,
    },
  ],
});

const questions: Record<Question["about"], Question> = {
  row: { about: "row", text: "培训1场30人", at: now.toISOString(), options: ["study.rescue"] },
  count: {
    about: "count",
    text: "",
    indicatorId: "publicity.drill",
    measureId: "people",
    entryNo: 1,
    date: null,
  },
  date: { about: "date", text: "前几天演练", indicatorId: "publicity.drill", entryNo: 1 },
  figures: { about: "figures", indicatorId: "study.topic" },
  addOrSet: { about: "addOrSet", entries: [drafted] },
  again: { about: "again", entries: [drafted] },
  own: { about: "own", corrected: [], entries: [drafted], unit: "岱山县城市管理局" },
  nothingToFix: { about: "nothingToFix", entries: [drafted] },
  restZero: { about: "restZero", indicatorIds: ["study.topic"] },
  publish: { about: "publish" },
  remind: { about: "remind", unitId: null },
  document: { about: "document", fileNo: 1, fileName: "a.pdf" },
};

/** What is recorded, or filed, when it answers; every other word changes nothing. */
const answers: Partial<Record<Question["about"], Record<string, string>>> = {
  row: { 自救互救培训: "entriesRecorded" },
  count: { 暂不清楚: "" },
  addOrSet: { 累加: "entriesRecorded", 改为: "entriesRecorded" },
  again: { 又一场: "entriesRecorded", 重复: "" },
  own: { 是本单位: "entriesRecorded", 不是: "" },
  nothingToFix: { 累加: "entriesRecorded" },
  document: { 盖章件: "documentNamed", 总结: "documentNamed" },
};

const group = { conversationId: "cid", title: "工作群" };
const words = ["累加", "改为", "又一场", "重复", "是本单位", "不是", "暂不清楚", "盖章件", "总结", "自救互救培训"];
const oddities = ["确认", "constructor", "__proto__", "toString", "好的", "？", "，", "号"];

function say(question: Question, text: string) {
  const state = ask(newConversation(), 8, question);
  const standing = { isManager: false, liaisonOf: "dinghai", contactOf: [] };
  const inbound = {
    key: "m1",
    at: now,
    sender: { staffId: "zhangsan", nick: "张三" },
    group: null,
    kind: "text" as const,
    text,
  };
  const { words, run } = route({ inbound, state, standing, campaign: zhoushan });
  const next = { entry: 2, nomination: 1, question: 9, file: 2, publication: 1 };
  const usage = { month: "2023-06", calls: 0, stream: 0 };
  const told = { remindedToday: [], reminders: { sent: [], usage } };
  const facts: Facts<Need> = { campaign: zhoushan, now, standing, next, own, all: [own], group, files: [], ...told };
  const { state: after, changes, replies } = run({ inbound, words, state, facts });
  for (const { content } of replies) if (content.kind === "say") messageOf(content.say);
  return {
    changes: changes.map((it) => it.type).filter((it) => it !== "reminderWithdrawn" && it !== "submissionMoved"),
    isOpen: openQuestions(after).some((it) => it.no === 8),
    replies: replies.length,
  };
}

describe.each(Object.values(questions))("a question about $about", (question) => {
  const own = answers[question.about] ?? {};

  test.each(Object.entries(own))("is answered by its own word %s", (word, change) => {
    const outcome = say(question, `8 ${word}`);
    expect(outcome.changes).toEqual(change === "" ? [] : [change]);
    expect(outcome.isOpen).toBe(false);
  });

  test.each([...words, ...oddities].filter((it) => !(it in own)))("is not answered by %s", (word) => {
    const outcome = say(question, `8 ${word}`);
    expect(outcome.changes).toEqual([]);
    expect(outcome.isOpen).toBe(true);
    expect(outcome.replies).toBeGreaterThan(0);
  });

  test.each([...words, ...oddities])("answers something to %s said alone", (word) => {
    expect(say(question, word).replies).toBeGreaterThan(0);
  });
});

test("who is no manager any more publishes nothing, and has nobody reminded", () => {
  expect(say(questions.publish, "确认 8").changes).toEqual([]);
  expect(say(questions.remind, "确认 8")).toMatchObject({ changes: [], replies: 1 });
});

test("a date is no answer when it stands in a report", () => {
  expect(say(questions.date, "6月12日").isOpen).toBe(false);
  const reported = say(questions.date, "12日警示教育2场15人");
  expect(reported).toMatchObject({ changes: ["entriesRecorded"], isOpen: true });
});

test("a number with what it counts is a figure, also where it is a question's number", () => {
  expect(say(questions.count, "8 人")).toMatchObject({ changes: ["entriesRecorded"], isOpen: false });
});

test("其余无, once confirmed, leaves a 场次 that still lacks its 人次 alone", () => {
  const alone: Question = { about: "restZero", indicatorIds: ["publicity.drill"] };
  expect(say(alone, "确认 8").changes).toEqual([]);
  expect(say({ ...alone, indicatorIds: ["publicity.drill", "study.topic"] }, "确认 8").changes).toHaveLength(1);
});
