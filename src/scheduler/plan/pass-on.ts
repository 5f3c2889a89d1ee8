import { officeMinutesBetween } from "../../campaign/office-hours.ts";
import type { UnreadReminder } from "../../campaign/reminder.ts";
import { liaisonOfRecord, type UnitRecord } from "../../campaign/unit-record.ts";
import { allAskableOf } from "./askable.ts";
import type { Moment } from "./moment.ts";

/** A reminder that nobody read, and who is to hear of it next. */
export interface PassedOn {
  unread: UnreadReminder;
  /** Of each unit that still owes: the next who can be asked; `null`: nobody is left but the telephone. */
  next: { record: UnitRecord; staffId: string | null }[];
}

/** An older one is nobody's to act on any more: the ladder has gone on. */
const staleMinutes = 2 * 6 * 60;
const minuteMs = 60_000;

/**
 * Reminders unread for as long as the campaign file says go to the unit's deputies, then its contacts, then as a call list
 * to the managers. Whoever said anything since has seen it.
 */
export function passedOnOf(moment: Moment): PassedOn[] {
  const { campaign, now, records, unread, people } = moment;
  const { escalation } = campaign.reminders;
  if (escalation === null) return [];
  const waitMinutes = escalation.unreadHours * 60;
  return unread
    .filter((it) => !it.isPassedOn)
    .flatMap((it) => {
      // Office hours are no more than hours; only they take work to count.
      if (now.getTime() - it.at.getTime() < waitMinutes * minuteMs) return [];
      const minutes = officeMinutesBetween(it.at, now, campaign);
      if (minutes < waitMinutes) return [];
      const activeAt = people.get(it.staffId)?.activeAt ?? null;
      const isSettled = minutes >= staleMinutes || (activeAt !== null && activeAt > it.at);
      const owing = isSettled
        ? []
        : records.filter(
            (record) =>
              it.unitIds.includes(record.unit.id) &&
              isStillTheirs(record, it) &&
              allAskableOf(moment, record).length > 0,
          );
      return [{ unread: it, next: owing.map((record) => ({ record, staffId: nextOf(record, it.staffId) })) }];
    });
}

/** Whoever became the liaison since was told then, and has a ladder of their own. */
function isStillTheirs(record: UnitRecord, { staffId, at }: UnreadReminder): boolean {
  const since = liaisonOfRecord(record)?.decidedAt ?? null;
  return chainOf(record).includes(staffId) && (since === null || since <= at);
}

/** Everybody who can be asked for a unit, in the order in which they are. */
export function chainOf(record: UnitRecord): string[] {
  const liaison = liaisonOfRecord(record)?.staffId ?? null;
  const deputies = record.deputies.map((it) => it.staffId);
  return [...new Set([...(liaison === null ? [] : [liaison]), ...deputies, ...record.contactIds])];
}

function nextOf(record: UnitRecord, staffId: string): string | null {
  const chain = chainOf(record);
  return chain[chain.indexOf(staffId) + 1] ?? null;
}
