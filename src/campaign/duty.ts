import { dayOf } from "./calendar.ts";
import { type Campaign, calledOf, type ObligationName } from "./campaign.ts";
import { deadlineFor } from "./deadline.ts";
import { latestDocument } from "./document.ts";
import { pending } from "./nomination.ts";
import { actOnOf, deadlineOf, isRecurring, type ReportingPeriod } from "./period.ts";
import { owes, type StatisticsState, unitProgress } from "./progress.ts";
import { allPeriodsOf, liaisonOfRecord, owesForm, type UnitRecord } from "./unit-record.ts";

/** One obligation that a unit owes, with all that a reminder of it says. Plain data: it waits in the outbox as JSON. */
export interface Duty {
  obligation: ObligationName;
  /** Of a form that is owed again and again. */
  period?: ReportingPeriod;
  unitId: string;
  unit: string;
  /** The unit's shortest unambiguous name, for commands. */
  called: string;
  liaison: string | null;
  /** DingTalk knows the liaison. */
  isReachable: boolean;
  /** Its nomination waits for the managers: that is theirs to move, not the unit's. */
  isWaiting: boolean;
  /** Of the statistics form. */
  state: StatisticsState;
  openRows: number[];
  /** It was submitted, and only the stamped copy is missing. */
  lacksStamped: boolean;
  /** Why the form was returned. */
  reason: string | null;
  /** The rows it was returned for; none: as a whole. */
  returnedRows: number[];
  due: string;
  dueTime: string;
  actOn: string;
  isOverdue: boolean;
}

export function dutyOf(
  { campaign, now }: { campaign: Campaign; now: Date },
  record: UnitRecord,
  obligation: ObligationName,
): Duty {
  const { unit, nominations, submission } = record;
  const { due, dueTime } = deadlineFor(campaign, record, obligation);
  const { state, openRows } = unitProgress(campaign, record).statistics;
  return {
    obligation,
    ...(obligation === "statistics" && isRecurring(campaign) && { period: record.period }),
    unitId: unit.id,
    unit: unit.name,
    called: calledOf(unit),
    liaison: liaisonOfRecord(record)?.name ?? null,
    isReachable: (liaisonOfRecord(record)?.staffId ?? null) !== null,
    isWaiting: obligation === "nomination" && pending(nominations).length > 0,
    state,
    openRows,
    lacksStamped: obligation === "statistics" && lacksStamped(campaign, record),
    reason: submission.returned?.reason ?? null,
    returnedRows: [...(submission.returned?.rows ?? [])],
    due,
    dueTime,
    actOn: actOnOf({ due }),
    isOverdue: now > deadlineOf(campaign, { due, dueTime }),
  };
}

/** Whether a unit owes it in a record's period, whenever it is due: the form, else only its stamped copy. */
export function isOwed(campaign: Campaign, record: UnitRecord, obligation: ObligationName): boolean {
  if (obligation === "statistics") return owesForm(record) || lacksStamped(campaign, record);
  return owes(unitProgress(campaign, record), obligation);
}

/** What a unit owes of one obligation; of a form that recurs, for each period that has begun. */
export function owedOf(at: { campaign: Campaign; now: Date }, record: UnitRecord, obligation: ObligationName): Duty[] {
  const { campaign, now } = at;
  const today = dayOf(now, campaign);
  const isOwedAgain = obligation === "statistics" && isRecurring(campaign);
  const places = isOwedAgain ? allPeriodsOf(record).filter(({ period }) => period.start <= today) : [record];
  return places.filter((it) => isOwed(campaign, it, obligation)).map((it) => dutyOf(at, it, obligation));
}

/** The stamped copy is of the whole campaign's form: of one that recurs, nobody is asked for a stack of them. */
export function lacksStamped(campaign: Campaign, record: UnitRecord): boolean {
  const { statistics } = campaign.obligations;
  if (statistics.stamped !== true || isRecurring(campaign) || owesForm(record)) return false;
  return latestDocument(record.documents, "stamped") === undefined;
}

/** Who can be asked for what a unit owes: its liaison, else its contacts; nobody where DingTalk knows none of them. */
export function askedOf(record: UnitRecord): string[] {
  const staffId = liaisonOfRecord(record)?.staffId ?? null;
  return staffId === null ? [...new Set(record.contactIds)] : [staffId];
}
