import { addDays, dayOf } from "./calendar.ts";
import type { Campaign, ObligationName } from "./campaign.ts";
import type { Duty } from "./duty.ts";
import type { ReminderCause } from "./reminder.ts";

/** One reminder to one person, as it is kept: what it asked for, and what is known of its way. */
export interface SentReminder {
  staffId: string;
  cause: ReminderCause;
  at: Date;
  duties: readonly RemindedOf[];
  /** `waiting`: not sent yet; `refused`: DingTalk would not deliver it. */
  delivery: "waiting" | "sent" | "refused";
  /** `null`: not asked, or not known. */
  isRead: boolean | null;
}

export interface RemindedOf {
  obligation: ObligationName;
  unitId: string;
  /** Key of the period, where there are several. */
  period?: string;
}

/** So many days before today the month has begun in any case, of which sums are shown. */
const shownDays = 30;

/** The first of the days whose reminders managers are shown: a campaign may go on all year. */
export function remindersSince(campaign: Campaign, now: Date): string {
  const [, later] = [campaign.opensOn, addDays(dayOf(now, campaign), -shownDays)].toSorted();
  return later ?? campaign.opensOn;
}

export function remindedOf({ obligation, unitId, period }: Duty): RemindedOf {
  return { obligation, unitId, ...(period && { period: period.key }) };
}
