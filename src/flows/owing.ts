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

/** It said that it handed in on paper: only who is to be its liaison is asked for still. */
export function isStilled({ record, duties }: Owing): boolean {
  return record.onPaper !== null && duties.every((it) => it.obligation !== "nomination");
}

/** First somebody who can report; their form and summary once the period that they report on has begun. */
export function owingOf(facts: Facts, record: UnitRecord): Owing[] {
  const all = allOwed(facts, record);
  const first = all.filter((it) => it.obligation === "nomination");
  const duties = first.length === 0 ? all : first;
  return duties.length === 0 ? [] : [{ record, duties, people: askedOf(record) }];
}

/** What can be asked of a person: as the liaison, as a contact or as a deputy. */
export function askedOfPerson(facts: Facts<"all">, staffId: string): Owing[] {
  return facts.all.flatMap((record) => (mayBeAsked(record, staffId) ? owingOf(facts, record) : []));
}

/** Contacts and deputies too, whose turn comes where the liaison does not read. */
function mayBeAsked(record: UnitRecord, staffId: string): boolean {
  return (
    record.nominations.some((it) => it.staffId === staffId && it.status === "approved") ||
    record.contactIds.includes(staffId) ||
    record.deputies.some((it) => it.staffId === staffId)
  );
}

/** Everything, whether or not anybody could hand it in yet. */
export function allOwed(facts: Facts, record: UnitRecord): Duty[] {
  const { campaign, now } = facts;
  const progress = unitProgress(campaign, record);
  const hasBegun = dayOf(now, campaign) >= campaign.period.start;
  return [
    ...(owes(progress, "nomination") ? [dutyOf(facts, record, "nomination")] : []),
    ...begunOwed(facts, record).map((it) => dutyOf(facts, it, "statistics")),
    ...(hasBegun && owes(progress, "summary") ? [dutyOf(facts, record, "summary")] : []),
  ];
}

/** The unit in each period that has begun and whose form, or its stamped copy, it owes. */
function begunOwed({ campaign, now }: Facts, record: UnitRecord): UnitRecord[] {
  const today = dayOf(now, campaign);
  return allPeriodsOf(record).filter((it) => it.period.start <= today && (owesForm(it) || lacksStamped(campaign, it)));
}
