import { describe, expect, test } from "vitest";
import { instantAt } from "../../src/campaign/calendar.ts";
import type { SentReminder } from "../../src/campaign/sent-reminder.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { newConversation, openQuestions } from "../../src/flows/conversation.ts";
import type { BoundGroup, Step, Turn } from "../../src/flows/flow.ts";
import { bindGroup, inGroup } from "../../src/flows/group.ts";
import {
  exportSheets,
  showLiaisons,
  showProgress,
  showReviewList,
  showTotals,
  showUnit,
} from "../../src/flows/manage.ts";
import { previewPublication, publish } from "../../src/flows/publication.ts";
import { previewReminders, sendReminders } from "../../src/flows/remind-now.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { campaign, names, phoneOf, sampleRecords } from "../report/sample.ts";

interface Given {
  all?: readonly UnitRecord[];
  bound?: BoundGroup | null;
  /** Said in this group, rather than one to one. */
  saidIn?: BoundGroup;
  isManager?: boolean;
  now?: Date;
  remindedToday?: readonly SentReminder[];
}

const office: BoundGroup = { conversationId: "cid-1", title: "安全生产月工作群" };
const june29 = instantAt("2023-06-29", "18:00", campaign);

/** Somebody says `words` after the keyword; the outcome as one reads it. */
function when(step: Step<"all" | "group" | "remindedToday">, words: string, given: Given = {}) {
  const {
    all = sampleRecords(),
    bound = null,
    saidIn = null,
    isManager = true,
    now = june29,
    remindedToday = [],
  } = given;
  const turn: Turn<"all" | "group" | "remindedToday"> = {
    inbound: {
      key: "msg-1",
      at: now,
      sender: { staffId: "boss", nick: "王主任" },
      group: saidIn,
      kind: "text",
      text: words,
    },
    words,
    state: newConversation(),
    facts: {
      campaign,
      now,
      standing: { isManager, liaisonOf: null, contactOf: [] },
      next: { entry: 1, nomination: 20, question: 8, file: 1, publication: 5 },
      all,
      group: bound,
      remindedToday,
    },
  };
  const { state, changes, replies } = step(turn);
  const said = replies.map(({ to, content }) => {
    const addressee = to.kind === "person" ? to.staffId : to.kind === "group" ? to.conversationId : to.kind;
    const shown = content.kind === "say" ? messageOf(content.say) : { text: "", buttons: [] };
    return { to: addressee, what: content.kind === "attach" ? content.attachment : content.say.tag, ...shown };
  });
  return { state, changes, said, answer: said[0]?.text ?? "", buttons: said[0]?.buttons ?? [] };
}

/** Units in which nobody has done anything; `contactIds` by unit. */
const empty = (contacts: Record<string, string[]> = {}) =>
  campaign.units.map((unit) => ({ ...emptyRecord(campaign, unit), contactIds: contacts[unit.id] ?? [] }));

function holdsNoPerson(text: string): void {
  names.forEach((name, u) => {
    expect(text).not.toContain(name);
    expect(text).not.toContain(phoneOf(u));
  });
}

describe("进度", () => {
  test("who has submitted, on time and late, who is at it, who has not begun", () => {
    const { answer, changes, buttons } = when(showProgress, "");
    expect(changes).toEqual([]);
    expect(answer).toContain("统计表：应报 10，已交 8（按时 7，逾期 1：新奥），填报中 1，未开始 1。");
    expect(answer).toContain("总结报告：0/10。联络员：9/10（逾期 1：普陀山）。");
    expect(answer).toContain("填报中：华权（差 16 行）");
    expect(answer).toContain("未开始：燃气协会");
    expect(answer).toContain("还没有联络员：燃气协会");
    expect(buttons).toEqual(["催报", "汇总"]);
  });

  test("a returned and a reopened form still count as handed in, and are named", () => {
    const [, , returned, reopened] = sampleRecords();
    const all = [returned, reopened].flatMap((it, n) =>
      it === undefined
        ? []
        : { ...it, submission: { ...it.submission, status: n === 0 ? ("returned" as const) : ("drafting" as const) } },
    );
    const { answer } = when(showProgress, "", { all });
    expect(answer).toContain("应报 2，已交 2（按时 2）。");
    expect(answer).toContain("被退回待改：岱山");
    expect(answer).toContain("提交后有改动，待重新提交：嵊泗");
  });
});

