import type { ObligationName } from "./campaign.ts";
import type { Duty } from "./duty.ts";

/** What reminders say, as plain data: they wait in the outbox as JSON. */

/** What one message asks for, and the day on which it asks. */
export interface Reminder {
  day: string;
  /** The clock time at which it asks; without one, in the morning. */
  clock?: string;
  duties: Duty[];
}

/** Why somebody is written to: a step of a ladder, what they or a manager asked for, or somebody else's silence. */
export const reminderCauses = ["ladder", "nudge", "event", "putOff", "manager", "passedOn"] as const;
export type ReminderCause = (typeof reminderCauses)[number];

/** To one person: `name` is theirs as a liaison, `liaisonOf` the unit they speak for; of others they are a contact. */
export interface PersonalReminder extends Reminder {
  name: string | null;
  liaisonOf: string | null;
  cause: ReminderCause;
  event: EventNote | null;
  /** Units that reported nothing this week. */
  quiet: { unitId: string; unit: string }[];
  /** Names of the liaisons who did not read what this passes on. */
  insteadOf: string[];
}

/** A day of the campaign: to get ready for, or to report of in one line. */
export interface EventNote {
  name: string;
  on: string;
  stage: "before" | "report";
  rows: { no: number; label: string }[];
}

/** Where things stand in the last week, for managers, before their day begins. Units by their names. */
export interface Digest {
  day: string;
  due: string;
  dueTime: string;
  expected: number;
  submitted: number;
  onTime: number;
  summaries: number;
  liaisons: number;
  drafting: { unit: string; openRows: number }[];
  notStarted: string[];
  returned: string[];
  /** Their latest reminder was not read. */
  unread: { unit: string; name: string | null }[];
  /** Said that they handed in on paper. */
  onPaper: string[];
  /** Nobody of them can be written to: to be telephoned. */
  calls: Call[];
  /** Nominations that wait for the managers. */
  waiting: string[];
}

/** Somebody to telephone, since writing reaches nobody. */
export interface Call {
  unit: string;
  name: string | null;
  phone: string | null;
  why: "nobody" | "unread";
}

/** An obligation, or an occasion: a nudge, an event by its id and stage, the managers' digest (of no unit). */
export type About = ObligationName | "nudge" | "digest" | `event:${string}`;

/** The moment at which a unit is asked about something. It is claimed once. */
export interface Slot {
  obligation: About;
  unitId: string;
  slotAt: Date;
}

/** What planning goes by of one person. */
export interface PersonHistory {
  /** When they were reminded, by whomever's wish, in this month and today at least. */
  remindedAt: readonly Date[];
  /** When they last said something. */
  activeAt: Date | null;
}

/** DingTalk says that it was not read when it was asked. */
export interface UnreadReminder {
  key: string;
  staffId: string;
  at: Date;
  /** To the next who can be asked, or that was not necessary. */
  isPassedOn: boolean;
  unitIds: readonly string[];
}
