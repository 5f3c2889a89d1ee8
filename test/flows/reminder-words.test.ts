import { describe, expect, test } from "vitest";
import type { Duty } from "../../src/campaign/duty.ts";
import type { Digest, EventNote, PersonalReminder } from "../../src/campaign/reminder.ts";
import type { Content } from "../../src/flows/flow.ts";
import { mergedReminder, withoutObligation } from "../../src/flows/reminding.ts";
import { digestWords } from "../../src/flows/words/digest.ts";
import { reminderWords } from "../../src/flows/words/reminder.ts";
import { urgingWords } from "../../src/flows/words/urging.ts";
import { read } from "../../src/reader/reading.ts";
import { duty as aDuty } from "../support/builders.ts";
import { zhoushan } from "../support/campaign.ts";
import { type Saying, testSayings } from "./sayings.ts";

/** Every wording of reminders, said once: what a reader must find in it, and its buttons. */
const duty = aDuty({ state: "drafting", openRows: [3, 7, 12] });
const overdue: Duty = { ...duty, isOverdue: true };
const nomination: Duty = {
  ...duty,
  obligation: "nomination",
  liaison: null,
  state: "notStarted",
  due: "2023-05-25",
  actOn: "2023-05-25",
};
const toLiaison = (given: Partial<PersonalReminder>): PersonalReminder => {
  return {
    day: "2023-06-30",
    duties: [duty],
    name: "张三",
    liaisonOf: "dinghai",
    cause: "ladder",
    event: null,
    quiet: [],
    insteadOf: [],
    ...given,
  };
};

const event: EventNote = {
  name: "6·16安全宣传咨询日",
  on: "2023-06-16",
  stage: "before",
  rows: [
    { no: 14, label: "咨询日现场活动" },
    { no: 15, label: "咨询日网络直播" },
  ],
};
const restDayEvent: EventNote = { ...event, on: "2024-06-16", stage: "report" };
const dinghaiQuiet = { unitId: "dinghai", unit: "定海区城市管理局" };
const leftOut = {
  unreachable: [{ unit: "甲局", liaison: "李四" }],
  waiting: ["乙局"],
  onPaper: ["丙局"],
  justReminded: ["丁局"],
};
const digest: Digest = {
  day: "2023-06-28",
  due: "2023-07-01",
  dueTime: "18:00",
  expected: 10,
  submitted: 7,
  onTime: 7,
  summaries: 5,
  liaisons: 9,
  drafting: [
    { unit: "普陀", openRows: 3 },
    { unit: "嵊泗", openRows: 0 },
  ],
  notStarted: ["协会"],
  returned: ["岱山"],
  unread: [
    { unit: "协会", name: "钱七" },
    { unit: "蓝焰", name: null },
  ],
  onPaper: ["新奥"],
  calls: [
    { unit: "协会", name: "钱七", phone: "13800000001", why: "unread" },
    { unit: "蓝焰", name: null, phone: null, why: "nobody" },
  ],
  waiting: ["华权"],
};

