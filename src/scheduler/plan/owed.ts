import { dayOf } from "../../campaign/calendar.ts";
import { type ObligationName, obligationNames } from "../../campaign/campaign.ts";
import { type Duty, dutyOf, isOwed } from "../../campaign/duty.ts";
import { actOnOf, isRecurring } from "../../campaign/period.ts";
import { allPeriodsOf, owesForm, type UnitRecord } from "../../campaign/unit-record.ts";
import type { Moment } from "./moment.ts";
import { stepsOf } from "./steps.ts";

type At = Pick<Moment, "campaign" | "now">;

/**
 * What a unit can be asked for of one obligation: of a form that recurs, what is due by the end of the day or was due
 * before. Nothing of what it said to have handed in on paper.
 */
export function owedOf(at: At, record: UnitRecord, obligation: ObligationName): Duty[] {
  const { campaign, now } = at;
  if (record.onPaper !== null && obligation !== "nomination") return [];
  if (obligation === "statistics" && isRecurring(campaign)) {
    const today = dayOf(now, campaign);
    return allPeriodsOf(record)
      .filter(({ period }) => period.start <= today && actOnOf(period) <= today)
      .filter(owesForm)
      .map((it) => dutyOf(at, it, obligation));
  }
  return isOwed(campaign, record, obligation) ? [dutyOf(at, record, obligation)] : [];
}

/** All that a unit owes whose reminders have begun; with `isAsked`, whose time has begun. The most urgent first. */
export function allOwedOf(at: At, record: UnitRecord, isAsked = false): Duty[] {
  const { campaign, now } = at;
  const hasBegun = (it: ObligationName) => {
    const [first] = stepsOf(campaign, record, it);
    if (first !== undefined && first.at <= now) return true;
    return isAsked && (it === "nomination" || record.period.start <= dayOf(now, campaign));
  };
  return mostUrgentFirst(obligationNames.filter(hasBegun).flatMap((it) => owedOf(at, record, it)));
}

export function mostUrgentFirst(duties: readonly Duty[]): Duty[] {
  const rank = (it: Duty) => `${it.isOverdue ? 0 : 1} ${it.due} ${it.dueTime}`;
  return duties.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
