import { addDays, weekdayOf } from "../../campaign/calendar.ts";
import type { ObligationName } from "../../campaign/campaign.ts";
import type { Duty } from "../../campaign/duty.ts";
import type { PersonalReminder, Reminder } from "../../campaign/reminder.ts";
import { listed, type Message, message, namedDay, plain, rowList } from "./format.ts";
import { periodNames, periodText } from "./period.ts";

export const reminderWords = {
  reminder(data: PersonalReminder): Message {
    const { name, liaisonOf, duties } = data;
    const own = duties.filter((it) => it.unitId === liaisonOf);
    const others = duties.filter((it) => it.unitId !== liaisonOf);
    const greeting = name === null ? "您好！" : `${plain(name)}，您好！`;
    const missed = severalMissed(duties);
    const things = byDeadline(duties.filter((it) => !missed.includes(it))).flatMap((group) => {
      const items = group.map((it) => `${others.length > 0 ? plain(it.unit) : ""}${dutyText(it)}`);
      const when = deadlineText(group, data);
      return items.length === 1 ? [`${items.join()}（${when}）。`] : [...items.map((it) => `· ${it}`), `${when}。`];
    });
    things.unshift(...missedLines(missed, others.length > 0));
    const [first = "", ...rest] = things;
    const lines = duties.length > 1 ? [greeting, ...things] : [`${greeting}${first}`, ...rest];
    const canNominate = others.some((it) => it.liaison === null);
    // Of several forms that were missed, the first comes first.
    const pressed = own.filter(
      (it) => missed.find((other) => other.unitId === it.unitId) === it || !missed.includes(it),
    );
    const buttons = [...pressed.map(buttonFor), ...(canNominate ? ["报名"] : [])];
    return message([...lines, ...howToSendSummary(own), ...howToNominate(others)], [...new Set(buttons)]);
  },

  /** Units that nobody can be reminded of, and nominations that wait for the managers themselves. */
  reminderForManagers(data: Reminder): Message {
    const waiting = data.duties.filter((it) => it.isWaiting);
    const nobody = data.duties.filter((it) => it.obligation === "nomination" && !it.isWaiting);
    const unreachable = data.duties.filter((it) => it.obligation !== "nomination");
    return message(
      [
        unitsLine(nobody, data, "还没有推荐联络员，我也没有可以提醒的联系人，请电话联系"),
        unitsLine(waiting, data, "推荐的联络员等您审核"),
        ...byDeadline(unreachable).map((group) =>
          unitsLine(group, data, `的${obligationsText(group)}还没有报齐，我找不到可以提醒的人，请电话联系`),
        ),
      ],
      waiting.length === 0 ? [] : ["审核"],
    );
  },

  /** To the manager who asked for it; `unit` where it was asked for one unit only. */
  remindedNow(data: {
    unit: string | null;
    reminded: { units: string[]; liaison: string | null }[];
    unreachable: { unit: string; liaison: string | null }[];
    waiting: string[];
  }): Message {
    const { unit, reminded, unreachable, waiting } = data;
    if (reminded.length + unreachable.length + waiting.length === 0) {
      return message(
        [unit === null ? "现在没有单位欠报，没有发提醒。" : `${plain(unit)}现在没有欠报，没有发提醒。`],
        ["进度"],
      );
    }
    const people = reminded.map(({ units, liaison }) => {
      return `${units.map(plain).join("、")}（${liaison === null ? "联系人" : plain(liaison)}）`;
    });
    const lost = unreachable.map((it) => {
      return `${plain(it.unit)}（${it.liaison === null ? "没有联络员和联系人" : `联络员${plain(it.liaison)}没有在钉钉里找到`}）`;
    });
    return message(
      [
        people.length === 0 ? "没有可以提醒的人。" : `已提醒 ${people.length} 人：${listed(people, 20)}。`,
        lost.length === 0 ? null : `联系不上，请电话催：${lost.join("、")}。`,
        waiting.length === 0 ? null : `已推荐联络员、等您审核，没有催：${waiting.map(plain).join("、")}。`,
      ],
      waiting.length === 0 ? [] : ["审核"],
    );
  },
};

const obligationText: Record<ObligationName, string> = {
  nomination: "联络员推荐",
  statistics: "统计表",
  summary: "活动总结报告",
};

function dutyText({ obligation, period, state, openRows, reason }: Duty): string {
  const which = period === undefined ? "" : periodText(period);
  return `${which}${withoutPeriod({ obligation, state, openRows, reason })}`;
}

