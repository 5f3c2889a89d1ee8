import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { burstOf } from "../src/cli/bench/acks.ts";
import { baselines } from "../src/cli/bench/baselines.ts";
import { ownReader } from "../src/cli/bench/readers.ts";
import { type Label, type Outcome, type Score, type ScoredEntry, score } from "../src/cli/bench/score.ts";
import { median } from "../src/cli/bench/speed.ts";
import { tally } from "../src/cli/bench/tally.ts";
import { main } from "../src/cli/bench.ts";
import { zhoushan } from "./reader/campaign.ts";

const drill: ScoredEntry = {
  label: "演练",
  field: null,
  date: "2023-06-13",
  dateFrom: null,
  measures: { 场次: 2, 人次: 120 },
  mode: "add",
};
const silent: Label = { entries: [], restZero: false, questions: [], rejections: [] };
const mute: Outcome = { entries: [], restZero: false, questions: [], rejections: [] };
const ofDrill = { rows: [{ label: "演练", field: null }], measure: null };

function parts(label: Partial<Label>, outcome: Partial<Outcome>): string[] {
  const { silentMisreads } = score({ ...silent, ...label }, { ...mute, ...outcome });
  return silentMisreads.map((it) => `${it.part} ${it.label} ${it.measure} ${it.value}`);
}

describe("a silent misread", () => {
  it.each<[string, Partial<Label>, Partial<Outcome>, string[]]>([
    ["is not what the label has", { entries: [drill] }, { entries: [drill] }, []],
    ["is not what was left out", { entries: [drill] }, { entries: [{ ...drill, measures: { 场次: 2 } }] }, []],
    ["is a row that the label lacks", {}, { entries: [drill] }, ["row 演练 场次 2", "row 演练 人次 120"]],
    [
      "is the row of another field",
      { entries: [{ ...drill, field: "农村房屋领域", measures: { 户: 3 } }] },
      { entries: [{ ...drill, field: "城镇房屋领域", measures: { 户: 3 } }] },
      ["row 演练 户 3"],
    ],
    [
      "is another number",
      { entries: [drill] },
      { entries: [{ ...drill, measures: { 场次: 2, 人次: 12 } }] },
      ["number 演练 人次 12"],
    ],
    [
      "is a number where the label asks for it",
      { entries: [{ ...drill, measures: { 场次: 2 } }], questions: ["people"] },
      { entries: [drill] },
      ["number 演练 人次 120"],
    ],
    [
      "is a figure taken twice",
      { entries: [drill] },
      { entries: [drill, drill] },
      ["number 演练 场次 2", "number 演练 人次 120"],
    ],
    [
      "is another mode",
      { entries: [{ ...drill, mode: "set", measures: { 场次: 2 } }] },
      { entries: [{ ...drill, measures: { 场次: 2 } }] },
      ["mode 演练 场次 2"],
    ],
    [
      "is another day",
      { entries: [{ ...drill, date: "2023-06-12", measures: { 场次: 2 } }] },
      { entries: [{ ...drill, measures: { 场次: 2 } }] },
      ["date 演练 场次 2"],
    ],
    ["is the rest declared zero", { entries: [] }, { restZero: true }, ["row 其余  0"]],
    ["is a row declared not applicable", {}, { entries: [{ ...drill, measures: {} }] }, ["row 演练 不适用 0"]],
  ])("%s", (_, label, outcome, expected) => {
    expect(parts(label, outcome)).toEqual(expected);
  });

  const wrong = { entries: [{ ...drill, measures: { 场次: 2, 人次: 12 } }] };
  it.each<[string, Partial<Outcome>, number]>([
    ["asked about: people of this row", { questions: [{ ...ofDrill, about: "people", measure: "人次" }] }, 0],
    ["rejected: this row", { rejections: [{ ...ofDrill, reason: "tooLarge" }] }, 0],
    ["asked about another measure", { questions: [{ ...ofDrill, about: "sessions", measure: "场次" }] }, 1],
    [
      "asked about another row",
      { questions: [{ about: "people", rows: [{ label: "宣讲", field: null }], measure: null }] },
      1,
    ],
    ["asked about no row in particular", { questions: [{ about: "number", rows: [], measure: null }] }, 1],
    ["asked about another thing of the row", { questions: [{ ...ofDrill, about: "date" }] }, 1],
  ])("is none, or is one all the same: %s", (_, said, count) => {
    expect(parts({ entries: [drill] }, { ...wrong, ...said })).toHaveLength(count);
  });

  it("is not sought in the order of figures", () => {
    const later = { ...drill, date: "2023-06-14" };
    expect(parts({ entries: [drill, later] }, { entries: [later, drill] })).toEqual([]);
  });
});