test("汇总 shows both 口径, units of counting apart, and names rows without a figure", () => {
  const [dinghai] = sampleRecords();
  const drill = dinghai?.entries.find((it) => it.indicatorId === "publicity.drill");
  if (dinghai === undefined || drill === undefined) throw new Error("the drill has figures");
  const more = { ...drill, no: 900, mode: "add" as const, figures: { sessions: 2, people: 40 } };
  const changed = { ...dinghai, entries: [...dinghai.entries, more] };
  const before = when(showTotals, "", { all: [dinghai] });
  const after = when(showTotals, "", { all: [changed] });
  const row = (text: string) => text.split(/\s\s\n|\n\n/).find((it) => it.startsWith("12 "));
  const form = dinghai.submission.last?.rows["publicity.drill"];
  if (form === undefined || form.kind === "notApplicable") throw new Error("the drill has figures");
  const { sessions = 0, people = 0 } = form.figures;
  expect(row(before.answer)).toBe(`12 应急救援演练　${sessions} 场、${people} 人次`);
  expect(row(after.answer)).toBe(
    `12 应急救援演练　${sessions} 场、${people} 人次（含填报中 ${sessions + 2} 场、${people + 40} 人次）`,
  );
  expect(after.answer).toContain("还没有数的行：17、18、19、23");
  expect(after.answer).toContain("已提交口径：1/1 个单位");
});

describe("查看", () => {
  test("the liaison with phone, the state, every row that applies", () => {
    const { answer, buttons } = when(showUnit, "普陀");
    expect(answer).toContain("**普陀区城市管理局** 已提交（上次提交 6月29日 15:20），按时");
    expect(answer).toContain(`联络员：贾二｜安全科科长｜${phoneOf(1)}`);
    for (const no of [1, 16, 20, 28, 36]) expect(answer).toMatch(new RegExp(`(^|\\n)${no} `));
    expect(answer).not.toMatch(/\n17 /);
    expect(answer).toContain("说明：=SUM(1,2) 含5月排查");
    expect(buttons).toEqual(["通过 普陀"]);
  });

  test("asks which unit where none is sure, with a button each", () => {
    const { answer, buttons, said } = when(showUnit, "燃气");
    expect(said[0]?.what).toBe("whichUnit");
    expect(answer).toContain("“燃气”是下面哪个单位");
    expect(buttons.length).toBeGreaterThan(2);
    for (const button of buttons) expect(when(showUnit, button.replace("查看 ", "")).said[0]?.what).toBe("unitShown");
    expect(when(showUnit, "").buttons).toHaveLength(10);
    expect(when(showUnit, "北京").answer).toContain("没有找到单位“北京”");
  });
});

test("导出 and 联络员 answer one to one with their files", () => {
  expect(when(exportSheets, "").said.map((it) => it.what)).toEqual(["exportFollows", { file: "export" }]);
  const { said, answer } = when(showLiaisons, "");
  expect(said.map((it) => it.what)).toEqual(["liaisonsListed", { file: "liaisons" }]);
  expect(answer).toContain(`定海区城市管理局｜甄一｜安全科科长｜${phoneOf(0)}`);
  expect(answer).toContain("还没有：舟山市燃气协会");
});

test("审核 has a button for every decision that waits", () => {
  const all = sampleRecords().map((it, u) => {
    const [nomination] = it.nominations;
    return u === 4 && nomination !== undefined
      ? { ...it, nominations: [nomination, { ...nomination, no: 30, name: "孙七", status: "proposed" as const }] }
      : it;
  });
  const { answer, buttons } = when(showReviewList, "", { all });
  expect(answer).toContain("30 号：新城公管中心 孙七");
  expect(answer).toContain("同意即更换甄五");
  expect(buttons.slice(0, 2)).toEqual(["同意 30", "不同意 30"]);
  expect(buttons.filter((it) => it.startsWith("通过 "))).toHaveLength(7);
  expect(when(showReviewList, "", { all: empty() }).answer).toContain("没有等您审核");
});

