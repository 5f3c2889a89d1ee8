import { dayOf, instantAt, isWorkday, workdayAfter, workdayBefore } from "../campaign/calendar.ts";
import { type Campaign, type ObligationName, obligationNames } from "../campaign/campaign.ts";
import { askedOf, type Duty, dutyOf } from "../campaign/duty.ts";
import { actOnOf, deadlineOf, isRecurring, type ReportingPeriod, reportingPeriods } from "../campaign/period.ts";
import { owes, unitProgress } from "../campaign/progress.ts";
import type { PersonalReminder } from "../campaign/reminder.ts";
import { allPeriodsOf, liaisonOfRecord, owesForm, type UnitRecord } from "../campaign/unit-record.ts";

/** Working days before `actOn` on which a reminder goes out in the morning; on `actOn` itself also in the afternoon. */
const workdaysAhead = [5, 3, 1];
const morning = "09:00";
const afternoon = "15:00";
const overdueSteps = 5;

const minuteMs = 60_000;
/** A program that was down over the deadline still publishes when it comes back within this time. */
const publishWithinMs = 3 * 24 * 60 * minuteMs;

export interface Moment {
  campaign: Campaign;
  records: readonly UnitRecord[];
  /** Up to when the last tick looked; `null` at the very first. */
  lookedAt: Date | null;
  now: Date;
}

export interface Planned {
  reminders: PlannedReminder[];
  /** The deadline lies in this tick, or not long before it: the table is due unless it is out already. */
  publishAtDeadline: boolean;
  /** The deadline lies in this very tick. */
  isDeadline: boolean;
  /** Whose deadline it is: after a long stop only the latest of several. */
  period: ReportingPeriod;
}

/**
 * Everything that some people are to hear at one slot. Several people share one plan where they are asked for the same
 * unit's obligation, for that slot can be claimed only once.
 */
export interface PlannedReminder {
  key: string;
  slotAt: Date;
  slots: { obligation: ObligationName; unitId: string }[];
  replies: PlannedReply[];
}

export interface PlannedReply {
  to: { kind: "person"; staffId: string } | { kind: "managers" };
  content: { kind: "say"; say: ReminderSay };
}

type ReminderSay = { tag: "reminder"; data: PersonalReminder } | { tag: "reminderForManagers"; data: ReminderData };

interface ReminderData {
  day: string;
  duties: Duty[];
}

/** A duty and whoever can be asked for it; nobody means the managers. */
interface Asked {
  duty: Duty;
  people: readonly string[];
}

/**
 * What is due in `(lookedAt, now]`. Of several slots of one obligation only the latest counts, and none of another day
 * than `now`: after a long stop nobody is sent what should have come yesterday.
 */
export function plan(moment: Moment): Planned {
  const { campaign, now } = moment;
  const period = lastDue(campaign, now);
  const deadline = deadlineOf(campaign, period);
  const from = moment.lookedAt ?? new Date(now.getTime() - minuteMs);
  const isDeadline = from < deadline && deadline <= now;
  const sinceDeadlineMs = now.getTime() - deadline.getTime();
  return {
    reminders: dueSlots(moment, from).flatMap(({ slotAt, obligations }) => remindersAt(moment, slotAt, obligations)),
    publishAtDeadline: isDeadline || (sinceDeadlineMs >= 0 && sinceDeadlineMs < publishWithinMs),
    isDeadline,
    period,
  };
}

/** The period whose deadline has passed last, else the first. */
function lastDue(campaign: Campaign, now: Date): ReportingPeriod {
  const periods = reportingPeriods(campaign);
  const found = periods.findLast((it) => deadlineOf(campaign, it) <= now) ?? periods[0];
  if (found === undefined) throw new RangeError("an obligation without a period");
  return found;
}

