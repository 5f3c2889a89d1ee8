import { clockOf, dayOf, type Zone } from "../campaign/calendar.ts";
import type { Measure } from "../campaign/campaign.ts";
import type { Consolidated } from "../campaign/consolidated.ts";
import type { ReportingPeriod } from "../campaign/period.ts";
import type { StatisticsState, Timeliness } from "../campaign/progress.ts";

/** How the sheets and the picture say things that are not data. */
export const notApplicableMark = "/";
export const blankLegend = "空白为未填，0 为零，“/”为不适用。";

export const statisticsWords: Readonly<Record<StatisticsState, string>> = {
  notStarted: "未开始",
  drafting: "填报中",
  submitted: "已提交",
  reopened: "提交后修改中",
  returned: "已退回",
  accepted: "已通过",
};

export function timelinessWord(timeliness: Timeliness, missing: string): string {
  switch (timeliness) {
    case "onTime":
      return "按时";
    case "late":
      return "逾期";
    case "missing":
      return missing;
    default:
      return timeliness satisfies never;
  }
}

/** `2023年7月1日` of a calendar day `2023-07-01`. */
export function dayText(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** `2023年7月1日 18:00` in the campaign's time zone. */
export function momentText(instant: Date, zone: Zone): string {
  return `${dayText(dayOf(instant, zone))} ${clockOf(instant, zone)}`;
}

/** `2023-07-01 18:00`: sorts as text. */
export function stampText(instant: Date, zone: Zone): string {
  return `${dayOf(instant, zone)} ${clockOf(instant, zone)}`;
}

/** A measure with its unit of counting, which many labels already end with. */
export function measureName({ label, unit }: Pick<Measure, "label" | "unit">): string {
  if (label === "") return `数量（${unit}）`;
  return label.includes(unit) ? label : `${label}（${unit}）`;
}

/** `…统计表` becomes `…汇总表`. */
export function consolidatedTitle(formTitle: string): string {
  return `${formTitle.replace(/(统计|汇总)?表$/, "")}汇总表`;
}

/** `（第2期 6月2日—6月8日）` behind a title where the form is owed again and again, else nothing. */
export function periodSuffix(period: Consolidated["period"]): string {
  if (period === undefined) return "";
  return `（${"whole" in period ? `全部${period.whole}期` : periodName(period)}）`;
}

export function periodName({ no, start, end }: ReportingPeriod): string {
  const short = (day: string) => dayText(day).replace(/^\d+年/, "");
  return `第${no}期 ${short(start)}${start === end ? "" : `—${short(end)}`}`;
}

/** How many units report, by the first submission of each (design §2, Timeliness). */
export interface Turnout {
  expected: number;
  reported: number;
  onTime: number;
  late: number;
  missing: number;
}

export function turnoutOf({ units }: Consolidated): Turnout {
  const count = (timeliness: Timeliness) => units.filter((it) => it.timeliness === timeliness).length;
  const [onTime, late, missing] = [count("onTime"), count("late"), count("missing")];
  return { expected: units.length, reported: onTime + late, onTime, late, missing };
}

/** 口径: what was counted, of when, and from how many. */
export function basisText({ basis }: Pick<Consolidated, "basis">): string {
  switch (basis) {
    case "submitted":
      return "各单位最后一次提交的版本";
    case "withDrafts":
      return "各单位最新数据，含填报中未提交的";
    default:
      return basis satisfies never;
  }
}

export function basisLine(table: Consolidated, zone: Zone): string {
  const { expected, reported, missing } = turnoutOf(table);
  const asOf = momentText(new Date(table.asOf), zone);
  const isWhole = table.period !== undefined && "whole" in table.period;
  const turnout = isWhole
    ? `应报${expected} 各期报齐${reported} 有缺报${missing}`
    : `应报${expected} 已报${reported} 未报${missing}`;
  return `口径：${basisText(table)}；截至 ${asOf}；${turnout}`;
}