describe("催报", () => {
  /** `催报` and then its 【确认】. */
  const confirmed = (unitId: string | null = null, given: Given = {}) =>
    when((turn) => sendReminders(turn, unitId), "8", given);
  const reminded = (staffId: string, at: Date): SentReminder => {
    return { staffId, cause: "manager", at, duties: [], delivery: "sent", isRead: null };
  };
  const minutesBefore = (minutes: number) => new Date(june29.getTime() - minutes * 60_000);
  const onPaper = () => {
    const said = { by: "staff-huaquan", at: minutesBefore(600) };
    return sampleRecords().map((it) => (it.unit.id === "huaquan" ? { ...it, onPaper: said } : it));
  };

  test("shows who would get what and who can't be reached, sends nothing, and asks", () => {
    const { answer, said, state, changes, buttons } = when(previewReminders, "");
    expect(said.map((it) => it.what)).toEqual(["urgingPreview"]);
    expect(changes).toEqual([]);
    expect(answer).toContain("将提醒 9 人，每人一条，还没有发");
    expect(answer).toContain("定海（甄一）：活动总结报告");
    expect(answer).toContain("华权（贾八）：统计表（差 16 行）、活动总结报告");
    expect(answer).toContain("联系不上，请电话催：舟山市燃气协会（没有联络员和联系人）。");
    expect(buttons).toEqual(["确认 8"]);
    expect(openQuestions(state)).toEqual([{ no: 8, question: { about: "remind", unitId: null }, outcome: null }]);
  });

  test("confirmed: one message to each who owes, with what they owe; the manager hears who, and who can't be reached", () => {
    const { answer, said } = confirmed();
    expect(said.slice(1).map((it) => it.what)).toEqual(Array.from({ length: 9 }, () => "reminder"));
    expect(new Set(said.map((it) => it.to)).size).toBe(10);
    expect(answer).toContain("已提醒 9 人：定海（甄一）");
    expect(answer).toContain("联系不上，请电话催：舟山市燃气协会（没有联络员和联系人）。");
    const huaquan = said.find((it) => it.to === "staff-huaquan");
    expect(huaquan?.text).toContain("贾八，您好！");
    expect(huaquan?.text).toMatch(/统计表还差 16 行：/);
    expect(huaquan?.text).toContain("活动总结报告还没有收到");
    expect(huaquan?.text).toContain("应于 7月1日（周六）18:00 前报送，明天 6月30日（周五）是之前最后一个工作日");
    const dinghai = said.find((it) => it.to === "staff-dinghai");
    expect(dinghai?.text).not.toContain("统计表");
  });

  test("one unit only", () => {
    const { state } = when(previewReminders, "华权");
    expect(state.asked[0]?.question).toEqual({ about: "remind", unitId: "huaquan" });
    expect(confirmed("huaquan").said.map((it) => it.to)).toEqual(["boss", "staff-huaquan"]);
  });

  test("before the month only the nomination is asked for, of contacts", () => {
    const now = instantAt("2023-05-23", "10:00", campaign);
    const { said } = confirmed(null, { all: empty({ dinghai: ["a", "b"], putuo: ["b"] }), now });
    expect(said.slice(1).map((it) => it.to)).toEqual(["a", "b"]);
    expect(said[2]?.text).toContain("· 定海区城市管理局还没有推荐联络员");
    expect(said[2]?.text).toContain("联络员 普陀 姓名 职务 电话");
    const none = when(previewReminders, "", { now, all: sampleRecords().slice(0, 9) });
    expect(none.answer).toContain("现在没有单位欠报");
    expect(none.state.asked).toEqual([]);
  });

  test("a nomination that waits for a manager is not asked for again", () => {
    const [record] = sampleRecords();
    if (record === undefined) throw new Error("no unit");
    const nominations = record.nominations.map((it) => ({ ...it, status: "proposed" as const }));
    const all = [{ ...record, contactIds: ["a"], nominations }];
    const { said, answer, buttons, state } = when(previewReminders, "", { all });
    expect(said).toHaveLength(1);
    expect(state.asked).toEqual([]);
    expect(answer).toContain("等您审核，没有催：定海区城市管理局");
    expect(buttons).toEqual(["审核"]);
    expect(confirmed(null, { all }).said).toHaveLength(1);
  });

  test("who was reminded in the last hour is not reminded again, but where the unit is named; earlier today is said", () => {
    const remindedToday = [reminded("staff-huaquan", minutesBefore(59)), reminded("staff-dinghai", minutesBefore(120))];
    const preview = when(previewReminders, "", { remindedToday });
    expect(preview.answer).toContain("将提醒 8 人");
    expect(preview.answer).toContain("一小时内提醒过，不再重复：华权。");
    expect(preview.answer).toContain("定海（甄一）：活动总结报告（今天 16:00 提醒过）");
    const { said } = confirmed(null, { remindedToday });
    expect(said.map((it) => it.to)).not.toContain("staff-huaquan");
    expect(confirmed("huaquan", { remindedToday }).said.map((it) => it.to)).toEqual(["boss", "staff-huaquan"]);
    const refused = [{ ...reminded("staff-huaquan", minutesBefore(5)), delivery: "refused" as const }];
    expect(confirmed(null, { remindedToday: refused }).said.map((it) => it.to)).toContain("staff-huaquan");
  });

  test("who said 已线下报送 is asked again only by name, and then reminders go on", () => {
    const all = onPaper();
    const preview = when(previewReminders, "", { all });
    expect(preview.answer).toContain("说已线下报送，没有催：华权。");
    expect(preview.buttons).toEqual(["确认 8", "催报 华权"]);
    const everybody = confirmed(null, { all });
    expect(everybody.said.map((it) => it.to)).not.toContain("staff-huaquan");
    expect(everybody.changes).toEqual([]);
    const named = confirmed("huaquan", { all });
    expect(named.said.map((it) => it.to)).toEqual(["boss", "staff-huaquan"]);
    expect(named.changes).toEqual([{ type: "askedAgain", unitIds: ["huaquan"] }]);
  });

  test("who is to be the liaison is asked for all the while, and by name the papers count no more", () => {
    const said = { by: "a", at: minutesBefore(600) };
    const all = empty({ dinghai: ["a"] }).map((it) => (it.unit.id === "dinghai" ? { ...it, onPaper: said } : it));
    const everybody = confirmed(null, { all });
    expect(everybody.said.map((it) => it.to)).toEqual(["boss", "a"]);
    expect(everybody.changes).toEqual([]);
    expect(confirmed("dinghai", { all }).changes).toEqual([{ type: "askedAgain", unitIds: ["dinghai"] }]);
  });

  test("what was met between the question and the answer is not asked for", () => {
    const all = sampleRecords().filter((it) => it.unit.id !== "huaquan");
    expect(confirmed("huaquan", { all }).said).toMatchObject([{ what: "remindedNow" }]);
  });
});

