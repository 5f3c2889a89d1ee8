import { isRecurring, periodOn, reportingPeriods } from "../campaign/period.ts";
import type { Reading } from "../reader/reading.ts";
import { lastCorrectableOf } from "./by-period.ts";
import type { Turn } from "./flow.ts";
import type { Draft } from "./recording.ts";

const correcting = /不对|更正|应为|应该是|改成|改为|改到/;
/** 不是6月6日是6月7日 names the wrong day, too. */
const contrasting = /不是/;
const days = /\d{1,2}[日号]|\d{1,2}[./]\d{1,2}/g;

/**
 * `不对，专题学习是6月6日的`: the row's last report was of another day. Asking for its figures anew would count it twice,
 * once in each period; where there is only one period its day changes nothing that is counted.
 */
export function correctionOfDay(
  turn: Turn<"own">,
  { entries, questions, rejections, restZero }: Reading,
): Draft | null {
  const { campaign, own } = turn.facts;
  const [asked, ...others] = questions;
  const isAlone = entries.length + rejections.length + others.length === 0 && !restZero;
  if (!isRecurring(campaign) || !isAlone || asked === undefined) return null;
  const { indicatorId, measureId, date, isDateStated, isVague } = asked;
  const isOfDay = correcting.test(turn.words) && !contrasting.test(turn.words) && turn.words.match(days)?.length === 1;
  if (!isOfDay || !isDateStated || isVague || date === null || indicatorId === null || measureId === null) return null;
  const corrected = lastCorrectableOf(own, indicatorId);
  // A total is of its period, and of no day.
  if (corrected?.mode !== "add") return null;
  const period = periodOn(reportingPeriods(campaign), date).key;
  const said = { indicatorId, figures: {}, isNotApplicable: false, date, dateFrom: null };
  return { ...said, mode: "fix", fixes: corrected.no, period };
}
