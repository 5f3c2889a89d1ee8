import { dayOf } from "../campaign/calendar.ts";
import { type DateContext, type DateMention, type Found, vague } from "./date-mention.ts";
import { rules } from "./date-rules.ts";
import { matchesOf } from "./matches.ts";
import type { Span } from "./span.ts";
import { plainText } from "./text.ts";

export type { DateContext, DateMention } from "./date-mention.ts";

/** 不含昨天的: the day is spoken of, but not as the day of these figures. */
const excluded = /(?:不含|不包括|除了?|不算|原定于?|原计划于?|本来定在?)$/;
/** 昨天报的: the day of the report. */
const ofReport =
  /^\s*(?:(?:我|我们|才|刚|已经?|所)?(?:上报|填报|报送|报|说|写|填|发)的|(?:我|我们)?(?:再|会|要|来)?(?:再报|再说|再补|补报(?!\d)|上报|报给|报您|统计|核实|确认|再发|再给|发给|给您))/;
/** 6月10号前后, 大概10号: about that day, which is no day. */
const aboutAfter = /^\s*(?:前后|左右|上下)/;
const aboutBefore = /(?:大概|大约|好像|可能|差不多|约)(?:是|在)?\s*$/;
const mayHaveDate =
  /[日号天晚早月周旬./-]|[去前]年|季度|半年|今年以来|年初|全年|星期|礼拜|端午|儿童节|最近|近期|前阵|前段|不久|这阵|[昨今明]儿|\d{8}/;

/** Every date in the text, in order; `isTaken` guards spans that are something else. */
export function findDates(plain: string, context: DateContext, isTaken: (at: number) => boolean): DateMention[] {
  if (!mayHaveDate.test(plain)) return [];
  const today = dayOf(context.now, context.campaign);
  const found: DateMention[] = [];
  for (const { needs, pattern, resolve } of rules) {
    if (!needs.test(plain)) continue;
    for (const match of matchesOf(pattern, plain)) {
      const start = match.index;
      const end = start + match[0].length;
      if (
        isTaken(start) ||
        isTaken(end - 1) ||
        excluded.test(plain.slice(Math.max(0, start - 4), start)) ||
        found.some((it) => start < it.end && it.start < end)
      )
        continue;
      if (ofReport.test(plain.slice(end, end + 8))) continue;
      const date = resolve(match.groups ?? {}, today, context);
      if (date === null) continue;
      const isAbout =
        date.kind === "day" &&
        (aboutAfter.test(plain.slice(end, end + 3)) || aboutBefore.test(plain.slice(Math.max(0, start - 5), start)));
      found.push(mentionOf({ start, end }, isAbout ? vague : date));
    }
  }
  return found.filter((it) => it.kind !== "vague" || !isSaidBeside(it, found)).sort((a, b) => a.start - b.start);
}

/** 6月24日端午假期, 月初（6月2日）: the day itself is said beside the vague word. */
function isSaidBeside(vague: DateMention, found: readonly DateMention[]): boolean {
  return found.some((it) => it.kind === "day" && it.start - vague.end < 5 && vague.start - it.end < 5);
}

function mentionOf({ start, end }: Span, { kind, date, dateFrom, isMonthAssumed }: Found): DateMention {
  return { start, end, kind, date, dateFrom, isMonthAssumed };
}

export type DateJudgement = "ok" | "outsidePeriod" | "future" | "ask";

/** A stated day must lie in the period and not after the message (design §5.3). */
export function judgeDate(mention: DateMention, context: DateContext): DateJudgement {
  const { start, end } = context.campaign.period;
  if (mention.kind === "impossible") return "outsidePeriod";
  if (mention.kind !== "day" || mention.date === null) return "ask";
  if (mention.date > end || mention.date < start)
    return mention.isMonthAssumed && mention.date < start ? "ask" : "outsidePeriod";
  if (mention.date > dayOf(context.now, context.campaign)) return "future";
  return mention.dateFrom !== null && mention.dateFrom < start ? "ask" : "ok";
}

/** What may stand around the date in an answer that is nothing but a date; anything more makes it a report. */
const besideDate =
  /^(?:[\s，,。.!！~～;；、]|是|在|于|就|大概|大约|好像|可能|应该|约|前后|左右|那天|当天|当日|的|了|吧|呢|啊|哦|嗯|上午|下午|中午|早上|晚上|办的?|开的?|做的?|搞的?|开展的?|举办的?|举行的?|日期)*$/;

/** An answer to a question about the date: `12号`, `6月5日至7日`, `昨天`, or a bare `12`. `none`: the text is more than a date. */
export function readDate(
  text: string,
  context: DateContext,
):
  | { kind: "date"; date: string; dateFrom: string | null }
  | { kind: "outsidePeriod" | "future" | "vague" | "none"; text: string } {
  const plain = plainText(text).trim();
  const bare = /^\d{1,2}$/.test(plain) ? `${plain}日` : plain;
  const mentions = findDates(bare, context, () => false).filter((it) => it.kind !== "whole");
  const only = mentions[0];
  const beside = mentions.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), bare);
  if (only === undefined || !besideDate.test(beside)) return { kind: "none", text };
  if (mentions.length > 1) return { kind: "vague", text };
  const judgement = judgeDate(only, context);
  if (judgement === "ok" && only.date !== null) return { kind: "date", date: only.date, dateFrom: only.dateFrom };
  return { kind: judgement === "outsidePeriod" || judgement === "future" ? judgement : "vague", text };
}