function withoutPeriod({
  obligation,
  state,
  openRows,
  reason,
}: Pick<Duty, "obligation" | "state" | "openRows" | "reason">): string {
  if (obligation === "nomination") return "还没有推荐联络员";
  if (obligation === "summary") return "活动总结报告还没有收到";
  const open = openRows.length === 0 ? null : `还差 ${openRows.length} 行：${rowList(openRows)}`;
  switch (state) {
    case "notStarted":
      return "统计表还没有开始填";
    case "drafting":
      return `统计表${open ?? "已填完，还没有提交"}`;
    case "reopened":
      return `统计表提交后有改动，${open ?? "还没有重新提交"}`;
    case "returned":
      return `统计表被退回${reason === null ? "" : `（${plain(reason)}）`}，请修改后重新提交`;
    case "submitted":
    case "accepted":
      return "统计表已提交";
    default:
      return state satisfies never;
  }
}

/** Forms of several periods of one unit whose deadlines have passed: they are named in one line. */
function severalMissed(duties: readonly Duty[]): Duty[] {
  const missed = duties.filter((it) => it.period !== undefined && it.isOverdue);
  return missed.filter((it) => missed.filter((other) => other.unitId === it.unitId).length > 1);
}

function missedLines(missed: readonly Duty[], namesUnit: boolean): string[] {
  return [...new Set(missed.map((it) => it.unitId))].map((unitId) => {
    const own = missed.filter((it) => it.unitId === unitId);
    const unit = namesUnit ? plain(own[0]?.unit ?? "") : "";
    const periods = own.flatMap(({ period }) => period ?? []);
    const names =
      periods.length < 3 ? periods.map(periodText).join("、") : `${periodNames(periods.map((it) => it.no))}`;
    return `${unit}${names}的统计表都已截止，还没有报送，请尽快补报。`;
  });
}

/** Names the deadline, and the last working day before it where the deadline itself is none. */
function deadlineText(group: readonly Duty[], { day }: Reminder): string {
  const [duty] = group;
  if (duty === undefined) return "";
  const { due, dueTime, actOn, isOverdue } = duty;
  const deadline = `${namedDay(due, weekdayOf(due))}${dueTime}`;
  const lastWorkday = namedDay(actOn, weekdayOf(actOn));
  if (isOverdue) {
    const wasHandedIn = group.every((it) => it.state === "returned" || it.state === "reopened");
    return `${deadline} 已截止，${wasHandedIn ? "请尽快重新提交" : "现已逾期，请尽快补报"}`;
  }
  if (day === due) return `今天 ${dueTime} 截止`;
  if (day === actOn) return `应于 ${deadline} 前报送，今天是之前最后一个工作日`;
  if (addDays(day, 1) === due) return `明天 ${deadline} 截止`;
  if (addDays(day, 1) === actOn) return `应于 ${deadline} 前报送，明天 ${lastWorkday}是之前最后一个工作日`;
  const advice = day < actOn && actOn !== due ? `，建议 ${lastWorkday}下班前提交` : "";
  return `应于 ${deadline} 前报送${advice}`;
}

function byDeadline(duties: readonly Duty[]): Duty[][] {
  const keyOf = (it: Duty) => `${it.due} ${it.dueTime}`;
  return [...new Set(duties.map(keyOf))].map((key) => duties.filter((it) => keyOf(it) === key));
}

/** A contact can't fill in the form: somebody has to become the unit's liaison, or to be told. */
function howToNominate(duties: readonly Duty[]): string[] {
  const units = [...new Map(duties.map((it) => [it.unitId, it])).values()];
  return units.map(({ called, liaison, obligation }) => {
    if (liaison !== null) return `联络员${plain(liaison)}还没有在钉钉里找到，请转告本人。`;
    const first = obligation === "nomination" ? "" : "填报前需要先登记联络员。";
    return `${first}请回复：联络员 ${plain(called)} 姓名 职务 电话`;
  });
}

function howToSendSummary(duties: readonly Duty[]): string[] {
  const isOwed = duties.some((it) => it.obligation === "summary");
  return isOwed ? ["总结报告请先回复“总结”，再把 Word 或 PDF 文件发给我。"] : [];
}

function buttonFor({ obligation, period, state, openRows }: Duty): string {
  if (obligation === "summary") return "总结";
  const which = period === undefined ? "" : ` 第${period.no}期`;
  if (state === "notStarted") return `报送${which}`;
  return `${state === "drafting" && openRows.length === 0 ? "提交" : "继续"}${which}`;
}

function obligationsText(duties: readonly Duty[]): string {
  return [...new Set(duties.map((it) => obligationText[it.obligation]))].join("、");
}

function unitsLine(duties: readonly Duty[], moment: Reminder, said: string): string | null {
  if (duties.length === 0) return null;
  const units = [...new Set(duties.map((it) => plain(it.unit)))];
  return `${units.length} 个单位${said}：${units.join("、")}（${deadlineText(duties, moment)}）。`;
}
