import type { ObligationName } from "./campaign.ts";
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

export function remindedOf({ obligation, unitId, period }: Duty): RemindedOf {
  return { obligation, unitId, ...(period && { period: period.key }) };
}
