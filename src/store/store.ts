import type { Claims } from "../campaign/claims.ts";
import type { PersonHistory, Slot, UnreadReminder } from "../campaign/reminder.ts";
import type { SubmittedForm } from "../campaign/submission.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type {
  Content,
  Facts,
  Inbound,
  Need,
  Outcome,
  PendingFile,
  Publication,
  Reply,
  Standing,
} from "../flows/flow.ts";
import type { OfflineSpan } from "../flows/offline.ts";
import type { Say } from "../flows/words/words.ts";

/**
 * What the rest of the program sees of the database. Everything that belongs together happens in one transaction: a turn,
 * a tick. `now` is calendar time, given by the caller and read once.
 */
export interface Store {
  /**
   * Runs `work` in one transaction; whatever it throws rolls all of it back. Where another process was faster, it runs
   * again from the start on what that one has left: it must do nothing but read and write here.
   */
  turn<T>(work: (turn: TurnStore) => Promise<T>): Promise<T>;
  tick<T>(work: (tick: TickStore) => Promise<T>): Promise<T>;
  readonly outbox: Outbox;
  readonly usage: UsageStore;
  readonly receipts: ReadReceipts;
  readonly todos: TodoStore;
  /** Of all units, each in its first period; the other periods are beside it. */
  records(): Promise<UnitRecord[]>;
  publication(no: number): Promise<Publication>;
  /** Of the period that a key names, else of the first. */
  submittedForm(unitId: string, version: number, period?: string): Promise<SubmittedForm>;
  /**
   * The oldest file whose bytes are still to be fetched and that nobody is fetching: the caller's until it is settled, given
   * back, or `leaseMs` of real time have passed. `null`: there is none.
   */
  claimFile(now: Date, leaseMs: number): Promise<ClaimedFile | null>;
  /** Lengthens a claim; `false`: it had run out, and the file is another's by now, or settled. */
  renewFile(claim: FileClaim, until: Date): Promise<boolean>;
  /** Gives a claimed file back, to be fetched by whoever looks next; nothing, where it is another's by now. */
  releaseFile(claim: FileClaim): Promise<void>;
  /** Mobiles whose staff id is wanted and was not asked for since `askedBefore`; approved nominees among them. */
  unknownMobiles(askedBefore: Date): Promise<UnknownMobile[]>;
  mobileFound(mobile: string, staffId: string | null, at: Date): Promise<void>;
  /** What the database promises over a power cut, in its own words. */
  durability(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export interface UnknownMobile {
  mobile: string;
  /** Nominations that wait for this staff id; empty for a contact of the campaign file. */
  nominations: readonly { no: number; proposedBy: string }[];
}

export interface FactsContext {
  standing: Standing;
  now: Date;
  /** Key of the period that the person chose to work on. */
  period?: string | null;
}

export interface TurnStore {
  /** `false`: this message was handled before. */
  claim(inbound: Inbound, at: Date): Promise<boolean>;
  conversation(staffId: string): Promise<string | null>;
  standing(staffId: string): Promise<Standing>;
  /** The latest time without a connection since the person's last message; `null` where there was none. */
  offlineSince(staffId: string): Promise<OfflineSpan | null>;
  /** Loads just the named facts; `own` must exist when asked for, and comes in the period at hand, `all` in the one in view. */
  facts<N extends Need>(needs: readonly N[], context: FactsContext): Promise<Facts<N>>;
  /** Applies the changes, keeps the state, queues the replies under `reply:<key>:<n>`. */
  commit(inbound: Inbound, outcome: Outcome, now: Date): Promise<void>;
  /** Keeps why the program failed on a claimed message, and does what is left to do. */
  fail(inbound: Inbound, failure: { fault: object } & Omit<Outcome, "state">, now: Date): Promise<void>;
}

/** `claimedUntil` is real time. */
export interface ClaimedFile extends PendingFile {
  claimedUntil: Date;
}

/** Whoever claims a file again makes the claims before it void. */
export type FileClaim = Pick<ClaimedFile, "no" | "claimedUntil">;

/** What was delivered, by the receipt that DingTalk gave for it; all who got it in one call share one. */
export interface ReadReceipts {
  /**
   * The earliest deliveries, so many at most, whose reading is to be asked about now: minutes after they were made at the
   * earliest (see `readStatus`). They count as asked about, and come again after ten minutes without an answer.
   */
  unchecked(now: Date, most: number): Promise<string[]>;
  /** `expired`: DingTalk has forgotten who has read it. */
  checked(receipt: string, readBy: string[] | "expired"): Promise<void>;
}

export interface NewTodo {
  /** What it is wanted for: as long as that is the same, so is the to-do. */
  source: string;
  staffId: string;
  subject: string;
  dueAt: Date;
}

/** Something to be done at DingTalk about a to-do. */
export interface TodoTask extends Omit<NewTodo, "source"> {
  kind: "open" | "close";
  /** For DingTalk: never given twice. */
  sourceId: string;
  /** When it was last tried; what became of that is not known. */
  triedAt: Date | null;
  /** As DingTalk knows it; `null`: as far as known it is not open there. */
  opened: { unionId: string; taskId: string } | null;
}

/** People's to-dos, as they are at DingTalk. `now` and `at` are calendar time. */
export interface TodoStore {
  /**
   * Keeps what is wanted; returns what is to be done now so that it alone is open at DingTalk, what is to be closed first.
   * A task that was tried minutes ago, or refused within the day, is left out.
   */
  reconcile(wanted: readonly NewTodo[], now: Date): Promise<TodoTask[]>;
  /** To be called before DingTalk is; `false`: another program has it in hand, or has done it. */
  claim(task: TodoTask, now: Date): Promise<boolean>;
  opened(sourceId: string, opened: { unionId: string; taskId: string }): Promise<void>;
  closed(sourceId: string, at: Date): Promise<void>;
  refused(sourceId: string, problem: string): Promise<void>;
  /** Queues something for managers once in the campaign; `false`: they were told before. */
  tellOnce(name: string, say: Say, at: Date): Promise<boolean>;
}

export interface TickStore {
  /** The instant up to which the last tick looked, and that of the very first; `null` before there was one. */
  mark(): Promise<{ since: Date | null; lookedAt: Date | null }>;
  records(): Promise<UnitRecord[]>;
  /** Those that lie ahead were made by a clock that ran ahead: they are of then. */
  claimed(now: Date): Promise<Claims>;
  /** The units, with the deadlines that were moved for them. */
  units(): Promise<Pick<UnitRecord, "unit" | "moved">[]>;
  /** Until when people asked to be left alone. */
  putOffs(): Promise<Map<string, Date>>;
  /** Reminders of the month, and words of the last hours, by person. */
  people(now: Date): Promise<Map<string, PersonHistory>>;
  /** Reminders of the last days that were not read, nor passed on. */
  unread(now: Date): Promise<UnreadReminder[]>;
  boundGroup(): Promise<{ conversationId: string; title: string } | null>;
  nextPublication(): Promise<number>;
  /** When the table was last published by itself; `period`: key of the one whose table is meant, where there are several. */
  publishedAtDeadline(period?: string): Promise<Date | null>;
  /** Claims the slots and queues the messages. Throws where another program was faster: then the tick runs again. */
  remind(round: ReminderRound, now: Date): Promise<void>;
  /** Takes back what could not be sent in its hours, and its claims with it: it is planned again when hours begin. */
  recall(): Promise<void>;
  publish(publication: Publication, replies: Outcome["replies"], now: Date): Promise<void>;
  looked(now: Date): Promise<void>;
  /** When any other program than this one was last known to be connected. */
  lastOnline(program: string): Promise<Date | null>;
  markOnline(program: string, at: Date): Promise<void>;
  recordOffline(span: OfflineSpan, replies: Outcome["replies"]): Promise<void>;
}

/** All that one tick reminds of. */
export interface ReminderRound {
  messages: readonly (Reply & { key: string })[];
  /** `messageKey` is empty where nobody had to be told. */
  slots: readonly (Slot & { messageKey: string })[];
  /** People whose put-off reminder is over. */
  putOffsDone: readonly string[];
  /** Keys of unread reminders that are done with. */
  passedOn: readonly string[];
}

export interface OutboxMessage {
  id: number;
  key: string;
  to: { kind: "person"; staffId: string } | { kind: "group"; conversationId: string };
  content: Content;
  /** Which claim of it this is. */
  attempts: number;
  /** Parts of a long text that an earlier attempt delivered. */
  partsSent: number;
  /** An earlier attempt may have been delivered: what follows says that it may be a repeat. */
  isDoubtful: boolean;
}

/** It failed, and is tried again at `notBefore`. */
export interface DelayedMessage extends OutboxMessage {
  problem: string;
  notBefore: Date;
}

/** Messages that a claim passes over: `inHand` hold up what is behind them, those `aside` do not. */
export interface PassedOver {
  inHand?: ReadonlySet<number>;
  aside?: ReadonlySet<number>;
}

/** Whoever claims a message again makes the claims before it void: nothing can be settled by them. */
export type Claim = Pick<OutboxMessage, "id" | "attempts" | "to">;

export interface Again {
  notBefore: Date;
  problem: string;
  partsSent: number;
  isDoubtful: boolean;
}

/** Somebody whom messages do not reach. */
export interface Refusal {
  to: OutboxMessage["to"];
  problem: string;
  messages: number;
  refusedAt: Date;
}

/** Messages wait in order per addressee. All instants here are real time, except those called calendar time. */
export interface Outbox {
  /**
   * Claims the oldest waiting message of an addressee none of whose earlier messages still wait. One whose earlier claim
   * ran out comes as doubtful: what became of it nobody knows.
   */
  claim(now: Date, leaseMs: number, passedOver?: PassedOver): Promise<OutboxMessage | null>;
  /** Of each addressee the first that waits, not counting those `aside`, where it is delayed. */
  delayed(now: Date, aside: ReadonlySet<number>): Promise<DelayedMessage[]>;
  /** Delays a message no longer. */
  hurry(delayed: Claim, now: Date): Promise<void>;
  /** Claims fresh messages that tell others the same as this one, each the next of its person. */
  claimAlike(message: OutboxMessage, lease: { now: Date; leaseMs: number; most: number }): Promise<OutboxMessage[]>;
  /** Draws the reminders that wait right behind a claimed one for the same person into it. */
  mergeReminders(message: OutboxMessage): Promise<OutboxMessage>;
  /** Lengthens claims and keeps what was delivered of them; `false`: one of them is void. */
  renew(claims: readonly Claim[], until: Date, partsSent?: number): Promise<boolean>;
  sent(claim: Claim, at: Date, receipt: string | null): Promise<void>;
  retry(claim: Claim, again: Again): Promise<void>;
  /** Also keeps the refusal for the managers, unless it is of a message about refusals. */
  refused(claim: Claim, problem: string, at: Date): Promise<void>;
  /** Refusals that managers were not told of. */
  untold(): Promise<Refusal[]>;
  /** Queues what managers are told of these refusals, once; `false`: another has told them of one meanwhile. `at` is calendar time. */
  tell(refusals: readonly Refusal[], say: Say, at: Date): Promise<boolean>;
  waiting(): Promise<number>;
  /** Called after a transaction that queued something has committed. */
  onQueued(listener: () => void): void;
}

/** What DingTalk counts by the month: calls of its API, and messages through stream and webhook (dingtalk.md §4.1). */
export const usageKinds = ["calls", "stream"] as const;
export type UsageKind = (typeof usageKinds)[number];

export interface UsageStore {
  /** Adds to a month (`2023-06`); returns what all processes used in it. */
  add(month: string, counted: Record<UsageKind, number>): Promise<Record<UsageKind, number>>;
  /** Queues for managers that so much is used, unless as much was told before (`false`). `at` is calendar time. */
  tell(reached: { month: string; kind: UsageKind; percent: number }, say: Say, at: Date): Promise<boolean>;
}
