import type { Campaign } from "../campaign/campaign.ts";
import { dayOf, daysBetween, plusDays, weekdayOf, yearOf } from "./calendar.ts";
import { numeralAt } from "./numeral.ts";

export interface DateContext {
  campaign: Pick<Campaign, "timezone" | "period">;
  now: Date;
}

/**
 * Words that say when. `day`: a day, or a range whose last day is `date`; `impossible`: a day no calendar has; `vague`:
 * 月初, 前几天; `whole`: the month as such, which dates nothing.
 */
export interface DateMention {
  start: number;
  end: number;
  kind: "day" | "impossible" | "vague" | "whole";
  date: string | null;
  dateFrom: string | null;
  /** A day without its month, which is taken from the message's own time. */
  isMonthAssumed: boolean;
}

export type Found = Omit<DateMention, "start" | "end">;
interface Rule {
  /** What a text has that the pattern can match at all. */
  needs: RegExp;
  pattern: RegExp;
  resolve: (groups: Record<string, string | undefined>, today: string, context: DateContext) => Found | null;
}

const D =
  "(?:[12]\\d|3[01]|0?[1-9]|[一二两]?十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九])";
const M = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])";
/** Chinese numerals up to ten, for sets of characters. */
const n = "一二三四五六七八九十";
const join = "\\s*(?:至|到|-|~|、|和|及|与)\\s*";
/** What follows a number that counts something, so that `6月5场` is five sessions in June. */
const counted = "\\s*(?:[场次期回人名位个处件项条起例份篇座幢栋户家]|万|千|百|%)";

