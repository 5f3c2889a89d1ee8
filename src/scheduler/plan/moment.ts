import type { Campaign } from "../../campaign/campaign.ts";
import type { Claims } from "../../campaign/claims.ts";
import type {
  Call,
  Digest,
  PersonalReminder,
  PersonHistory,
  Reminder,
  Slot,
  UnreadReminder,
} from "../../campaign/reminder.ts";
import type { UnitRecord } from "../../campaign/unit-record.ts";

/** What the planner is given and what it gives back: plain data, no clock, no database. */
export interface Moment extends Glance {
  records: readonly UnitRecord[];
  /** Of everybody of whom something is known that matters now. */
  people: ReadonlyMap<string, PersonHistory>;
}

/** What it takes to see whether anything is due at all. */
export interface Glance {
  campaign: Campaign;
  now: Date;
  /** Up to here nobody was looking: what lies before it is nobody's to catch up. */
  since: Date | null;
  claimed: Pick<Claims, "of">;
  /** Until when people asked to be left alone, and then reminded. */
  putOffs: ReadonlyMap<string, Date>;
  /** Reminders that DingTalk says were not read, and that nobody passed on yet. */
  unread: readonly UnreadReminder[];
}

export interface Planned {
  messages: PlannedMessage[];
  /** Claimed now: told, or nobody had to be told. `messageKey` names one of the messages, or is empty. */
  slots: (Slot & { messageKey: string })[];
  /** People whose put-off reminder this was. */
  putOffsDone: string[];
  /** Keys of unread reminders that were passed on, or need not be. */
  passedOn: string[];
}

export interface PlannedMessage {
  key: string;
  to: { kind: "person"; staffId: string } | { kind: "managers" };
  /** A DING says once more what was not read. */
  content: { kind: "say" | "ding"; say: PlannedSay };
}

export type PlannedSay =
  | { tag: "reminder"; data: PersonalReminder }
  | { tag: "reminderForManagers"; data: Reminder }
  | { tag: "digest"; data: Digest }
  | { tag: "callList"; data: { day: string; calls: Call[] } };

export const nothingPlanned: Planned = { messages: [], slots: [], putOffsDone: [], passedOn: [] };
