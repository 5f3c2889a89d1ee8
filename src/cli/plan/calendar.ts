import {
  clockOf,
  dayOf,
  instantAt,
  isWorkday,
  knowsHolidays,
  weekdayOf,
  workdayAfter,
} from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import { Claims } from "../../campaign/claims.ts";
import type { Duty } from "../../campaign/duty.ts";
import type { PersonHistory } from "../../campaign/reminder.ts";
import { obligationsText, obligationText } from "../../flows/words/duty.ts";
import { agendaOf } from "../../scheduler/plan/agenda.ts";
import type { PlannedMessage } from "../../scheduler/plan/moment.ts";
import { plan } from "../../scheduler/plan/plan.ts";
import { untouched, withLiaison } from "./untouched.ts";

/** One moment at which the bot writes, and the same to everybody named. */
export interface CalendarLine {
  at: Date;
  day: string;
  weekday: string;
  kind: string;
  clock: string;
  what: string;
  to: string;
  counted: string;
}

const weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/**
 * All reminders of the days from `from` to `to`, where no unit does anything but have a liaison from the day on which the
 * period begins: the planner itself is asked at each moment.
 */
export function calendarOf(campaign: Campaign, { from, to }: { from: string; to: string }): CalendarLine[] {
  const before = campaign.units.map((it) => untouched(campaign, it));
  const having = before.map((it) => withLiaison(campaign, it));
  const began = new Date(instantAt(from, "00:00", campaign).getTime() - 1);
  const claimed = new Claims();
  const people = new Map<string, PersonHistory>();
  const nothing = { since: began, claimed, people, putOffs: new Map<string, Date>(), unread: [] };
  return agendaOf(campaign, before)
    .filter((it) => it > began && dayOf(it, campaign) <= to)
    .flatMap((now) => {
      const records = dayOf(now, campaign) < campaign.period.start ? before : having;
      const { messages, slots } = plan({ campaign, records, now, ...nothing });
      for (const it of slots) claimed.add(it);
      for (const { to } of messages) {
        if (to.kind !== "person") continue;
        const remindedAt = people.get(to.staffId)?.remindedAt ?? [];
        people.set(to.staffId, { remindedAt: [...remindedAt, now], activeAt: null });
      }
      return linesAt(campaign, now, messages);
    });
}

/** What the calendar takes for granted. */
export function assumption({ period }: Campaign): string {
  return `按提醒最多的情形排：各单位到 ${period.start} 才有联络员，此后一直没有报送。`;
}

/** A line for each year whose public holidays nobody has published yet. */
export function unknownYears({ from, to }: { from: string; to: string }): string[] {
  const [first, last] = [from, to].map((it) => Number(it.slice(0, 4)));
  const years = Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, n) => (first ?? 0) + n);
  return years
    .filter((it) => !knowsHolidays(it))
    .map((it) => `${it} 年的节假日安排还没有数据：这一年把周一至周五都当作工作日。`);
}

function linesAt(campaign: Campaign, at: Date, messages: readonly PlannedMessage[]): CalendarLine[] {
  const day = dayOf(at, campaign);
  const moment = { at, day, weekday: weekdays[weekdayOf(day)] ?? "", kind: kindOf(day), clock: clockOf(at, campaign) };
  const role = day < campaign.period.start ? "联系人" : "联络员";
  const receivers = new Map<string, { what: string; counted: string; people: number; units: Set<string> }>();
  for (const { to, content } of messages) {
    const { what, counted, units } = saidBy(day, content.say);
    const key = `${to.kind} ${what} ${counted}`;
    const found = receivers.get(key) ?? { what, counted, people: 0, units: new Set<string>() };
    if (to.kind === "person") found.people += 1;
    for (const it of units) found.units.add(it);
    receivers.set(key, found);
  }
  return [...receivers.values()].map(({ what, counted, people, units }) => {
    const to = people === 0 ? "管理员" : `${people} 位${role}${units.size === 0 ? "" : `（${units.size} 个单位）`}`;
    return { ...moment, what, to, counted };
  });
}

function kindOf(day: string): string {
  const isWeekend = weekdayOf(day) % 6 === 0;
  if (isWorkday(day)) return isWeekend ? "调休上班" : "工作日";
  return isWeekend ? "休息日" : "节假日";
}

function saidBy(
  day: string,
  say: PlannedMessage["content"]["say"],
): { what: string; counted: string; units: string[] } {
  switch (say.tag) {
    case "reminder": {
      const { duties, event, quiet } = say.data;
      const what = [
        ...(duties.length === 0 ? [] : [obligationsText(duties)]),
        ...(event === null ? [] : [`${event.name}${event.stage === "before" ? "（请做好记录）" : "（请报一句）"}`]),
        ...(quiet.length === 0 ? [] : ["本周还没有报送"]),
      ];
      const units = [...duties, ...quiet].map((it) => it.unitId);
      return { what: what.join("、"), counted: countedOf(day, duties), units };
    }
    case "reminderForManagers":
      return {
        what: `联系不到的单位：${obligationsText(say.data.duties)}`,
        counted: countedOf(day, say.data.duties),
        units: [],
      };
    case "digest":
      return { what: "进度摘要", counted: `统计表应于 ${say.data.due} ${say.data.dueTime} 前报送`, units: [] };
    case "callList":
      return { what: "电话名单", counted: "", units: [] };
    default:
      return say satisfies never;
  }
}

/** 统计表 3 个工作日前: how the day lies to each day on which something has to be done. */
function countedOf(day: string, duties: readonly Duty[]): string {
  const missed = duties.filter((it) => it.period !== undefined && it.isOverdue).map((it) => it.period?.no);
  const texts = duties
    .filter((it) => it.period === undefined || !it.isOverdue)
    .map((it) => {
      const period = it.period === undefined ? "" : `第 ${it.period.no} 期`;
      return `${obligationText[it.obligation]}${period} ${distance(day, it)}`;
    });
  const late = missed.length === 0 ? [] : [`${obligationText.statistics}已逾期 ${new Set(missed).size} 期`];
  return [...late, ...new Set(texts)].join("；");
}

function distance(day: string, { actOn, due, isOverdue }: Duty): string {
  if (isOverdue) return `逾期第 ${workdaysBetween(due, day)} 个工作日`;
  if (day < actOn) return `${workdaysBetween(day, actOn)} 个工作日前`;
  if (day === due) return "截止当天";
  return day === actOn ? "截止前最后一个工作日" : "截止前的休息日";
}

function workdaysBetween(from: string, to: string): number {
  let count = 0;
  for (let day = from; day < to && count < 400; count += 1) day = workdayAfter(day, 1);
  return count;
}
