import { clockOf, dayOf } from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import { isWindowClock } from "../../campaign/office-hours.ts";
import type { PersonHistory } from "../../campaign/reminder.ts";
import type { Moment } from "./moment.ts";

/** Somebody who said something within this time is at it, and is not interrupted. */
export const quietMs = 60 * 60_000;

/** `later`: the slot waits. `enough`: they have had what a day or a month may bring them, so the slot is done with. */
export type Hold = "later" | "enough" | null;

export interface Asking {
  /** Of a last chance the deadline: no rule but its being met leaves that out. */
  lastBefore: Date | null;
  /** A day on which something they owe has to be done. */
  isActDay: boolean;
}

/** Why somebody is not written to now; they themselves asked for nothing yet. */
export function holdOf(moment: Moment, staffId: string, { lastBefore, isActDay }: Asking): Hold {
  const { campaign, now } = moment;
  const putOffUntil = moment.putOffs.get(staffId) ?? null;
  const person = moment.people.get(staffId) ?? { remindedAt: [], activeAt: null };
  const { activeAt } = person;
  const canWait = (until: Date) => lastBefore === null || isInTime(until, campaign, { now, deadline: lastBefore });
  if (putOffUntil !== null && now < putOffUntil && canWait(putOffUntil)) return "later";
  if (activeAt !== null) {
    const quietAt = new Date(activeAt.getTime() + quietMs);
    if (now < quietAt && canWait(quietAt)) return "later";
  }
  return lastBefore === null && hasEnough(person, moment, isActDay) ? "enough" : null;
}

/** One a day, two on the day on which something has to be done; and no more in a month than the campaign file allows. */
function hasEnough({ remindedAt }: PersonHistory, { campaign, now }: Moment, isActDay: boolean): boolean {
  const today = dayOf(now, campaign);
  const days = remindedAt.map((it) => dayOf(it, campaign));
  const ofToday = days.filter((it) => it === today).length;
  const ofMonth = days.filter((it) => it.slice(0, 7) === today.slice(0, 7)).length;
  return ofToday >= (isActDay ? 2 : 1) || ofMonth >= campaign.reminders.mostPerMonth;
}

/** Later today, in a send window and before the deadline. */
function isInTime(until: Date, campaign: Campaign, { now, deadline }: { now: Date; deadline: Date }): boolean {
  const day = dayOf(until, campaign);
  if (day !== dayOf(now, campaign) || !isWindowClock(clockOf(until, campaign), campaign)) return false;
  return until < deadline;
}
