import { describe, expect, test } from "vitest";
import { mayHaveLost, recordedSoFar } from "../../src/flows/offline.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { entry, record } from "../support/builders.ts";
import { zhoushan } from "../support/campaign.ts";

const span = (from: string, to: string) => ({ from: new Date(`${from}+08:00`), to: new Date(`${to}+08:00`) });

describe("a time without a connection", () => {
  test.each([
    ["in the afternoon of a working day", "2023-06-13T14:02:00", "2023-06-13T14:09:00", true],
    ["as short as a reconnect", "2023-06-13T14:02:00", "2023-06-13T14:02:20", false],
    ["at night", "2023-06-13T22:00:00", "2023-06-14T06:00:00", false],
    ["from the night into the morning", "2023-06-13T22:00:00", "2023-06-14T08:30:00", true],
    ["at a weekend", "2023-06-10T09:00:00", "2023-06-11T17:00:00", false],
    ["on a public holiday", "2023-06-22T09:00:00", "2023-06-22T17:00:00", false],
    ["on a Sunday that is worked (调休)", "2023-06-25T09:00:00", "2023-06-25T10:00:00", true],
    ["over a weekend into Monday", "2023-06-09T18:30:00", "2023-06-12T09:00:00", true],
    ["before the campaign opens", "2023-05-16T09:00:00", "2023-05-16T10:00:00", false],
    ["long after everything", "2023-09-12T09:00:00", "2023-09-12T10:00:00", false],
  ])("%s", (_, from, to, expected) => {
    expect(mayHaveLost(zhoushan, span(from, to))).toBe(expected);
  });
});

test("a liaison sees how far the unit is and what came last", () => {
  const own = record("dinghai", { entries: [entry({ no: 1, figures: { sessions: 2, people: 120 } })] });
  const reply = recordedSoFar(
    { campaign: zhoushan, own, staffId: "zhangsan" },
    span("2023-06-13T14:02", "2023-06-13T14:09"),
  );
  if (reply.content.kind !== "say") throw new Error("no words");
  const { text, buttons } = messageOf(reply.content.say);
  expect(text).toContain("6月13日 14:02 至 14:09 我没有连上钉钉");
  expect(text).toContain("本单位已填 1/27 行，最近一条是 12 应急救援演练（6月13日） 2 场、120 人次");
  expect(buttons).toEqual(["预览"]);
});