describe("questions", () => {
  const asks = (...about: string[]) => about.map((it) => ({ ...ofDrill, about: it }));
  it("are needless beyond those of the label, and missed where it has more", () => {
    const scored = score({ ...silent, questions: ["people", "row"] }, { ...mute, questions: asks("people", "people") });
    expect(scored).toMatchObject({ needlessQuestions: ["people"], missedQuestions: ["row"], hasQuestions: true });
  });

  it("stop a clear line from being taken whole", () => {
    const label = { ...silent, entries: [drill] };
    expect(score(label, { ...mute, entries: [drill] })).toMatchObject({ isClear: true, isExact: true });
    expect(score(label, { ...mute, entries: [drill], questions: asks("date") })).toMatchObject({
      isClear: true,
      isExact: false,
    });
    expect(score({ ...label, rejections: ["negative"] }, { ...mute, entries: [drill] })).toMatchObject({
      isClear: false,
      isExact: false,
    });
  });
});

describe("a tally", () => {
  const fine: Score = score({ ...silent, entries: [drill] }, { ...mute, entries: [drill] });
  const wrongDay = score({ ...silent, entries: [{ ...drill, date: null }] }, { ...mute, entries: [drill] });
  const unasked = score({ ...silent, questions: ["row"] }, mute);

  it("counts lines, each share of the lines it can happen to", () => {
    expect(tally([fine, fine, wrongDay, unasked])).toEqual({
      lines: 4,
      silentMisreads: { count: 1, of: 4, percent: 25 },
      wrongFigures: { count: 0, of: 4, percent: 0 },
      needlessQuestions: { count: 0, of: 4, percent: 0 },
      missedQuestions: { count: 1, of: 1, percent: 100 },
      clearTakenWhole: { count: 2, of: 3, percent: 66.67 },
      exact: { count: 2, of: 4, percent: 50 },
    });
  });

  it("has no share of nothing", () => {
    expect(tally([fine]).missedQuestions).toEqual({ count: 0, of: 0, percent: null });
  });
});

describe("what is compared", () => {
  const context = {
    campaign: zhoushan,
    fields: ["城市运行和市容环卫领域"],
    now: new Date("2023-06-13T16:30:00+08:00"),
  };
  const [first, regex, withNzh] = baselines(zhoushan);
  const readers = [ownReader(zhoushan), first, regex, withNzh].filter((it) => it !== undefined);

  /** By reader: ours, parseInt, regex, regex and nzh. */
  it.each<[string, (Record<string, number> | undefined)[]]>([
    [
      "应急演练2场，80人",
      [
        { 场次: 2, 人次: 80 },
        { 场次: 2, 人次: 80 },
        { 场次: 2, 人次: 80 },
        { 场次: 2, 人次: 80 },
      ],
    ],
    [
      "应急演练2场，1,200人",
      [
        { 场次: 2, 人次: 1200 },
        { 场次: 2, 人次: 1 },
        { 场次: 2, 人次: 1200 },
        { 场次: 2, 人次: 1200 },
      ],
    ],
    ["应急演练２场，８０人", [{ 场次: 2, 人次: 80 }, undefined, undefined, undefined]],
    ["应急演练两场八十人", [{ 场次: 2, 人次: 80 }, undefined, undefined, { 场次: 2, 人次: 80 }]],
    ["应急演练2场四百八十人", [{ 场次: 2, 人次: 480 }, { 场次: 2 }, { 场次: 2 }, { 场次: 2, 人次: 480 }]],
    [
      "6月12日应急演练2场80人",
      [
        { 场次: 2, 人次: 80 },
        { 场次: 6, 人次: 80 },
        { 场次: 2, 人次: 80 },
        { 场次: 2, 人次: 80 },
      ],
    ],
  ])("%s", (text, expected) => {
    expect(readers.map((it) => it.read(text, context).entries[0]?.measures)).toEqual(expected);
  });

  it("a plain reader still knows rows, fields and what is missing", () => {
    const read = (text: string) => regex?.read(text, context);
    expect(read("检查燃气场站5座，发现隐患3处，宣讲2场")).toMatchObject({
      entries: [
        { label: "检查道桥隧、燃气场站、环卫站所等", measures: { 座次: 5 } },
        { label: "发现隐患", field: "城市运行和市容环卫领域", measures: { 个: 3 } },
        { label: "安全生产宣讲活动", measures: { 场次: 2 } },
      ],
      questions: [{ about: "people" }],
    });
    expect(read("举报隐患3项")).toMatchObject({
      entries: [{ label: "社会公众举报安全生产重大隐患和违法行为", measures: { 项: 3 } }],
    });
    expect(read("联络会1场20人")).toMatchObject({ entries: [], questions: [{ about: "row" }] });
    expect(read("演练1.5场30人")).toMatchObject({ rejections: [{ reason: "fraction" }] });
    expect(read("曝光一案双罚2个，行刑衔接1个典型案例")?.entries).toMatchObject([
      { measures: { 一案双罚: 2, 行刑衔接: 1 } },
    ]);
  });

  it("a median stands in the middle", () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });
});

