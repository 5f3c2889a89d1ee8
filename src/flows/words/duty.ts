import { addDays, weekdayOf } from "../../campaign/calendar.ts";
import type { ObligationName } from "../../campaign/campaign.ts";
import type { Duty } from "../../campaign/duty.ts";
import type { Reminder } from "../../campaign/reminder.ts";
import { namedDay, plain, rowList } from "./format.ts";
import { periodNames, periodText } from "./period.ts";

/** What is owed, and by when: the parts that reminders and the managers' lists are made of. */

export const obligationText: Record<ObligationName, string> = {
  nomination: "联络员推荐",
  statistics: "统计表",
  summary: "活动总结报告",
};

export function obligationsText(duties: readonly Pick<Duty, "obligation">[]): string {
  return [...new Set(duties.map((it) => obligationText[it.obligation]))].join("、");
}

export function dutyText(duty: Duty): string {
  const which = duty.period === undefined ? "" : periodText(duty.period);
  return `${which}${withoutPeriod(duty)}`;
}

function withoutPeriod({ obligation, state, openRows, reason, returnedRows, lacksStamped }: Duty): string {
  if (obligation === "nomination") return "还没有推荐联络员";
  if (obligation === "summary") return "活动总结报告还没有收到";
  if (lacksStamped) return "统计表已提交，盖章件还没有收到，请拍照发给我";
  const open = openRows.length === 0 ? null : `还差 ${openRows.length} 行：第 ${rowList(openRows)} 行`;
  switch (state) {
    case "notStarted":
      return "统计表还没有开始填";
    case "drafting":
      return `统计表${open ?? "已填完，还没有提交"}`;
    case "reopened":
      return `统计表提交后有改动，${open ?? "还没有重新提交"}`;
    case "returned": {
      const rows = returnedRows.length === 0 ? "" : `第 ${rowList(returnedRows)} 行`;
      const why = reason === null || reason === "" ? "" : `（${plain(reason)}）`;
      return `统计表${rows}被退回${why}，请修改后重新提交`;
    }
    case "submitted":
    case "accepted":
      return "统计表已提交";
    default:
      return state satisfies never;
  }
}

/** Most urgent first; what is due at one moment stands together. */
export function byDeadline(duties: readonly Duty[]): Duty[][] {
  const keyOf = (it: Duty) => `${it.due} ${it.dueTime}`;
  const keys = [...new Set(duties.map(keyOf))].toSorted();
  return keys.map((key) => duties.filter((it) => keyOf(it) === key));
}

/** Forms of several periods of one unit whose deadlines have passed: they are named in one line. */
export function severalMissed(duties: readonly Duty[]): Duty[] {
  const missed = duties.filter((it) => it.period !== undefined && it.isOverdue);
  return missed.filter((it) => missed.filter((other) => other.unitId === it.unitId).length > 1);
}

export function missedLines(missed: readonly Duty[], namesUnit: boolean): string[] {
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
export function deadlineText(group: readonly Duty[], { day }: Pick<Reminder, "day">): string {
  const [duty] = group;
  if (duty === undefined) return "";
  const { due, dueTime, actOn, isOverdue } = duty;
  const deadline = `${namedDay(due, weekdayOf(due))}${dueTime}`;
  const lastWorkday = namedDay(actOn, weekdayOf(actOn));
  if (isOverdue) {
    if (group.every((it) => it.lacksStamped)) return `${deadline} 已截止，请尽快补上`;
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

/** The same in a few words, for lists: 统计表（差 3 行）. */
export function owedText({ obligation, period, state, openRows, lacksStamped }: Duty): string {
  if (lacksStamped) return "盖章件";
  const which = period === undefined ? "" : `第${period.no}期`;
  if (obligation !== "statistics") return obligationText[obligation];
  const text: Record<Duty["state"], string> = {
    notStarted: "未开始",
    drafting: openRows.length === 0 ? "已填完，未提交" : `差 ${openRows.length} 行`,
    reopened: "有改动，待重新提交",
    returned: "被退回",
    submitted: "已提交",
    accepted: "已通过",
  };
  return `${which}统计表（${text[state]}）`;
}
