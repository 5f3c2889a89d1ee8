import { describe, expect, test } from "vitest";
import { readCount } from "../../src/reader/count.ts";
import { readDate } from "../../src/reader/date.ts";
import { matchUnit } from "../../src/reader/match.ts";
import { zhoushan } from "./campaign.ts";

describe("units typed loosely", () => {
  test.each([
    ["定海区城市管理局", "dinghai"],
    ["定海城管", "dinghai"],
    ["定海", "dinghai"],
    ["舟山市定海区城市管理局", "dinghai"],
    ["普陀山", "putuoshan"],
    ["普陀", "putuo"],
    ["普陀山公管中心", "putuoshan"],
    ["嵊泗综合行政执法局", "shengsi"],
    ["蓝焰燃气公司", "lanyan"],
    ["燃气协会", "association"],
  ])("%s is %s", (text, id) => {
    expect(matchUnit(text, zhoushan).sure?.id).toBe(id);
  });

  test.each(["城管局", "燃气公司", "公管中心", "", "上海市"])("%s is none for sure", (text) => {
    expect(matchUnit(text, zhoushan).sure).toBeNull();
  });

  test("several are offered, best first", () => {
    const ids = matchUnit("公管中心", zhoushan).candidates.map((it) => it.id);
    expect(ids.slice(0, 2).sort()).toEqual(["putuoshan", "xincheng"]);
  });
});

describe("one number as an answer", () => {
  test.each([
    ["108", 108],
    ["一百零八人", 108],
    ["共１２０", 120],
    ["一共来了120人吧", 120],
    ["四百八", 480],
    ["1.2万", 12000],
    ["没有", 0],
    ["0", 0],
  ])("%s is %d", (text, value) => {
    expect(readCount(text)).toEqual({ kind: "count", value });
  });

  test.each([
    ["大概一百", "vague"],
    ["一百多", "vague"],
    ["100人左右", "vague"],
    ["5-6", "vague"],
    ["-3", "negative"],
    ["1.5", "fraction"],
    ["不知道", "none"],
    ["2场80人", "none"],
    ["演练2场", "none"],
  ])("%s is %s", (text, kind) => {
    expect(readCount(text).kind).toBe(kind);
  });
});

describe("a date as an answer", () => {
  const context = { campaign: zhoushan, now: new Date("2023-06-13T16:30:00+08:00") };
  test.each([
    ["6月12日", { kind: "date", date: "2023-06-12", dateFrom: null }],
    ["12号", { kind: "date", date: "2023-06-12", dateFrom: null }],
    ["12", { kind: "date", date: "2023-06-12", dateFrom: null }],
    ["昨天", { kind: "date", date: "2023-06-12", dateFrom: null }],
    ["6月5日至7日", { kind: "date", date: "2023-06-07", dateFrom: "2023-06-05" }],
    ["5月5日", { kind: "outsidePeriod", text: "5月5日" }],
    ["明天", { kind: "future", text: "明天" }],
    ["月初", { kind: "vague", text: "月初" }],
    ["忘了", { kind: "none", text: "忘了" }],
    ["是6月12日上午办的", { kind: "date", date: "2023-06-12", dateFrom: null }],
    ["大概12号", { kind: "vague", text: "大概12号" }],
    ["6月12日演练2场", { kind: "none", text: "6月12日演练2场" }],
    ["12日30人", { kind: "none", text: "12日30人" }],
  ])("%s", (text, expected) => {
    expect(readDate(text, context)).toEqual(expected);
  });

  test("the day is that of Shanghai, not of UTC", () => {
    const lateEvening = { campaign: zhoushan, now: new Date("2023-06-12T16:30:00Z") };
    expect(readDate("今天", lateEvening)).toMatchObject({ date: "2023-06-13" });
  });
});