const sayings: Saying[] = [
  [
    {
      tag: "remindedNow",
      data: {
        unit: null,
        reminded: [
          { units: ["定海"], liaison: "张三" },
          { units: ["普陀", "嵊泗"], liaison: null },
        ],
        ...leftOut,
      },
    },
    ["已提醒 2 人：定海（张三）、普陀、嵊泗（联系人）。", "甲局（联络员李四没有在钉钉里找到）", "没有催：乙局"],
    ["审核", "催报 丙局", "催报效果"],
  ],
  [
    {
      tag: "remindedNow",
      data: { unit: "甲局", reminded: [], unreachable: [], waiting: [], onPaper: [], justReminded: [] },
    },
    ["甲局现在没有欠报"],
    ["进度"],
  ],
  [
    {
      tag: "urgingPreview",
      data: {
        no: 8,
        unit: null,
        people: [
          { units: ["定海"], liaison: "张三", owed: ["统计表（差 3 行）"], today: "09:00" },
          { units: ["普陀"], liaison: null, owed: ["联络员推荐"], today: null },
        ],
        ...leftOut,
      },
    },
    [
      "将提醒 2 人，每人一条，还没有发",
      "定海（张三）：统计表（差 3 行）（今天 09:00 提醒过）",
      "普陀（联系人）：联络员推荐",
      "联系不上，请电话催：甲局",
      "没有催：乙局",
      "说已线下报送，没有催：丙局。要催请点名，例：催报 丙局",
      "一小时内提醒过，不再重复：丁局。",
      "回复“确认 8”",
    ],
    ["确认 8", "审核", "催报 丙局"],
  ],

  [
    { tag: "digest", data: digest },
    [
      "**6月28日（周三）进展**：统计表7月1日（周六）18:00 截止。",
      "统计表已交 7/10（按时 7），总结报告 5/10，联络员 9/10。",
      "被退回待改：岱山",
      "填报中：普陀（差 3 行）、嵊泗（已填完，未提交）",
      "未开始：协会",
      "最近的提醒还没有看：协会（钱七）、蓝焰",
      "说已线下报送，数字还没有报来：新奥",
      "联络员等您审核：华权",
      "协会：钱七 13800000001（提醒没有人看）",
      "蓝焰：没有留下电话（钉钉里找不到可以提醒的人）",
    ],
    ["审核", "催报", "进度"],
  ],
  [
    {
      tag: "digest",
      data: {
        ...digest,
        ...{ day: "2023-07-01", submitted: 10, onTime: 9, summaries: 10, liaisons: 10, drafting: [], notStarted: [] },
        ...{ returned: [], unread: [], onPaper: [], calls: [], waiting: [] },
      },
    },
    ["统计表今天 18:00 截止。", "统计表已交 10/10（按时 9，逾期 1）"],
    ["进度"],
  ],
  [
    { tag: "callList", data: { day: "2023-06-28", calls: digest.calls } },
    ["请打电话", "请勿转发到群里", "协会：钱七 13800000001"],
    ["进度"],
  ],
  [{ tag: "callList", data: { day: "2023-06-28", calls: [] } }, ["没有需要打电话的单位"], ["进度"]],

  [
    { tag: "reminder", data: toLiaison({}) },
    ["张三，您好！统计表还差 3 行：第 3、7、12 行（应于 7月1日（周六）18:00 前报送，今天是之前最后一个工作日）。"],
    ["继续", "今天17点提醒"],
  ],
  [
    { tag: "reminder", data: toLiaison({ day: "2023-06-27", duties: [{ ...duty, state: "notStarted" }] }) },
    ["还没有开始填（应于 7月1日（周六）18:00 前报送，建议 6月30日（周五）下班前提交）"],
    ["报送", "今天17点提醒"],
  ],
  [
    { tag: "reminder", data: toLiaison({ day: "2023-06-29", duties: [{ ...duty, openRows: [] }] }) },
    ["统计表已填完，还没有提交", "明天 6月30日（周五）是之前最后一个工作日"],
    ["提交", "今天17点提醒"],
  ],
  [
    {
      tag: "reminder",
      data: toLiaison({ day: "2023-07-01", duties: [{ ...duty, state: "returned", reason: "12行*请*核对" }] }),
    },
    ["统计表被退回（12行\\*请\\*核对），请修改后重新提交（今天 18:00 截止）"],
    ["继续"],
  ],
  [
    {
      tag: "reminder",
      data: toLiaison({ day: "2023-07-03", duties: [{ ...overdue, state: "reopened", openRows: [] }] }),
    },
    ["提交后有改动，还没有重新提交（7月1日（周六）18:00 已截止，请尽快重新提交）"],
    ["继续", "明天提醒"],
  ],
  [
    {
      tag: "reminder",
      data: toLiaison({ day: "2023-07-03", duties: [overdue, { ...overdue, obligation: "summary" }] }),
    },
    ["· 统计表还差 3 行", "· 活动总结报告还没有收到", "已截止，现已逾期，请尽快补报。", "先回复“总结”"],
    ["继续", "明天提醒"],
  ],
  [
    {
      tag: "reminder",
      data: {
        day: "2023-05-24",
        duties: [nomination],
        name: null,
        liaisonOf: null,
        cause: "ladder",
        event: null,
        quiet: [],
        insteadOf: [],
      },
    },
    [
      "您好！定海区城市管理局还没有推荐联络员（明天 5月25日（周四）18:00 截止）。",
      "请回复：联络员 定海 姓名 职务 电话",
    ],
    ["报名", "今天17点提醒"],
  ],
  [
    {
      tag: "reminder",
      data: {
        day: "2023-06-30",
        duties: [{ ...duty, state: "notStarted", isReachable: false }],
        name: null,
        liaisonOf: null,
        cause: "ladder",
        event: null,
        quiet: [],
        insteadOf: [],
      },
    },
    ["定海区城市管理局统计表还没有开始填", "联络员张三还没有在钉钉里找到，请转告本人"],
    ["今天17点提醒"],
  ],
  [
    {
      tag: "reminder",
      data: {
        day: "2023-06-29",
        duties: [{ ...duty, state: "notStarted", liaison: null, isWaiting: true }],
        name: null,
        liaisonOf: null,
        cause: "ladder",
        event: null,
        quiet: [],
        insteadOf: [],
      },
    },
    ["定海区城市管理局统计表还没有开始填", "定海区城市管理局推荐的联络员正等管理员同意，同意后即可填报。"],
    ["今天17点提醒"],
  ],
  [
    {
      tag: "reminderForManagers",
      data: {
        day: "2023-05-25",
        duties: [
          nomination,
          { ...nomination, unit: "乙局", unitId: "b", isWaiting: true },
          { ...duty, unit: "丙局", unitId: "c" },
          { ...duty, obligation: "summary", unit: "丙局", unitId: "c" },
        ],
      },
    },
    [
      "1 个单位还没有推荐联络员，我也没有可以提醒的联系人，请电话联系：定海区城市管理局（今天 18:00 截止）。",
      "1 个单位推荐的联络员等您审核：乙局",
      "1 个单位的统计表、活动总结报告还没有报齐，我找不到可以提醒的人，请电话联系：丙局",
    ],
    ["审核"],
  ],
  [
    {
      tag: "reminder",
      data: toLiaison({ day: "2023-06-28", duties: [{ ...duty, state: "submitted", lacksStamped: true }] }),
    },
    ["统计表已提交，盖章件还没有收到，请拍照发给我（应于"],
    ["表格", "今天17点提醒"],
  ],
  [
    {
      tag: "reminder",
      data: toLiaison({ duties: [{ ...duty, state: "returned", reason: "偏少", returnedRows: [12, 31] }] }),
    },
    ["统计表第 12、31 行被退回（偏少），请修改后重新提交"],
    ["继续", "今天17点提醒"],
  ],
  [
    {
      tag: "reminder",
      data: toLiaison({ day: "2023-06-28", clock: "16:00", duties: [{ ...duty, obligation: "summary" }] }),
    },
    ["张三，您好！活动总结报告还没有收到（应于", "先回复“总结”"],
    ["总结", "明天提醒"],
  ],
  // From the afternoon of the last working day on, tomorrow is too late.
  [{ tag: "reminder", data: toLiaison({ clock: "16:10" }) }, ["还差 3 行"], ["继续"]],
  [{ tag: "reminder", data: toLiaison({ day: "2023-07-01" }) }, ["今天 18:00 截止"], ["继续"]],
  [{ tag: "reminder", data: toLiaison({ day: "2023-07-03", duties: [overdue] }) }, ["已截止"], ["继续", "明天提醒"]],
  [
    {
      tag: "reminder",
      data: {
        ...toLiaison({ duties: [duty], insteadOf: ["张三"], cause: "passedOn" }),
        ...{ name: "李四", liaisonOf: null },
      },
    },
    [
      "李四，您好！联络员张三还没有看到我的提醒，请您转告本人，或帮忙催一下：",
      "定海区城市管理局统计表还差 3 行：第 3、7、12 行（应于",
    ],
    ["今天17点提醒"],
  ],
  [
    { tag: "reminder", data: toLiaison({ day: "2023-06-15", duties: [], event }) },
    [
      "张三，您好！明天 6月16日（周五）是“6·16安全宣传咨询日”。当天请记下办了几场、多少人参加（第 14 行咨询日现场活动、第 15 行咨询日网络直播），",
      "例：咨询日现场活动1场120人参加",
    ],
    [],
  ],
  [
    { tag: "reminder", data: toLiaison({ day: "2023-06-16", duties: [], event: { ...event, stage: "report" } }) },
    ["张三，您好！今天是“6·16安全宣传咨询日”，请用一句话报来，例：咨询日现场活动1场120人参加"],
    ["报送"],
  ],
  // Announced for a rest day, asked for on the working day after
  [
    { tag: "reminder", data: toLiaison({ day: "2024-06-17", duties: [], event: restDayEvent }) },
    ["张三，您好！6月16日（周日）是“6·16安全宣传咨询日”，请用一句话报来，例：6月16日咨询日现场活动1场120人参加"],
    ["报送"],
  ],
  [
    { tag: "reminder", data: toLiaison({ day: "2023-06-16", duties: [], quiet: [dinghaiQuiet] }) },
    ["张三，您好！本周还没有收到活动情况。办过的发一句话就行", "没有办不用回复"],
    ["报送"],
  ],
  [
    {
      tag: "reminder",
      data: { ...toLiaison({ duties: [], quiet: [dinghaiQuiet, { unitId: "b", unit: "乙局" }] }), liaisonOf: null },
    },
    ["本周还没有收到定海区城市管理局、乙局的活动情况。"],
    [],
  ],
];

