import type { Campaign, ObligationName } from "../campaign/campaign.ts";
import type { Consolidated } from "../campaign/consolidated.ts";
import type { MovedDeadline } from "../campaign/deadline.ts";
import type { DocumentKind, UnitDocument } from "../campaign/document.ts";
import type { Entry } from "../campaign/entry.ts";
import type { Nomination } from "../campaign/nomination.ts";
import type { SentReminder } from "../campaign/sent-reminder.ts";
import type { SubmissionEvent } from "../campaign/submission.ts";
import type { Deputy, UnitRecord } from "../campaign/unit-record.ts";
import type { Conversation } from "./conversation.ts";
import type { Say } from "./words/words.ts";

/**
 * The contract of every flow: `(state, input, facts) → { state, changes, replies }`, pure. What it wants stored is a list
 * of `Change`, what it wants said a list of `Reply`; nothing happens until the turn commits both (design §3).
 */
export type Step<N extends Need = never> = (turn: Turn<N>) => Outcome;

export interface Turn<N extends Need = never> {
  inbound: Inbound;
  /** What follows the keyword, or the whole text where there is none. */
  words: string;
  state: Conversation;
  facts: Facts<N>;
}

export interface Outcome {
  state: Conversation;
  changes: Change[];
  replies: Reply[];
}

/** A decoded message. `key` is what it is claimed by: DingTalk's `msgId`, or the cause of a second turn. */
export type Inbound = {
  key: string;
  /** The message's own moment (`createAt`): relative dates count from it. */
  at: Date;
  sender: { staffId: string; nick: string };
  /** `null` in a one-to-one chat. */
  group: { conversationId: string; title: string } | null;
} & InboundContent;

export type InboundContent =
  | { kind: "text"; text: string }
  | { kind: "voice"; text: string }
  | { kind: "file"; fileName: string; downloadCode: string }
  | { kind: "picture"; downloadCode: string }
  | { kind: "unsupported"; messageType: string }
  | { kind: "fileArrived"; fileNo: number; fetched: FetchedFile }
  | { kind: "personFound"; nominationNo: number; staffId: string | null };

export type FetchedFile = { ok: true; storedAs: string; bytes: number } | { ok: false; reason: FetchFailure };
export type FetchFailure = "tooLarge" | "wrongType" | "unavailable";

/** Who the sender is to this campaign; the router decides by it. */
export interface Standing {
  isManager: boolean;
  /** The unit they speak for as its liaison. */
  liaisonOf: string | null;
  /** Units that list them as a contact in the campaign file. */
  contactOf: readonly string[];
}

/** Facts that a route may ask for; the turn loads just these, in its transaction. */
export interface FactsByNeed {
  own: UnitRecord;
  all: readonly UnitRecord[];
  group: BoundGroup | null;
  files: readonly PendingFile[];
  /** From the start of the day, and of the hour before. */
  remindedToday: readonly SentReminder[];
  /** From `remindersSince` on. */
  reminders: { sent: readonly SentReminder[]; usage: MonthUsage };
}
export type Need = keyof FactsByNeed;

export type Facts<N extends Need = never> = Pick<FactsByNeed, N> & {
  campaign: Campaign;
  now: Date;
  standing: Standing;
  /** The first free short number of each kind. */
  next: Readonly<Record<Numbered, number>>;
};
export type Numbered = "entry" | "nomination" | "question" | "file" | "publication";

/** What the organisation used of a month's allowance (dingtalk.md §4.1), as far as it is known. */
export interface MonthUsage {
  /** `2023-06`. */
  month: string;
  calls: number;
  stream: number;
}

export interface BoundGroup {
  conversationId: string;
  title: string;
}

/** A file whose reference is committed and whose bytes are still to be fetched (design §3, Files). */
export interface PendingFile {
  no: number;
  unitId: string;
  /** What its sender said beforehand that it is. */
  kind: DocumentKind | null;
  fileName: string;
  downloadCode: string;
  receivedBy: string;
  receivedAt: Date;
}

/** Everything a turn can do to the store; the store's `apply` finishes the same switch. */
export type Change =
  | { type: "nominationProposed"; nomination: Nomination }
  | { type: "nominationDecided"; no: number; status: "approved" | "declined" | "replaced"; by: string; at: Date }
  | { type: "nomineeFound"; no: number; staffId: string }
  // `period`: key of the one concerned, where the form is owed for several.
  | { type: "entriesRecorded"; entries: Entry[] }
  | { type: "entriesWithdrawn"; numbers: number[]; at: Date }
  | { type: "explained"; unitId: string; period?: string; indicatorId: string; text: string }
  | { type: "submissionMoved"; unitId: string; period?: string; event: SubmissionEvent }
  | { type: "fileReceived"; file: PendingFile }
  | { type: "fileSettled"; no: number; document: UnitDocument | null }
  | { type: "documentNamed"; no: number; kind: DocumentKind }
  | { type: "groupBound"; group: BoundGroup }
  | { type: "published"; publication: Publication }
  | { type: "reminderPutOff"; staffId: string; until: Date }
  | { type: "filedOnPaper"; unitId: string; by: string; at: Date }
  | { type: "askedAgain"; unitIds: string[] }
  | { type: "deadlineMoved"; moved: MovedDeadline }
  | { type: "deputyNamed"; unitId: string; deputy: Deputy; at: Date }
  | { type: "reminderWithdrawn"; unitId: string; obligation: ObligationName; period?: string };

/** What the group was, or will be, shown: text, picture and xlsx all come from this one snapshot. */
export interface Publication {
  no: number;
  table: Consolidated;
  cause: "deadline" | "manager";
}

export interface Reply {
  to: Addressee;
  content: Content;
}

export type Addressee =
  | { kind: "person"; staffId: string }
  | { kind: "managers" }
  | { kind: "group"; conversationId: string };

/** Something to say, or a file or picture to send: the dispatcher asks for the bytes when it sends. */
export type Content =
  | { kind: "say"; say: Say }
  | { kind: "attach"; attachment: Attachment }
  /** Said once more as a DING, which stands out of the chat; only where the campaign allows it. */
  | { kind: "ding"; say: Say };

export type Attachment =
  | {
      file: "annex2";
      unitId: string;
      period?: string /** `null`: the form as it stands when sent. */;
      version: number | null;
    }
  | { file: "export" /** Key of one, or the sum over all. */; period?: string | "whole" }
  | { file: "liaisons" }
  | { file: "consolidated"; publication: number }
  | { file: "consolidatedPicture"; publication: number };

export function outcome(state: Conversation, replies: Reply[], changes: Change[] = []): Outcome {
  return { state, changes, replies };
}

export function toPerson(staffId: string, say: Say): Reply {
  return { to: { kind: "person", staffId }, content: { kind: "say", say } };
}

export function toManagers(say: Say): Reply {
  return { to: { kind: "managers" }, content: { kind: "say", say } };
}

/** The answer goes where the question was put. */
export function answer(inbound: Inbound, say: Say): Reply {
  return { to: whereAsked(inbound), content: { kind: "say", say } };
}

export function attach(inbound: Inbound, attachment: Attachment): Reply {
  return { to: whereAsked(inbound), content: { kind: "attach", attachment } };
}

function whereAsked({ group, sender }: Inbound): Addressee {
  if (group !== null) return { kind: "group", conversationId: group.conversationId };
  return { kind: "person", staffId: sender.staffId };
}
