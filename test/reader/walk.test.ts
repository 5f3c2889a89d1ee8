import { describe, expect, test } from "vitest";
import { read } from "../../src/reader/reading.ts";
import { zhoushan } from "./campaign.ts";

const now = new Date("2023-06-13T16:30:00+08:00");
const base = { campaign: zhoushan, fields: ["城市运行和市容环卫领域"], now };
const page = [1, 2, 3, 4, 5, 6];

function figuresOf(text: string, rowNumbers: readonly number[] = page) {
  return read(text, { ...base, rowNumbers }).entries.map((it) => [it.indicatorId, ...Object.values(it.figures)]);
}

describe("rows named by number", () => {
  test.each<[string, unknown[]]>([
    ["1 2场80人", [["study.topic", 2, 80]]],
    [
      "1 2场80人，3 一场15人",
      [
        ["study.topic", 2, 80],
        ["study.research", 1, 15],
      ],
    ],
    ["1：2场80人", [["study.topic", 2, 80]]],
    [
      "1:2场80人；2:1场30人",
      [
        ["study.topic", 2, 80],
        ["study.preach", 1, 30],
      ],
    ],
    ["1. 2场80人", [["study.topic", 2, 80]]],
    [
      "1、2场80人\n2、1场30人",
      [
        ["study.topic", 2, 80],
        ["study.preach", 1, 30],
      ],
    ],
    ["1 2 80", [["study.topic", 2, 80]]],
    [
      "1 两场八十人 6看了3场警示片 205人次",
      [
        ["study.topic", 2, 80],
        ["study.warning", 3, 205],
      ],
    ],
    [
      "3、4无",
      [
        ["study.research", 0, 0],
        ["study.hotwork", 0, 0],
      ],
    ],
    [
      "3-5没有",
      [
        ["study.research", 0, 0],
        ["study.hotwork", 0, 0],
        ["study.rescue", 0, 0],
      ],
    ],
    ["2 宣讲3场90人", [["study.preach", 3, 90]]],
    ["第3行2场10人", [["study.research", 2, 10]]],
  ])("%s", (text, expected) => {
    expect(figuresOf(text)).toEqual(expected);
  });

  test("a row of one number takes one bare number", () => {
    expect(figuresOf("20 15", [17, 20, 21, 22])).toEqual([["city.checked", 15]]);
    expect(figuresOf("20 15，21 3，22 3", [20, 21, 22])).toEqual([
      ["city.checked", 15],
      ["city.found", 3],
      ["city.fixed", 3],
    ]);
  });

  test("a row of two numbers doesn't take one bare number", () => {
    const reading = read("1 5", { ...base, rowNumbers: page });
    expect(reading.entries).toEqual([]);
    expect(reading.questions.map((it) => [it.about, it.indicatorId])).toEqual([["number", "study.topic"]]);
  });

  test("what doesn't apply is neither zero nor filled", () => {
    const [entry] = read("5 不适用", { ...base, rowNumbers: page }).entries;
    expect(entry).toMatchObject({ indicatorId: "study.rescue", figures: {}, mode: "set", isNotApplicable: true });
  });

  test("the rest is zero", () => {
    const reading = read("1 2场80人，其余无", { ...base, rowNumbers: page });
    expect(reading).toMatchObject({ restZero: true, questions: [] });
    expect(reading.entries).toHaveLength(1);
  });

  test("a number and a name that disagree are a question about both", () => {
    const reading = read("3 宣讲2场80人", { ...base, rowNumbers: page });
    expect(reading.entries).toEqual([]);
    expect(reading.questions.map((it) => it.options)).toEqual([["study.research", "study.preach"]]);
  });

  test("a number that is no row of the page names nothing", () => {
    expect(figuresOf("9 2场80人")).toEqual([]);
  });
});

describe("a row known beforehand", () => {
  test.each<[string, string, unknown]>([
    ["study.topic", "2场80人", { sessions: 2, people: 80 }],
    ["study.topic", "2 80", { sessions: 2, people: 80 }],
    ["city.fixed", "5", { count: 5 }],
    ["city.fixed", "改为五个", { count: 5 }],
    ["study.topic", "没有", { sessions: 0, people: 0 }],
    ["city.found", "发现隐患5个", { count: 5 }],
    ["study.topic", "昨天 2场80人", { sessions: 2, people: 80 }],
  ])("%s: %s", (row, text, figures) => {
    const reading = read(text, { ...base, row });
    expect(reading.entries.map((it) => [it.indicatorId, it.figures])).toEqual([[row, figures]]);
  });

  test("改为 in the walk is the row's new total", () => {
    expect(read("改为3场90人", { ...base, row: "study.topic" }).entries[0]).toMatchObject({
      mode: "set",
      isModeStated: true,
    });
  });

  test("the text of a question about the row reads with the answer", () => {
    const context = { ...base, fields: zhoushan.fields };
    const [question] = read("昨天我们检查了一下，发现隐患5个", context).questions;
    expect(question?.options).toContain("rural.found");
    const again = read(question?.text ?? "", { ...context, row: "rural.found" });
    expect(again.entries).toMatchObject([{ indicatorId: "rural.found", figures: { count: 5 }, date: "2023-06-12" }]);
  });
});

describe("spans and modes", () => {
  test("a span is the place in the text as written", () => {
    const text = "您好，今天开展了２场应急演练，１２０人参加，谢谢";
    const [entry] = read(text, base).entries;
    expect(text.slice(entry?.span.start, entry?.span.end)).toBe("２场应急演练，１２０人");
  });

  test.each<[string, string, boolean]>([
    ["演练1场30人", "add", false],
    ["又演练1场30人", "add", true],
    ["累计演练3场90人", "set", true],
    ["不对，演练是3场", "fix", true],
    ["演练没有开展", "set", false],
  ])("%s: %s, stated %s", (text, mode, isModeStated) => {
    expect(read(text, base).entries[0]).toMatchObject({ mode, isModeStated });
  });

  test("a missing figure's question names the entry beside it", () => {
    const reading = read("演练1场30人，宣讲2场", base);
    expect(reading.questions).toMatchObject([
      { about: "people", indicatorId: "study.preach", measureId: "people", entry: 1 },
    ]);
  });
});