testSayings(sayings);

test("no wording is left out", () => {
  const tags = [reminderWords, urgingWords, digestWords].flatMap((it) => Object.keys(it));
  expect(new Set(sayings.map(([say]) => say.tag as string))).toEqual(new Set(tags));
});

describe("a waiting reminder loses what was done meanwhile", () => {
  const both: Content = {
    kind: "say",
    say: { tag: "reminder", data: toLiaison({ duties: [duty, { ...duty, obligation: "summary" }] }) },
  };
  const asksFor = (content: Content | null) =>
    content?.kind === "say" && content.say.tag === "reminder"
      ? content.say.data.duties.map((it) => it.obligation)
      : content;

  test("only that obligation of that unit", () => {
    expect(asksFor(withoutObligation(both, { unitId: "dinghai", obligation: "statistics" }))).toEqual(["summary"]);
    expect(withoutObligation(both, { unitId: "putuo", obligation: "statistics" })).toEqual(both);
  });

  test("nothing is left when it asked for nothing else", () => {
    const left = withoutObligation(both, { unitId: "dinghai", obligation: "statistics" });
    expect(left === null ? null : withoutObligation(left, { unitId: "dinghai", obligation: "summary" })).toBeNull();
  });

  test("the same of a DING, which stays one", () => {
    const ding: Content = { ...both, kind: "ding" } as Content;
    const left = withoutObligation(ding, { unitId: "dinghai", obligation: "statistics" });
    expect(left).toMatchObject({ kind: "ding", say: { data: { duties: [{ obligation: "summary" }] } } });
    expect(left && withoutObligation(left, { unitId: "dinghai", obligation: "summary" })).toBeNull();
    expect(withoutObligation(ding, { unitId: "putuo", obligation: "statistics" })).toBe(ding);
  });

  test("other messages stay as they are", () => {
    const file: Content = { kind: "attach", attachment: { file: "export" } };
    expect(withoutObligation(file, { unitId: "dinghai", obligation: "summary" })).toBe(file);
    const other: Content = { kind: "say", say: { tag: "noSuchNomination", data: { no: 1 } } };
    expect(withoutObligation(other, { unitId: "dinghai", obligation: "summary" })).toBe(other);
  });
});