/** The next instant after `after` at which anything may be due: for clocks that jump. */
export function nextMoment(campaign: Campaign, after: Date): Date | null {
  const deadlines = reportingPeriods(campaign).map((it) => deadlineOf(campaign, it));
  const moments = [...obligationNames.flatMap((it) => ladder(campaign, it)), ...deadlines];
  return moments.filter((it) => it > after).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** All slots of an obligation, in order; those before the campaign opens are dropped (design §5.2). */
export function ladder(campaign: Campaign, obligation: ObligationName): Date[] {
  if (obligation === "statistics" && isRecurring(campaign)) return shortLadders(campaign);
  const due = obligation === "statistics" ? lastDue(campaign, new Date(0)) : campaign.obligations[obligation];
  const lastDay = actOnOf(due);
  const ahead = workdaysAhead.map((count) => instantAt(workdayBefore(lastDay, count), morning, campaign));
  const onTheDay = [morning, afternoon].map((clock) => instantAt(lastDay, clock, campaign));
  const opensAt = instantAt(campaign.opensOn, "00:00", campaign);
  const slots = [...ahead, ...onTheDay, ...overdueSlots(campaign, due)].filter((it) => it >= opensAt);
  return [...new Set(slots.map((it) => it.getTime()))].toSorted((a, b) => a - b).map((it) => new Date(it));
}

/** Of a form that is owed again and again: the last working day of each period, and the morning after its deadline. */
function shortLadders(campaign: Campaign): Date[] {
  const slots = reportingPeriods(campaign).flatMap((period) => {
    const deadline = deadlineOf(campaign, period);
    // A period that begins on a rest day has no working day before its deadline.
    const day = actOnOf(period) < period.start ? period.due : actOnOf(period);
    const before = [morning, afternoon].map((clock) => instantAt(day, clock, campaign)).filter((it) => it < deadline);
    return [...before, ...overdueSlots(campaign, period).slice(0, 1)];
  });
  return [...new Set(slots.map((it) => it.getTime()))].toSorted((a, b) => a - b).map((it) => new Date(it));
}

function overdueSlots(campaign: Campaign, obligation: Pick<ReportingPeriod, "due" | "dueTime">): Date[] {
  const { due } = obligation;
  const first = isWorkday(due) ? due : workdayAfter(due, 1);
  const mornings = Array.from({ length: overdueSteps + 1 }, (_, n) =>
    instantAt(workdayAfter(first, n), morning, campaign),
  );
  return mornings.filter((it) => it > deadlineOf(campaign, obligation)).slice(0, overdueSteps);
}

function dueSlots({ campaign, now }: Moment, from: Date): { slotAt: Date; obligations: ObligationName[] }[] {
  const today = dayOf(now, campaign);
  const latest = obligationNames.flatMap((obligation) => {
    const slots = ladder(campaign, obligation).filter((it) => from < it && it <= now && dayOf(it, campaign) === today);
    return slots.slice(-1).map((slotAt) => ({ obligation, slotAt }));
  });
  const instants = [...new Set(latest.map((it) => it.slotAt.getTime()))].toSorted((a, b) => a - b);
  return instants.map((instant) => ({
    slotAt: new Date(instant),
    obligations: latest.filter((it) => it.slotAt.getTime() === instant).map((it) => it.obligation),
  }));
}

function remindersAt(moment: Moment, slotAt: Date, obligations: readonly ObligationName[]): PlannedReminder[] {
  const { campaign, records, now } = moment;
  const asked = records.flatMap((record) =>
    obligations
      .flatMap((it) => dutiesOf(moment, record, it))
      .map((duty): Asked => ({ duty, people: duty.isWaiting ? [] : askedOf(record) })),
  );
  const data = (own: readonly Asked[]): ReminderData => ({
    day: dayOf(now, campaign),
    duties: own.map((it) => it.duty),
  });
  const planned = (name: string, own: readonly Asked[], replies: PlannedReply[]): PlannedReminder => ({
    key: `reminder:${campaign.id}:${name}:${slotAt.toISOString()}`,
    slotAt,
    slots: slotsOf(own),
    replies,
  });
  const toPerson = (staffId: string, own: readonly Asked[]): PlannedReply => {
    const liaison = records.map(liaisonOfRecord).find((it) => it?.staffId === staffId);
    const { name = null, unitId: liaisonOf = null } = liaison ?? {};
    const told = { ...data(own), name, liaisonOf, cause: "ladder", event: null, quiet: [], insteadOf: [] } as const;
    const say: ReminderSay = { tag: "reminder", data: { ...told, quiet: [], insteadOf: [] } };
    return { to: { kind: "person", staffId }, content: { kind: "say", say } };
  };

  const forPeople = connected(asked.filter((it) => it.people.length > 0)).map((group) => {
    const people = [...new Set(group.flatMap((it) => it.people))];
    const replies = people.map((staffId) =>
      toPerson(
        staffId,
        group.filter((it) => it.people.includes(staffId)),
      ),
    );
    return planned(people[0] ?? "", group, replies);
  });
  const forManagers = asked.filter((it) => it.people.length === 0);
  if (forManagers.length === 0) return forPeople;
  const say: ReminderSay = { tag: "reminderForManagers", data: data(forManagers) };
  return [
    ...forPeople,
    planned("managers", forManagers, [{ to: { kind: "managers" }, content: { kind: "say", say } }]),
  ];
}

/** Several periods of one form are one slot: the message names them all. */
function slotsOf(own: readonly Asked[]): PlannedReminder["slots"] {
  const slots = own.map(({ duty: { obligation, unitId } }) => ({ obligation, unitId }));
  return slots.filter((it, n) => slots.findIndex((other) => isSame(it, other)) === n);
}

function isSame(a: PlannedReminder["slots"][number], b: PlannedReminder["slots"][number]): boolean {
  return a.obligation === b.obligation && a.unitId === b.unitId;
}

/** What a unit owes of an obligation; of a form that recurs, what is due by the end of the day or was due before. */
function dutiesOf(moment: Moment, record: UnitRecord, obligation: ObligationName): Duty[] {
  const { campaign, now } = moment;
  if (obligation !== "statistics" || !isRecurring(campaign))
    return owes(unitProgress(campaign, record), obligation) ? [dutyOf(moment, record, obligation)] : [];
  const today = dayOf(now, campaign);
  return allPeriodsOf(record)
    .filter(({ period }) => period.start <= today && actOnOf(period) <= today)
    .filter(owesForm)
    .map((it) => dutyOf(moment, it, obligation));
}

/** Groups what shares a person, directly or through others: two contacts of one unit belong to one plan. */
function connected(asked: readonly Asked[]): Asked[][] {
  return asked.reduce<Asked[][]>((groups, it) => {
    const isShared = (group: readonly Asked[]) =>
      group.some((other) => other.people.some((p) => it.people.includes(p)));
    return [...groups.filter((group) => !isShared(group)), [...groups.filter(isShared).flat(), it]];
  }, []);
}
