import { dayOf } from "../campaign/calendar.ts";
import { askedOf, type Duty, dutyOf, lacksStamped } from "../campaign/duty.ts";
import { owes, unitProgress } from "../campaign/progress.ts";
import { allPeriodsOf, owesForm, type UnitRecord } from "../campaign/unit-record.ts";
import type { Facts } from "./flow.ts";

/** What a unit owes now, and whom that can be asked of; nobody where no liaison or contact is known to DingTalk. */
export interface Owing {
  record: UnitRecord;
  duties: Duty[];
  people: readonly string[];
}

/** First somebody who can report; their form and summary once the period that they report on has begun. */
export function owingOf(facts: Facts, record: UnitRecord): Owing[] {
  const { campaign, now } = facts;
  const progress = unitProgress(campaign, record);
  const duties = owes(progress, "nomination")
    ? [dutyOf(facts, record, "nomination")]
    : dayOf(now, campaign) < campaign.period.start
      ? []
      : [
          ...begunOwed(facts, record).map((it) => dutyOf(facts, it, "statistics")),
          ...(owes(progress, "summary") ? [dutyOf(facts, record, "summary")] : []),
        ];
  return duties.length === 0 ? [] : [{ record, duties, people: askedOf(record) }];
}

/** The unit in each period that has begun and whose form, or its stamped copy, it owes. */
function begunOwed({ campaign, now }: Facts, record: UnitRecord): UnitRecord[] {
  const today = dayOf(now, campaign);
  return allPeriodsOf(record).filter((it) => it.period.start <= today && (owesForm(it) || lacksStamped(campaign, it)));
}