describe("events and quiet units in a waiting reminder", () => {
  const say = (given: Partial<PersonalReminder>): Content => {
    return { kind: "say", say: { tag: "reminder", data: toLiaison(given) } };
  };
  const dataOf = (content: Content | null) =>
    content?.kind === "say" && content.say.tag === "reminder" ? content.say.data : null;
  const statistics = { unitId: "dinghai", obligation: "statistics" } as const;

  test("stay when what is owed is met; a unit that handed in its form was not quiet", () => {
    expect(dataOf(withoutObligation(say({ event }), statistics))).toMatchObject({ duties: [], event });
    const other = { unitId: "b", unit: "乙局" };
    const both = withoutObligation(say({ quiet: [dinghaiQuiet, other] }), statistics);
    expect(dataOf(both)).toMatchObject({ duties: [], quiet: [other] });
    expect(withoutObligation(say({ duties: [], quiet: [dinghaiQuiet] }), statistics)).toBeNull();
    const elsewhere = say({ event, quiet: [other] });
    expect(withoutObligation(elsewhere, { unitId: "putuo", obligation: "summary" })).toBe(elsewhere);
  });

  test("are said once where two messages become one", () => {
    const later = say({ duties: [{ ...duty, openRows: [3] }], quiet: [dinghaiQuiet], insteadOf: ["张三"] });
    const merged = dataOf(mergedReminder(say({ event, quiet: [dinghaiQuiet] }), later));
    expect(merged).toMatchObject({ event, quiet: [dinghaiQuiet], insteadOf: ["张三"] });
    expect(merged?.duties.map((it) => it.openRows)).toEqual([[3]]);
  });

  test("two events stay two messages; of one event the later stage counts", () => {
    const report = { ...event, stage: "report" as const };
    expect(dataOf(mergedReminder(say({ event }), say({ event: report })))?.event).toEqual(report);
    expect(mergedReminder(say({ event }), say({ event: { ...event, on: "2023-06-20" } }))).toBeNull();
  });
});

test("the line that an event's message gives as an example is understood", () => {
  const context = { campaign: zhoushan, fields: [], now: new Date("2023-06-16T17:00:00+08:00") };
  for (const { label } of event.rows) {
    const { entries, questions } = read(`${label}1场120人参加`, context);
    expect(questions).toEqual([]);
    expect(entries.map((it) => it.figures)).toEqual([{ sessions: 1, people: 120 }]);
  }
});