describe("发布", () => {
  test("shows the group's very text and asks for a numbered confirmation", () => {
    const preview = when(previewPublication, "", { bound: office });
    expect(preview.changes).toEqual([]);
    expect(preview.buttons).toEqual(["确认 8"]);
    expect(openQuestions(preview.state)).toEqual([{ no: 8, question: { about: "publish" }, outcome: null }]);
    const published = when(publish, "8", { bound: office });
    const text = published.said[1]?.text ?? "-";
    expect(preview.answer).toContain(text);
    expect(text).toContain("应报 10 个单位，已报 8 个（按时 7 个，逾期 1 个），未报 2 个。");
    expect(text).toMatch(/活动场次 [\d,]+ 场；学习（参与）人次 [\d,]+ 人次；发现隐患 [\d,]+ 个.*；整改隐患 /);
    holdsNoPerson(text);
  });

  test("confirmed: text, picture and sheet of one stored snapshot go to the group, in this order", () => {
    const { said, changes } = when(publish, "8", { bound: office });
    expect(said.map((it) => [it.to, it.what])).toEqual([
      ["boss", "publicationDone"],
      ["cid-1", "publication"],
      ["cid-1", { file: "consolidatedPicture", publication: 5 }],
      ["cid-1", { file: "consolidated", publication: 5 }],
    ]);
    expect(changes).toMatchObject([
      {
        type: "published",
        publication: { no: 5, cause: "manager", table: { basis: "submitted", asOf: june29.toISOString() } },
      },
    ]);
  });

  test("a second 发布 replaces the question of the first", () => {
    const first = when(previewPublication, "", { bound: office });
    expect(first.state.asked).toHaveLength(1);
    const step: Step<"all" | "group"> = (turn) => previewPublication({ ...turn, state: { ...first.state } });
    expect(when(step, "", { bound: office }).state.asked.map((it) => it.outcome)).toEqual(["replaced", null]);
  });

  test("without a group says how to bind one, and publishes nothing", () => {
    for (const step of [previewPublication, publish]) {
      const { answer, changes, state } = when(step, "");
      expect(answer).toContain("绑定本群");
      expect(changes).toEqual([]);
      expect(state.asked).toEqual([]);
    }
  });
});

describe("in the group", () => {
  const other: BoundGroup = { conversationId: "cid-2", title: "闲聊群" };

  test("绑定本群 binds where it was said, once; one to one it says where to say it", () => {
    const bound = when(bindGroup, "", { saidIn: office });
    expect(bound.changes).toEqual([{ type: "groupBound", group: office }]);
    expect(bound.said[0]).toMatchObject({ to: "cid-1", what: "groupBound" });
    expect(when(bindGroup, "", { saidIn: office, bound: office })).toMatchObject({ changes: [] });
    expect(when(bindGroup, "", { saidIn: other, bound: office }).answer).toContain("不再发到“安全生产月工作群”");
    const alone = when(bindGroup, "", { bound: office });
    expect(alone.changes).toEqual([]);
    expect(alone.answer).toContain("目前绑定的是“安全生产月工作群”");
  });

  test.each(["进度", "汇总"])("a manager's %s works, without names, phones or buttons", (words) => {
    const { said } = when(inGroup, words, { saidIn: office });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ to: "cid-1", buttons: [] });
    holdsNoPerson(said[0]?.text ?? "");
    expect(said[0]?.text).toContain(`**${words}**`);
  });

  test("anything else, and anybody else, is asked to write one to one", () => {
    for (const given of [{ isManager: true }, { isManager: false }]) {
      const { said, changes } = when(inGroup, given.isManager ? "导出" : "进度", { ...given, saidIn: office });
      expect(said).toMatchObject([{ to: "cid-1", what: "oneToOneOnly" }]);
      expect(said[0]?.text).toContain("在单聊里发给我");
      expect(changes).toEqual([]);
    }
  });
});
