import { addDays, dayOf, instantAt, weekdayOf, workdayAfter, type Zone } from "../campaign/calendar.ts";
import { numeralAt } from "./numeral.ts";
import { plainText } from "./text.ts";

/** When somebody wants to be reminded: 明天提醒, 今天17点提醒, 后天上午提醒我, 周五提醒, 半小时后提醒. */

const count = "(?:\\d{1,3}|[零一二两三四五六七八九十]{1,3})";
const relative = new RegExp(
  `^过?(?:(?<half>半个?(?:小时|钟头))|(?<quarter>一刻钟)|(?<hours>${count})个?(?<andHalf>半)?个?(?:小时|钟头)|(?<minutes>${count})分钟?)(?:之|以)?后?再?$`,
);
const day =
  "(?<day>今天|今日|今儿|今|明天|明日|明儿|明|大后天|后天|后日|下个?工作日|(?<week>下下|下个?|本|这个?)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天1-7])|下周|下星期|下礼拜|(?<inDays>\\d{1,2}|[一二两三四五六七八九十]{1,2})天(?:之|以)?后|(?:(?<month>\\d{1,2})[月.](?:份)?)?(?<date>\\d{1,2})[日号]|(?<slashMonth>\\d{1,2})[./-](?<slashDate>\\d{1,2}))";
const part = "(?<part>早上|早晨|清早|一早|上午|中午|午后|下午|傍晚|晚上|夜里|下班前|早|晚)";
const clock = `(?:(?<hour>${count})(?:[:：](?<clockMinute>\\d{2})|[点时](?:(?<spoken>半|一刻|三刻|整|钟)|(?<minute>${count})分?)?))`;
const absolute = new RegExp(`^(?:在|到|等)?${day}?的?${part}?的?${clock}?(?:的时候|左右)?再?$`);

const please = "(?:请|麻烦您?|帮我|帮忙|那就|那|就|好的?|可以|还是|改到|改成|改为|推迟到|等到)";
const me = "(?:一下)?(?:我们?|俺|咱们?)?(?:一下|一声)?(?:吧|哦|啊|呀|好吗|可以吗|行吗|谢谢|[,，]谢谢)*";
const before = new RegExp(`^${please}*[,，]?(?<when>.+?)(?:请|麻烦您?)?(?:再)?提醒${me}$`);
const behind = new RegExp(`^${please}*(?:再)?提醒${me}(?<when>.+)$`);

type Groups = Record<string, string | undefined>;

/** Whether the text asks for a reminder at some time, and says nothing else. */
export function asksForReminder(text: string): boolean {
  return matched(text) !== null;
}

export interface RemindAt {
  at: Date;
  /** The clock time was said, not taken for granted. */
  isExact: boolean;
}

/** `null`: it asks for no reminder, or for one at a time that there is none of. */
export function readRemindAt(text: string, { now, zone }: { now: Date; zone: Zone }): RemindAt | null {
  const found = matched(text);
  if (found === null) return null;
  if (found.kind === "after") return { at: wholeMinute(now.getTime() + found.minutes * minuteMs), isExact: true };
  const { groups } = found;
  const said = clockSaid(groups);
  const today = dayOf(now, zone);
  const isPast = (date: string) => instantAt(date, said ?? usualClock(groups), zone) <= now;
  const date = dayMeant(groups, today, isPast);
  if (!dayExists(date)) return null;
  return { at: instantAt(date, said ?? usualClock(groups), zone), isExact: said !== null };
}

const minuteMs = 60_000;

function wholeMinute(time: number): Date {
  return new Date(time - (time % minuteMs));
}

function matched(text: string): { kind: "after"; minutes: number } | { kind: "on"; groups: Groups } | null {
  const said = plainText(text)
    .replace(/\s+/g, "")
    .replace(/[。.!！~～?？]+$/, "");
  if (said.length > 40) return null;
  const when = before.exec(said)?.groups?.when ?? behind.exec(said)?.groups?.when;
  if (when === undefined) return null;
  const after = relative.exec(when)?.groups;
  if (after !== undefined) {
    const minutes = minutesOf(after);
    return minutes === null ? null : { kind: "after", minutes };
  }
  const groups: Groups | undefined = absolute.exec(when)?.groups;
  if (groups === undefined || (groups.day ?? groups.part ?? groups.hour) === undefined) return null;
  // A clock that there is none of: 25点.
  return groups.hour !== undefined && clockSaid(groups) === null ? null : { kind: "on", groups };
}