export const rules: readonly Rule[] = [
  rule(
    /\d{8}/,
    "\\d",
    `(?<!\\d)(?<y>(?:19|20)\\d\\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])(?!\\d|${counted})`,
    absolute,
  ),
  rule(
    /\d{4}[./-]/,
    "\\d",
    `(?<!\\d)(?<y>(?:19|20)\\d\\d)[./-](?<m>1[0-2]|0?[1-9])[./-](?<d>[12]\\d|3[01]|0?[1-9])(?!\\d)`,
    absolute,
  ),
  rule(
    /月/,
    `\\s\\d${n}`,
    `(?:(?<y>(?:19|20)\\d\\d)年)?\\s*(?<!\\d)(?<m>${M})\\s*月份?\\s*(?:(?<d>${D})[日号]?${join}(?:(?<m2>${M})月)?(?<d2>${D})[日号]|(?<d3>${D})(?:[日号]|(?!\\d|\\.|${counted})))`,
    absolute,
  ),
  rule(
    /\d[./]\d/,
    "\\d",
    `(?<![\\d./·:-])(?<m>1[0-2]|0?[1-9])(?<dot>[./])(?<d>[12]\\d|3[01]|0[1-9]|[1-9])[日号]?(?:\\s*(?:-|~|至|到)\\s*(?:(?<m2>1[0-2]|0?[1-9])\\k<dot>)?(?<d2>[12]\\d|3[01]|0?[1-9])[日号]?)?(?![\\d./·:]|${counted})`,
    plausible,
  ),
  rule(
    /\d-\d/,
    "\\d",
    `(?<=^|[\\s，,。；;])(?<m>[1-9]|1[0-2])-(?<d>[12]\\d|3[01]|[1-9])(?=\\s*[一-龥])(?![行项]|${counted})`,
    plausible,
  ),
  rule(
    /\d-\d/,
    "\\d",
    `(?<![\\d./·:-])(?<m>0[1-9]|1[0-2])-(?<d>0[1-9]|[12]\\d|3[01])(?![\\d./·:-]|${counted})`,
    plausible,
  ),
  rule(
    /[日号]/,
    `\\d两廿${n}`,
    `(?<![第路街道巷弄村幢栋\\d.])(?<d>${D})[日号]?(?:至|到|-|~|、|和|及)(?<d2>${D})[日号](?!之?内|[楼线桥门院路文仓井泵站库船机车令厅馆会罐储厂地标窗码岸人])`,
    dayOfMonth,
  ),
  rule(
    /[日号]/,
    `\\d两廿${n}`,
    `(?<![第路街道巷弄村幢栋\\d.几])(?<d>${D})[日号](?!之?内|[楼线桥门院路文仓井泵站库船机车令厅馆会罐储厂地标窗码岸人\\d])`,
    dayOfMonth,
  ),
  rule(
    /[昨今明]|[前后][天日晚早]/,
    "大前昨今明后",
    "(?<rel>大前|大后|前|昨|今|明|后)(?:天|日|晚|早(?!已))(?!然)|(?<rel2>昨儿|今儿|明儿)个?",
    relative,
  ),
  rule(
    /周|星期|礼拜/,
    "上本这下个周星礼",
    "(?<!每)(?<wk>上上|上|本|这|下)?个?(?:周|星期|礼拜)(?<w>[一二三四五六日天1-6])(?:至|到|-|~)(?:周|星期|礼拜)?(?<w2>[一二三四五六日天1-7])(?!次|场|期|回)",
    weekday,
  ),
  rule(
    /周|星期|礼拜/,
    "上本这下个周星礼",
    "(?<!每)(?<wk>上上|上|本|这|下)?个?(?:周|星期|礼拜)(?<w>[一二三四五六日天1-6])(?!次|场|期|回|个|年|人|名)",
    weekday,
  ),
  rule(/周|星期|礼拜/, "本这", "(?:本|这)个?(?:周|星期|礼拜)(?![末初])", () => whole),
  rule(
    /[月旬周前近日节最阵天季年端]|星期|礼拜/,
    `本这上中下个周前不近端儿最日有某那今年全去月\\d${n}`,
    "(?:本|这个|上个?|\\d{1,2}|[一二三四五六七八九十]{1,2})?月(?:初|中旬?|底|末|上旬|下旬)|(?<=[ ,，]|^)[上中下]旬|上上?个?(?:周|星期|礼拜)末?|(?:本|这|上)?个?周[末初]|前[几两]天|前些天|前一?阵子?|前段时间|前不久|不久前|近日|近期|近几天|这[几两]天|端午节?|儿童节|最近|日前|这阵子|有一天|某天|那天|[一二三四1-4]季度|[上下]半年|今年以来|年初以来|全年|去年以来",
    () => vague,
  ),
  rule(
    /月|[去前]年/,
    `本这当全整上下去前\\d${n}`,
    "(?:(?<y>(?:19|20)\\d\\d)年)?(?<![\\d个一二三四五六七八九十])(?<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?|(?<rel>本月|这个?月|当月|全月|整个?月|上个?月|下个?月)份?|(?<past>去年|前年)",
    wholeMonth,
  ),
];

/** @param first the characters that a match may begin with: where there is none of them, nothing else is looked at */
function rule(needs: RegExp, first: string, source: string, resolve: Rule["resolve"]): Rule {
  return { needs, pattern: new RegExp(`(?=[${first}])(?:${source})`, "g"), resolve };
}

function day(date: string, dateFrom: string | null = null, isMonthAssumed = false): Found {
  return { kind: "day", date, dateFrom: dateFrom === date ? null : dateFrom, isMonthAssumed };
}

export const vague: Found = { kind: "vague", date: null, dateFrom: null, isMonthAssumed: false };
const whole: Found = { kind: "whole", date: null, dateFrom: null, isMonthAssumed: false };
const impossible: Found = { kind: "impossible", date: null, dateFrom: null, isMonthAssumed: false };

function count(text: string | undefined): number {
  return text === undefined ? Number.NaN : (numeralAt(text, 0)?.value ?? Number.NaN);
}

