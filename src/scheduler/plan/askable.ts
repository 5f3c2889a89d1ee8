import { dayOf } from "../../campaign/calendar.ts";
import { type ObligationName, obligationNames } from "../../campaign/campaign.ts";
import { type Duty, owedOf } from "../../campaign/duty.ts";
import type { UnitRecord } from "../../campaign/unit-record.ts";
import type { Moment } from "./moment.ts";
import { beginOf, stepsOf } from "./steps.ts";

type At = Pick<Moment, "campaign" | "now">;

/** What a unit can be asked for: of a form that recurs, what its ladder has come to; nothing of what is on paper. */
export function askableOf(at: At, record: UnitRecord, obligation: ObligationName): Duty[] {
  if (record.onPaper !== null && obligation !== "nomination") return [];
  return owedOf(at, record, obligation).filter((it) => it.period === undefined || isBegun(at, record, it));
}

/** The day on which it is to be done has come, or the first step to it. */
function isBegun({ campaign, now }: At, { moved }: UnitRecord, { period, actOn }: Duty): boolean {
  if (period === undefined || actOn <= dayOf(now, campaign)) return true;
  const begin = beginOf(campaign, { period, moved }, "statistics");
  return begin !== null && begin <= now;
}

/** All that a unit owes whose reminders have begun; with `isAsked`, whose time has begun. The most urgent first. */
export function allAskableOf(at: At, record: UnitRecord, isAsked = false): Duty[] {
  const { campaign, now } = at;
  const hasBegun = (it: ObligationName) => {
    const [first] = stepsOf(campaign, record, it);
    if (first !== undefined && first.at <= now) return true;
    return isAsked && (it === "nomination" || record.period.start <= dayOf(now, campaign));
  };
  return mostUrgentFirst(obligationNames.filter(hasBegun).flatMap((it) => askableOf(at, record, it)));
}

export function mostUrgentFirst(duties: readonly Duty[]): Duty[] {
  const rank = (it: Duty) => `${it.isOverdue ? 0 : 1} ${it.due} ${it.dueTime}`;
  return duties.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

/** Of what is named twice, the later. */
export function withoutRepeats(duties: readonly Duty[]): Duty[] {
  const keyOf = (it: Duty) => `${it.unitId} ${it.obligation} ${it.period?.key ?? ""}`;
  return [...new Map(duties.map((it) => [keyOf(it), it])).values()];
}