describe("npm run bench", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "anyue-bench-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function bench(...options: string[]) {
    const root = resolve(import.meta.dirname, "..");
    const child = spawnSync(process.execPath, ["--import", "tsx", "src/cli/bench.ts", ...options], {
      cwd: root,
      encoding: "utf8",
    });
    return { status: child.status, errors: child.stderr, output: child.stdout };
  }

  function corpus(...lines: object[]): string {
    const file = join(folder, "some.jsonl");
    writeFileSync(file, lines.map((it) => JSON.stringify(it)).join("\n"));
    return file;
  }
  const line = { text: "应急演练２场，８０人参加", now: "2023-06-13T16:30:00+08:00" };
  const entry = { ...drill, label: "开展事故应急救援演练", measures: { 场次: 2, 人次: 80 } };
  const expected = { entries: [entry], questions: [], rejections: [], intent: "report" };

  it("measures the planner through a year, jumping and minute by minute, with the same reminders", () => {
    const { status, output } = bench("plan", "--units", "3");
    expect(status).toBe(0);
    const lines = output
      .trim()
      .split("\n")
      .map((it): unknown => JSON.parse(it));
    const common = { bench: "plan", units: 3, from: "2023-05-19", to: "2024-05-17", reminders: 60 };
    expect(lines).toEqual(["jumping", "everyMinute"].map((walk) => expect.objectContaining({ ...common, walk })));
  });

  it("measures the reader against the others, one JSON object a line", () => {
    const { status, output } = bench("reader", "--rounds", "1", "--corpus", corpus({ ...line, expect: expected }));
    expect(status).toBe(0);
    const lines = output
      .trim()
      .split("\n")
      .map((it): unknown => JSON.parse(it));
    const of = (kind: string) =>
      lines.filter((it) => typeof it === "object" && it !== null && "kind" in it && it.kind === kind);
    expect(of("speed")).toMatchObject([
      { reader: "anyue", lines: 1, linesPerSecond: expect.any(Number), isMet: expect.any(Boolean) },
      { reader: "parseInt", timesAsLong: expect.any(Number) },
      { reader: "regex", timesAsLong: expect.any(Number) },
      { reader: "regex+nzh", timesAsLong: expect.any(Number) },
    ]);
    expect(of("scaling")[0]).toMatchObject({
      characters: [200, 2000, 20_000],
      growthPerCharacter: [expect.any(Number), expect.any(Number)],
    });
    expect(of("hostile").length).toBeGreaterThanOrEqual(40);
    expect(of("accuracy")).toHaveLength(8);
    expect(of("accuracy")[1]).toMatchObject({ reader: "anyue", group: "some", lines: 1, exact: { count: 1 } });
    expect(of("accuracy")[2]).toMatchObject({ reader: "parseInt", group: null, exact: { count: 0 } });
  });

  it("shows tables instead", () => {
    const { status, output } = bench(
      "reader",
      "--rounds",
      "0",
      "--table",
      "--corpus",
      corpus({ ...line, expect: expected }),
    );
    expect(status).toBe(0);
    expect(output).toMatch(/读取者 .*悄悄读错[\s\S]*anyue +1 +0\/1 0%/);
  });

  it("says what is wrong and no more, and ends with 2", () => {
    const { status, errors, output } = bench("writer");
    expect([status, output]).toEqual([2, ""]);
    expect(errors).toMatch(/没有名为“writer”的测试，可选：reader/);
  });

  it.each<[string, () => string[], RegExp]>([
    ["a corpus that there isn't", () => ["reader", "--corpus", join(folder, "none")], /none” 不存在或读不了/],
    ["a line without a label", () => ["reader", "--corpus", corpus({ text: "演练" })], /some\.jsonl 第 1 行/],
    [
      "labels of another form",
      () => [
        "reader",
        "--corpus",
        corpus({ ...line, expect: { ...expected, entries: [{ ...entry, label: "巡河" }] } }),
      ],
      /“巡河”不在活动文件/,
    ],
    ["a number of rounds that is none", () => ["reader", "--rounds", "many"], /--rounds “many” 应为/],
  ])("says what is wrong with %s", async (_, options, message) => {
    await expect(main(options())).rejects.toThrow(message);
  });
});

it("times how long those who write at one instant wait for their acks and answers", async () => {
  const times = await burstOf({ database: "sqlite", processes: 1, people: 3 });
  expect(times).toMatchObject({ acked: 3, answered: 3 });
  expect(times.slowestAckMs).toBeGreaterThan(0);
  expect(times.lastAnswerMs).toBeGreaterThan(0);
}, 240_000);
