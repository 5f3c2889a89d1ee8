import { addDays, dayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { isRecurring, periodOn, type ReportingPeriod, reportingPeriods } from "../campaign/period.ts";
import { readDate } from "../reader/date.ts";
import { numeralAt } from "../reader/numeral.ts";
import type { Facts } from "./flow.ts";

/** Which period words behind a command name: 第2期, 上周, 6月8日. */

const wholeWords = /^(?:全部|全部期|所有|所有期|整月|全月|整个月|合计|总计)$/;
const numbered = /^第?([\d零一二两三四五六七八九十]{1,4})期$/;
const bareNumber = /^\d{1,3}$/;
const days = /^(?:(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?|\d{1,2}[日号])$/;
/** How many days back from today a day of the named period lies, or how many periods. */
const relative: Readonly<Record<string, { days: number } | { periods: number }>> = {
  本期: { periods: 0 },
  这期: { periods: 0 },
  这一期: { periods: 0 },
  上期: { periods: 1 },
  上一期: { periods: 1 },
  本周: { days: 0 },
  这周: { days: 0 },
  上周: { days: 7 },
  上个星期: { days: 7 },
  上星期: { days: 7 },
  今天: { days: 0 },
  今日: { days: 0 },
  昨天: { days: 1 },
  昨日: { days: 1 },
  前天: { days: 2 },
  明天: { days: -1 },
  下周: { days: -7 },
  下期: { periods: -1 },
};

/** What may follow a command that takes a period; in a campaign that has but one nothing may. */
export function isPeriodNamed(words: string, campaign: Campaign): boolean {
  return isRecurring(campaign) && (isOneNamed(words) || wholeWords.test(words));
}

export function isOneNamed(words: string): boolean {
  return numbered.test(words) || isBareNumber(words) || days.test(words) || Object.hasOwn(relative, words);
}

/** `预览 2` is of 第2期, for so the bot numbers them; the answer says that it took it so. */
export function isBareNumber(words: string): boolean {
  return bareNumber.test(words);
}

export type NamedPeriod = { kind: "one"; period: ReportingPeriod } | { kind: "whole" } | { kind: "none" };

/** The period that words name, of those that have begun. */
export function readPeriod(words: string, { campaign, now }: Pick<Facts, "campaign" | "now">): NamedPeriod {
  if (wholeWords.test(words)) return { kind: "whole" };
  const today = dayOf(now, campaign);
  const periods = reportingPeriods(campaign);
  const current = periodOn(periods, today);
  const found = (): ReportingPeriod | undefined => {
    const [, numeral = isBareNumber(words) ? words : undefined] = numbered.exec(words) ?? [];
    if (numeral !== undefined) return periods.find((it) => it.no === numeralAt(numeral, 0)?.value);
    const back = relative[words];
    if (back !== undefined && "periods" in back) return periods.find((it) => it.no === current.no - back.periods);
    if (back !== undefined) return periodOn(periods, addDays(today, -back.days));
    const day = readDate(words, { campaign, now });
    return day.kind === "date" ? periodOn(periods, day.date) : undefined;
  };
  const period = found();
  return period === undefined || period.start > today ? { kind: "none" } : { kind: "one", period };
}