function minutesOf({ half, quarter, hours, andHalf, minutes }: Groups): number | null {
  if (half !== undefined) return 30;
  if (quarter !== undefined) return 15;
  if (hours !== undefined) return positive(numberIn(hours) * 60 + (andHalf === undefined ? 0 : 30));
  return positive(numberIn(minutes ?? ""));
}

function positive(minutes: number): number | null {
  return minutes > 0 ? minutes : null;
}

function numberIn(numeral: string): number {
  return numeralAt(numeral, 0)?.value ?? Number.NaN;
}

/** `HH:MM`; an hour without 上午 or 下午 is meant in working time: 3点 is 15:00, 9点 is 09:00. */
function clockSaid({ hour, clockMinute, spoken, minute, part }: Groups): string | null {
  if (hour === undefined) return null;
  const said = numberIn(hour);
  const minutes = clockMinute !== undefined ? Number(clockMinute) : minute !== undefined ? numberIn(minute) : 0;
  const past = spoken === "半" ? 30 : spoken === "一刻" ? 15 : spoken === "三刻" ? 45 : minutes;
  const isEarly = part !== undefined && /早|上午/.test(part);
  const isLate = part !== undefined && /午后|下午|傍晚|晚|夜|下班/.test(part);
  const isNoon = part === "中午" && said < 3;
  const isBareAfternoon = part === undefined && said >= 1 && said <= 6;
  if (said === 12 && /晚|夜/.test(part ?? "")) return "23:59";
  const hours = said < 12 && (isLate || isNoon || isBareAfternoon) && !isEarly ? said + 12 : said;
  if (!(hours >= 0 && hours < 24 && past >= 0 && past < 60)) return null;
  return `${String(hours).padStart(2, "0")}:${String(past).padStart(2, "0")}`;
}

/** Where only a day, or a part of it, is said. */
function usualClock({ day: said, part: of }: Groups): string {
  if (of === undefined) return said !== undefined && /^今/.test(said) ? "17:00" : "09:00";
  if (/早|上午/.test(of)) return "09:00";
  if (of === "中午") return "12:00";
  if (/晚|夜/.test(of)) return of === "傍晚" ? "17:30" : "19:00";
  return of === "下班前" ? "17:00" : "14:30";
}

function dayMeant(groups: Groups, today: string, isPast: (day: string) => boolean): string {
  const { day: said, week, weekday, inDays } = groups;
  if (said === undefined || /^今/.test(said)) return today;
  if (/^明/.test(said)) return addDays(today, 1);
  if (said === "大后天") return addDays(today, 3);
  if (/^后/.test(said)) return addDays(today, 2);
  if (/工作日/.test(said)) return workdayAfter(today, 1);
  if (inDays !== undefined) return addDays(today, numberIn(inDays));
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  if (weekday !== undefined) {
    const number = /[日天7]/.test(weekday) ? 6 : numberIn(weekday) - 1;
    const inThisWeek = addDays(monday, number);
    if (week?.startsWith("下下")) return addDays(inThisWeek, 14);
    if (week?.startsWith("下")) return addDays(inThisWeek, 7);
    return week === undefined && isPast(inThisWeek) ? addDays(inThisWeek, 7) : inThisWeek;
  }
  if (/^下/.test(said)) return addDays(monday, 7);
  return dateMeant(groups, today, isPast);
}

/** A day without a month is the next such day; with one it is of this year. */
function dateMeant(
  { month, date, slashMonth, slashDate }: Groups,
  today: string,
  isPast: (day: string) => boolean,
): string {
  const two = (number: string | undefined) => String(number).padStart(2, "0");
  const year = today.slice(0, 4);
  if (slashMonth !== undefined) return `${year}-${two(slashMonth)}-${two(slashDate)}`;
  if (month !== undefined) return `${year}-${two(month)}-${two(date)}`;
  const inThisMonth = `${today.slice(0, 7)}-${two(date)}`;
  if (dayExists(inThisMonth) && !isPast(inThisMonth)) return inThisMonth;
  const firstOfNext = addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7);
  return `${firstOfNext}-${two(date)}`;
}

function dayExists(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const instant = new Date(Date.UTC(year, month - 1, date));
  return instant.getUTCMonth() === month - 1 && instant.getUTCDate() === date;
}
