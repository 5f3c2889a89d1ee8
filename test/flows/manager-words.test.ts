import { expect, test } from "vitest";
import { manageWords } from "../../src/flows/words/manage.ts";
import { publicationWords } from "../../src/flows/words/publication.ts";
import { reviewWords } from "../../src/flows/words/review.ts";
import { type Saying, testSayings } from "./sayings.ts";

/** Every wording of the managers' side, said once: what a reader must find in it, and its buttons. */
const form = {
  unit: "定海区城市管理局",
  state: "reopened" as const,
  submittedAt: "6月29日 15:20",
  sections: [
    {
      title: "治理行动",
      rows: [
        {
          no: 22,
          name: "整改隐患",
          state: { kind: "filled" as const, amounts: [{ value: 9, unit: "个", label: null }] },
          explanation: "含5月排查",
        },
      ],
    },
  ],
};
const annexOne = { nominated: 7, expected: 10, missing: ["嵊泗县综合行政执法局", "普陀山公管中心", "舟山市燃气协会"] };
const nominee = { no: 12, unit: "定海区城市管理局", name: "张三", post: "科长", phone: "13800000000" };
const liaison = { ...nominee, isFound: false };
const publication = {
  title: "2023年“安全生产月”",
  asOf: "7月1日 18:00",
  expected: 10,
  onTime: 9,
  late: 0,
  missing: 1,
  totals: [
    { label: "活动场次", values: [{ unit: "场次", value: 214 }] },
    {
      label: "发现隐患",
      values: [
        { unit: "个", value: 1340 },
        { unit: "幢", value: 12 },
      ],
    },
  ],
};
const sayings: Saying[] = [
  [
    {
      tag: "allProgress",
      data: {
        at: "6月29日 18:00",
        expected: 10,
        statistics: {
          onTime: 7,
          late: [],
          drafting: [
            { unit: "普陀", openRows: 3 },
            { unit: "新城", openRows: 0 },
          ],
          notStarted: ["燃气协会"],
          reopened: ["定海"],
          returned: ["岱山"],
        },
        summary: { met: 5, late: [] },
        nomination: { met: 9, late: ["新奥"], missing: ["燃气协会"], waiting: ["嵊泗"] },
        onPaper: ["新奥"],
        isInGroup: false,
      },
    },
    [
      "已交 7（按时 7），填报中 2，未开始 1。",
      "总结报告：5/10。联络员：9/10（逾期 1：新奥）。",
      "普陀（差 3 行）、新城（已填完）",
      "被退回待改：岱山",
    ],
    ["审核", "催报", "汇总"],
  ],
  [
    {
      tag: "wholeProgress",
      period: { whole: 2 },
      data: {
        at: "6月16日 10:00",
        expected: 3,
        periods: [
          { period: { no: 1, start: "2023-06-01", end: "2023-06-07" }, onTime: 2, late: ["普陀"], missing: [] },
          { period: { no: 2, start: "2023-06-08", end: "2023-06-14" }, onTime: 1, late: [], missing: ["普陀", "岱山"] },
        ],
        summary: { met: 0, late: [] },
        nomination: { met: 3, late: [], missing: [], waiting: [] },
        isInGroup: false,
      },
    },
    [
      "**全部 2 期**",
      "第1期（6月1日–6月7日）：已交 3/3（逾期 1：普陀）",
      "第2期（6月8日–6月14日）：已交 1/3，未报：普陀、岱山",
    ],
    ["催报", "汇总 全部"],
  ],
  [
    {
      tag: "allTotals",
      data: {
        at: "6月29日 18:00",
        expected: 10,
        submitted: 7,
        withDrafts: 9,
        sections: [
          {
            title: "治理行动",
            rows: [
              {
                no: 21,
                name: "发现隐患",
                submitted: [{ value: 1340, unit: "个", label: null }],
                withDrafts: [{ value: 1350, unit: "个", label: null }],
              },
              { no: 22, name: "整改隐患", submitted: [], withDrafts: [] },
            ],
          },
        ],
        isInGroup: false,
      },
    },
    ["21 发现隐患　1,340 个（含填报中 1,350 个）", "还没有数的行：22", "已提交口径：7/10"],
    ["导出", "发布"],
  ],
  [
    {
      tag: "unitShown",
      data: {
        form,
        called: "定海",
        liaison,
        waiting: nominee,
        returnedReason: "人次不对",
        timeliness: "late",
        hasSummary: true,
        hasStamped: false,
      },
    },
    [
      "逾期",
      "退回原因：人次不对",
      "张三｜科长｜13800000000（钉钉里还没有找到）",
      "等待审核：12 号",
      "汇总仍按上次提交的版本",
      "22 整改隐患　9 个　说明：含5月排查",
      "盖章件：未收到　活动总结报告：已收到",
    ],
    ["同意 12", "不同意 12", "催报 定海"],
  ],
  [
    { tag: "whichUnit", data: { command: "show", said: "", candidates: ["甲局", "乙局"] } },
    ["请说明是哪个单位，例：查看 甲局"],
    ["查看 甲局", "查看 乙局"],
  ],
  [
    { tag: "whichUnit", data: { command: "giveBack", said: "城管", candidates: ["甲局", "乙局"] } },
    ["“城管”是下面哪个单位", "甲局、乙局"],
    [],
  ],
  [{ tag: "exportFollows", data: { at: "6月29日 18:00" } }, ["截至 6月29日 18:00", "请勿转发到群里"], []],
  [
    { tag: "liaisonsListed", data: { liaisons: [liaison], expected: 2, missing: ["乙局"] } },
    ["1/2", "定海区城市管理局｜张三", "还没有：乙局"],
    ["催报"],
  ],
  [
    {
      tag: "reviewListed",
      data: {
        nominations: [{ ...nominee, replaces: "李四" }],
        forms: [{ unit: "定海区城市管理局", called: "定海", at: "6月29日 15:20", isOnTime: false }],
      },
    },
    ["12 号：定海区城市管理局 张三 科长 13800000000（同意即更换李四）", "6月29日 15:20，逾期"],
    ["同意 12", "不同意 12", "通过 定海", "查看 定海"],
  ],
  [
    {
      tag: "nominationApproved",
      data: { no: 12, unit: "定海区城市管理局", name: "张三", replaced: null, isReachable: true, annexOne },
    },
    ["附件1 已有 7/10 个单位，还差：嵊泗县综合行政执法局、普陀山公管中心、舟山市燃气协会。"],
    ["催报"],
  ],
  [
    { tag: "nominationDeclined", data: { no: 12, unit: "定海区城市管理局", name: "张三", remains: "李四", annexOne } },
    ["没有同意（12 号）", "仍是李四"],
    [],
  ],
  [
    {
      tag: "nominationDecidedBefore",
      data: { no: 12, unit: "甲局", name: "张三", status: "replaced", by: null, at: null },
    },
    ["12 号推荐（甲局 张三）已被同单位另一条推荐代替"],
    [],
  ],
  [{ tag: "noSuchNomination", data: { no: 99 } }, ["没有 99 号"], ["审核"]],
  [
    { tag: "nomineeTaken", data: { no: 12, unit: "甲局", name: "张三", other: "乙局" } },
    ["张三已是乙局的联络员"],
    ["不同意 12"],
  ],
  [
    { tag: "proposalApproved", data: { unit: "甲局", name: "张三", isFound: true, isReachable: true } },
    ["张三是甲局联络员", "已经通知本人"],
    [],
  ],
  [
    { tag: "proposalDeclined", data: { unit: "甲局", called: "甲", name: "张三", remains: null } },
    ["联络员 甲 姓名 职务 电话"],
    [],
  ],
  [{ tag: "proposalOvertaken", data: { unit: "甲局", name: "张三", chosen: "李四" } }, ["已确认为李四"], []],
  [{ tag: "liaisonReplaced", data: { unit: "甲局", successor: "李四" } }, ["更换为李四", "都已保留"], []],
  [
    { tag: "formAcceptedNoted", data: { unit: "甲局", isTold: true, left: 0 } },
    ["已通过甲局的报送表，已通知联络员。"],
    [],
  ],
  [{ tag: "formAccepted", data: { unit: "甲局" } }, ["审核通过"], ["表格"]],
  [
    { tag: "formReturnedNoted", data: { unit: "甲局", reason: "12行请核对", told: ["张三"], isTold: true } },
    ["12行请核对", "已通知联络员张三"],
    [],
  ],
  [
    { tag: "formReturned", data: { unit: "甲局", reason: "12行请核对" } },
    ["被管理员退回：12行请核对"],
    ["继续", "预览"],
  ],
  [{ tag: "returnNeedsReason", data: { unit: "甲局", called: "甲" } }, ["例：退回 甲 "], []],
  [
    { tag: "formNotReviewable", data: { unit: "甲局", called: "甲", state: "returned", reason: "请核对" } },
    ["“已退回，待重新提交”（原因：请核对）"],
    ["查看 甲", "催报 甲"],
  ],
  [
    { tag: "publication", data: publication },
    [
      "应报 10 个单位，已报 9 个（均按时），未报 1 个。",
      "活动场次 214 场；发现隐患 1,340 个、12 幢。",
      "口径：各单位最后一次提交的版本",
    ],
    [],
  ],
  [
    { tag: "publication", data: { ...publication, onTime: 0, missing: 10, totals: [] } },
    ["已报 0 个，未报 10 个", "还没有单位提交数字"],
    [],
  ],
  [
    { tag: "publicationPreview", data: { no: 8, group: "工作群", publication, reopened: ["岱山"] } },
    ["“工作群”", "岱山的报送表正在修改或被退回"],
    ["确认 8"],
  ],
  [{ tag: "publicationDone", data: { group: "工作群", submitted: 9, expected: 10 } }, ["9/10"], []],
  [{ tag: "publicationNeedsGroup", data: {} }, ["没有发布", "绑定本群"], []],
  [
    { tag: "deadlineNeedsGroup", data: { due: "7月1日 18:00", onTime: 9, expected: 10 } },
    ["9/10 个单位按时报送", "绑定本群", "自动发布"],
    ["进度", "导出"],
  ],
  [{ tag: "groupBound", data: { group: "工作群", due: "7月1日 18:00", previous: null } }, ["已绑定本群“工作群”。"], []],
  [{ tag: "groupBoundAlready", data: { group: "工作群", due: "7月1日 18:00" } }, ["已经绑定"], []],
  [{ tag: "bindInGroup", data: { current: null } }, ["目前还没有绑定群", "在群里 @我"], []],
  [{ tag: "oneToOneOnly", data: { nick: "张三", isManager: false } }, ["张三，您好！", "单聊"], []],
];

testSayings(sayings);

test("no wording is left out", () => {
  const tags = [manageWords, reviewWords, publicationWords].flatMap((it) => Object.keys(it));
  expect(new Set(sayings.map(([say]) => say.tag as string))).toEqual(new Set(tags));
});

test("names and reasons stay text", () => {
  const { text } = reviewWords.nomineeTaken({ no: 1, unit: "**甲**", name: "[张](x)", other: "@所有人" });
  expect(text).toContain("\\[张\\](x)已是＠所有人的联络员");
  expect(text).toContain("请\\*\\*甲\\*\\*另推荐");
});