function absolute(groups: Record<string, string | undefined>, today: string): Found {
  const [month, firstDay] = [count(groups.m), count(groups.d ?? groups.d3)];
  const year = groups.y === undefined ? nearestYear(month, firstDay, today) : Number(groups.y);
  const start = dayOf(year, month, firstDay);
  if (groups.d2 === undefined) return start === null ? impossible : day(start);
  const last = dayOf(year, count(groups.m2 ?? groups.m), count(groups.d2));
  return start === null || last === null || last < start ? impossible : day(last, start);
}

/** A day named without its year lies in the last half year or the next. */
function nearestYear(month: number, day: number, today: string): number {
  const year = yearOf(today);
  const date = dayOf(year, month, day);
  if (date === null) return year;
  const days = daysBetween(today, date);
  return days > 183 ? year - 1 : days < -183 ? year + 1 : year;
}

/** `6.16` is a date only near the campaign's period; `1.5` elsewhere is a number. */
function plausible(groups: Record<string, string | undefined>, today: string, { campaign }: DateContext): Found | null {
  const found = absolute(groups, today);
  if (found.date === null) return null;
  const isNear =
    daysBetween(campaign.period.start, found.date) >= -45 && daysBetween(campaign.period.end, found.date) <= 45;
  return isNear ? found : null;
}

/** The latest such day that is not after the message; months without it (31号) are skipped. */
function dayOfMonth(groups: Record<string, string | undefined>, today: string): Found | null {
  const last = count(groups.d2 ?? groups.d);
  const first = groups.d2 === undefined ? null : count(groups.d);
  if (first !== null && first >= last) return null;
  for (let back = 0; back < 3; back++) {
    const month = Number(today.slice(5, 7)) - back;
    const year = yearOf(today) - (month < 1 ? 1 : 0);
    const date = dayOf(year, month < 1 ? month + 12 : month, last);
    if (date === null || date > today) continue;
    return day(date, first === null ? null : plusDays(date, first - last), true);
  }
  return impossible;
}

/** A month as such dates nothing, but one that lies outside the period is as wrong as a day would be. */
function wholeMonth(groups: Record<string, string | undefined>, today: string, { campaign }: DateContext): Found {
  const month = groups.m ? count(groups.m) : Number(today.slice(5, 7)) + (/^上/.test(groups.rel ?? "") ? -1 : 0);
  const year = groups.y ? Number(groups.y) : yearOf(today);
  const first = dayOf(year, month < 1 ? 12 : month, 1);
  const { start, end } = campaign.period;
  const touches = first !== null && first <= end && first.slice(0, 7) >= start.slice(0, 7);
  // 本月 right after the period still speaks of it
  const isOutside = groups.past !== undefined || (!touches && !/^[本这当全整下]/.test(groups.rel ?? ""));
  return isOutside ? impossible : whole;
}

const daysFrom: Record<string, number> = {
  大前: -3,
  前: -2,
  昨: -1,
  昨儿: -1,
  今: 0,
  今儿: 0,
  明: 1,
  明儿: 1,
  后: 2,
  大后: 3,
};

function relative(groups: Record<string, string | undefined>, today: string): Found | null {
  const days = daysFrom[groups.rel ?? groups.rel2 ?? ""];
  return days === undefined ? null : day(plusDays(today, days));
}

function weekday(groups: Record<string, string | undefined>, today: string): Found {
  const number = (it: string | undefined) => (it === "日" || it === "天" ? 7 : count(it));
  const monday = plusDays(today, 1 - weekdayOf(today));
  const week = { 上上: -14, 上: -7, 下: 7 }[groups.wk ?? ""] ?? 0;
  const onWeekday = (it: string | undefined) => plusDays(monday, week + number(it) - 1);
  let date = onWeekday(groups.w2 ?? groups.w);
  let from = onWeekday(groups.w);
  if (groups.wk === undefined && date > today) {
    date = plusDays(date, -7);
    from = plusDays(from, -7);
  }
  return day(date, from > date ? plusDays(from, -7) : from);
}
