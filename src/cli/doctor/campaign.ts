import { dayOf, knowsHolidays } from "../../campaign/calendar.ts";
import { type Campaign, type ObligationName, obligationNames } from "../../campaign/campaign.ts";
import { reportingPeriods } from "../../campaign/period.ts";
import { rowsOf } from "../../campaign/row.ts";
import type { CampaignFileError } from "../../campaign-file.ts";
import { obligationText } from "../../flows/words/duty.ts";
import { shortDay } from "../../flows/words/format.ts";
import { eventsOf, nudgesOf } from "../../scheduler/plan/occasions.ts";
import { stepsOf } from "../../scheduler/plan/steps.ts";
import { type Finding, fault, fine, note } from "./finding.ts";

/** The campaign file: what it says, and what comes of it. */

export function fileFaults({ file, faults }: CampaignFileError): Finding[] {
  return faults.map((it) =>
    fault(
      "活动文件",
      `${it.path || "（整个文件）"}：${it.message}`,
      `请改 ${file} 里的这一处；字段的意思见 docs/operating.md。`,
    ),
  );
}

export function campaignFindings(campaign: Campaign, now: Date, callsAllowed: number): Finding[] {
  const { title, period, opensOn, units } = campaign;
  const span = `${shortDay(period.start)}–${shortDay(period.end)}`;
  const size = `${units.length} 个单位，${rowsOf(campaign).length} 行`;
  return [
    fine("活动", `${title}：${span}，${shortDay(opensOn)}起可以登记；${size}`),
    ...obligationNames.map((it) => fine(obligationText[it], obligationLine(campaign, it))),
    ...remindersOf(campaign, callsAllowed),
    ...holidaysOf(campaign),
    fine("可以提醒的时段", `工作日 ${windowsText(campaign)}；截止当天是休息日的，当天也提醒`),
    ...unreachable(campaign),
    ...overOf(campaign, now),
  ];
}

function obligationLine(campaign: Campaign, obligation: ObligationName): string {
  const steps = stepsOf(campaign, { moved: [] }, obligation);
  const counts = new Map<string, number>();
  for (const it of steps) {
    const day = shortDay(dayOf(it.at, campaign));
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = [...counts].map(([day, count]) => (count === 1 ? day : `${day}（${count} 次）`));
  const some = days.length > 12 ? [...days.slice(0, 3), "……", ...days.slice(-2)] : days;
  return `${dueText(campaign, obligation)}；提醒 ${steps.length} 次${days.length === 0 ? "" : `：${some.join("、")}`}`;
}

function dueText(campaign: Campaign, obligation: ObligationName): string {
  if (obligation !== "statistics") {
    const { due, dueTime } = campaign.obligations[obligation];
    return `截止 ${shortDay(due)} ${dueTime}`;
  }
  const periods = reportingPeriods(campaign);
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return "没有报送期";
  if (periods.length === 1) return `截止 ${shortDay(first.due)} ${first.dueTime}`;
  return `${periods.length} 期，${shortDay(first.due)}到${shortDay(last.due)}，每期 ${last.dueTime} 截止`;
}

/** What falls on one moment is one message, and everything is counted as if nobody did anything before it was late. */
function remindersOf(campaign: Campaign, callsAllowed: number): Finding[] {
  const eventDays = new Set(eventsOf(campaign).map((it) => dayOf(it.at, campaign)));
  const moments = new Set(
    [
      ...obligationNames.flatMap((it) => stepsOf(campaign, { moved: [] }, it)),
      // On the day of an event nobody is nudged besides.
      ...nudgesOf(campaign).filter((it) => !eventDays.has(dayOf(it.at, campaign))),
      ...eventsOf(campaign),
    ].map((it) => it.at.getTime()),
  );
  const byMonth = new Map<string, number>();
  for (const it of moments) {
    const month = dayOf(new Date(it), campaign).slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0) + 1);
  }
  const { length } = campaign.units;
  const most = `每个单位最多 ${moments.size} 次，${length} 个单位最多 ${moments.size * length} 条`;
  const limit = `每人每月不超过 ${campaign.reminders.mostPerMonth} 条，截止前最后一次除外`;
  const text = `${most}（什么都不报时；报了就不再提醒）；${limit}`;
  const [month = "", count = 0] = [...byMonth].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  if (count * length <= callsAllowed / 2) return [fine("提醒", text)];
  const busiest = `最多的 ${Number(month.slice(5))} 月有 ${count * length} 条，每条一次接口调用，而每月额度是 ${callsAllowed}`;
  const todo =
    "额度由全组织共用：请到开发者后台“资源管理”核对并填 DINGTALK_MONTHLY_API_CALLS，或在活动文件里减少提醒。";
  return [note("提醒", `${text}；${busiest}`, todo)];
}

function holidaysOf(campaign: Campaign): Finding[] {
  const steps = obligationNames.flatMap((it) => stepsOf(campaign, { moved: [] }, it));
  const days = [campaign.opensOn, campaign.period.end, ...steps.map((it) => dayOf(it.at, campaign))];
  const years = [...new Set(days.map((it) => Number(it.slice(0, 4))))].toSorted((a, b) => a - b);
  return years.map((year) => {
    if (knowsHolidays(year)) return fine("节假日", `${year} 年的节假日和调休都已知道`);
    const todo = "一般在上一年秋天公布；公布后请升级 chinese-days（npm update chinese-days），再自检一次。";
    return note("节假日", `${year} 年的节假日还没有公布，按周末算`, todo);
  });
}

function windowsText({ reminders }: Campaign): string {
  return reminders.windows.map((it) => `${it.from}–${it.until}`).join("、");
}

function unreachable({ units }: Campaign): Finding[] {
  const names = units.filter((it) => it.contacts.length === 0).map((it) => it.name);
  if (names.length === 0) return [];
  const shown = names.length > 5 ? `${names.slice(0, 5).join("、")}等` : names.join("、");
  const todo = "请在活动文件的 contacts 里给这些单位填一位联系人的 mobile 或 staffId。";
  return [note("联系人", `${names.length} 个单位没有填，登记联络员之前提醒不到：${shown}`, todo)];
}

function overOf(campaign: Campaign, now: Date): Finding[] {
  const last =
    reportingPeriods(campaign)
      .map((it) => it.due)
      .toSorted()
      .at(-1) ?? "";
  const ends = [last, campaign.obligations.summary.due].toSorted().at(-1) ?? "";
  if (dayOf(now, campaign) <= ends) return [];
  return [note("活动", `最后的截止日 ${ends} 已经过去`, "要办新的一年，请换一个活动文件（CAMPAIGN）。")];
}
