import type { ObligationName } from "../campaign/campaign.ts";
import type { SubmittedForm } from "../campaign/submission.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { Content, Facts, Inbound, Need, Outcome, PendingFile, Publication, Standing } from "../flows/flow.ts";
import type { OfflineSpan } from "../flows/offline.ts";

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
  records(): Promise<UnitRecord[]>;
  publication(no: number): Promise<Publication>;
  submittedForm(unitId: string, version: number): Promise<SubmittedForm>;
  pendingFiles(): Promise<PendingFile[]>;
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

export interface TurnStore {
  /** `false`: this message was handled before. */
  claim(inbound: Inbound, at: Date): Promise<boolean>;
  conversation(staffId: string): Promise<string | null>;
  standing(staffId: string): Promise<Standing>;
  /** The latest time without a connection since the person's last message; `null` where there was none. */
  offlineSince(staffId: string): Promise<OfflineSpan | null>;
  /** Loads just the named facts; `own` must exist when asked for. */
  facts<N extends Need>(needs: readonly N[], context: { standing: Standing; now: Date }): Promise<Facts<N>>;
  /** Applies the changes, keeps the state, queues the replies under `reply:<key>:<n>`. */
  commit(inbound: Inbound, outcome: Outcome, now: Date): Promise<void>;
  /** Keeps why a claimed message changed nothing, and queues what is said about it. */
  fail(inbound: Inbound, failure: { fault: object; replies: Outcome["replies"] }, now: Date): Promise<void>;
}

export interface TickStore {
  /** The instant up to which the last tick looked; `null` at the very first. */
  lookedAt(): Promise<Date | null>;
  records(): Promise<UnitRecord[]>;
  boundGroup(): Promise<{ conversationId: string; title: string } | null>;
  nextPublication(): Promise<number>;
  isPublishedAtDeadline(): Promise<boolean>;
  /** Claims the slots of one message and queues it; a slot that was claimed before makes the whole call `false`. */
  remind(reminder: PlannedReminder, now: Date): Promise<boolean>;
  publish(publication: Publication, replies: Outcome["replies"], now: Date): Promise<void>;
  looked(now: Date): Promise<void>;
  /** When any program was last known to be connected. */
  lastOnline(): Promise<Date | null>;
  markOnline(program: string, at: Date): Promise<void>;
  recordOffline(span: OfflineSpan, replies: Outcome["replies"]): Promise<void>;
}

export interface PlannedReminder {
  key: string;
  slotAt: Date;
  slots: readonly { obligation: ObligationName; unitId: string }[];
  replies: Outcome["replies"];
}

export interface OutboxMessage {
  id: number;
  key: string;
  to: { kind: "person"; staffId: string } | { kind: "group"; conversationId: string };
  content: Content;
  attempts: number;
}

/** Messages wait in order per addressee. All instants here are real time. */
export interface Outbox {
  /** Claims the oldest waiting message of an addressee none of whose earlier messages still wait. */
  claim(now: Date, leaseMs: number): Promise<OutboxMessage | null>;
  sent(id: number, at: Date, receipt: string | null): Promise<void>;
  retry(id: number, notBefore: Date, problem: string): Promise<void>;
  refused(id: number, problem: string): Promise<void>;
  waiting(): Promise<number>;
  /** Called after a transaction that queued something has committed. */
  onQueued(listener: () => void): void;
}
