import type { Watch } from "../checkpoint.ts";
import type { Attachment } from "../flows/flow.ts";
import { faultOf, type Log } from "../log.ts";
import type { Outbox, OutboxMessage } from "../store/store.ts";
import { batchOf } from "./batch.ts";
import { Delayed } from "./delayed.ts";
import { defaultLeaseMs, Lease, LeaseLost } from "./lease.ts";
import { outgoingOf } from "./outgoing.ts";
import { Retries } from "./retries.ts";
import type { Sender, SendOutcome } from "./sender.ts";
import { Settlement } from "./settlement.ts";

/** Where the bytes of an attachment come from; wired to the reports in `app.ts`. */
export interface Attachments {
  load(attachment: Attachment): Promise<{ bytes: Uint8Array; fileName: string; kind: "file" | "image" }>;
}

export interface Dispatcher {
  /** Resolves when nothing waits that could be sent now or within half a minute. */
  idle(): Promise<void>;
  /** Finishes the messages being sent and begins no other. */
  stop(): Promise<void>;
}

export interface DispatcherOptions {
  outbox: Outbox;
  attachments: Attachments;
  sender: Sender;
  log: Log;
  /** Awaited before each claim: messages that have come are acknowledged first. */
  caughtUp?: () => Promise<void>;
  /** Called when nothing is being sent any more: the moment to sum up. */
  onRest?: () => Promise<void>;
  /** Whether there is another way to somebody, where the OpenAPI is closed. */
  hasOtherWay?: (to: OutboxMessage["to"]) => boolean;
  /** Whether calls are so few that reminders for one person are drawn together. */
  isNearQuota?: () => boolean;
  /** Before a message that could not be put together, or not be settled, is tried again. */
  faultAfterMs?: number;
  leaseMs?: number;
  watch?: Watch;
}

const maxLanes = 4;
/** How often to look again when something waits whose moment is not known, as after a restart. */
const lookAgainMs = 5000;
const soonMs = 30_000;
/** A message that cannot even be put together is given up after so many attempts: it would hold up all behind it. */
const maxFaults = 5;

/** Only this speaks: sends what waits in the outbox, to four addressees at once, to each in order. All times are real. */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const dispatcher = new OutboxDispatcher(options);
  options.outbox.onQueued(() => dispatcher.wake());
  dispatcher.wake();
  return dispatcher;
}

class OutboxDispatcher implements Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #leaseMs: number;
  readonly #faultAfterMs: number;
  readonly #lanes = new Set<Promise<void>>();
  /** Being sent: never claimed again by this process, however long it takes. */
  readonly #inHand = new Set<number>();
  readonly #retries = new Retries();
  readonly #settlement: Settlement;
  readonly #delayed: Delayed;
  /** Rises with every wake, so that a lane which has just found nothing looks once more. */
  #wakes = 0;
  #resting: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  readonly #idlers: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? defaultLeaseMs;
    this.#faultAfterMs = options.faultAfterMs ?? 1000;
    this.#delayed = new Delayed(options.outbox, options.hasOtherWay ?? (() => false));
    this.#settlement = new Settlement({ ...options, retries: this.#retries, afterMs: this.#faultAfterMs });
  }

  wake(): void {
    this.#wakes += 1;
    if (this.#isStopped || this.#lanes.size >= maxLanes) return;
    const lane = this.#runLane().then((seen) => {
      this.#lanes.delete(lane);
      if (seen !== this.#wakes) this.wake();
      else if (this.#lanes.size === 0 && !this.#isStopped) this.#resting = this.#rest();
    });
    this.#lanes.add(lane);
  }

  idle(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    const idle = new Promise<void>((resolve) => this.#idlers.push(resolve));
    this.wake();
    return idle;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#lanes);
    await this.#resting;
    this.#releaseIdlers();
  }

  /** Sends until nothing is left to claim; returns the wake after which it has looked. Never rejects. */
  async #runLane(): Promise<number> {
    const { caughtUp = async () => {} } = this.#options;
    let seen = -1;
    try {
      while (!this.#isStopped && seen !== this.#wakes) {
        await caughtUp();
        if (this.#isStopped) break;
        seen = this.#wakes;
        const claimedAt = new Date();
        const messages = await this.#claim(claimedAt);
        if (messages.length === 0) continue;
        // There may be more, for somebody else.
        this.wake();
        await this.#deliver(messages, claimedAt);
      }
    } catch (error) {
      this.#options.log.error({ fault: faultOf(error) }, "the outbox could not be read or written");
      return this.#wakes;
    }
    return seen;
  }

  /** The next message, with what goes out in the same call. */
  async #claim(now: Date): Promise<OutboxMessage[]> {
    const { outbox, isNearQuota = () => false } = this.#options;
    const passedOver = { inHand: this.#inHand, aside: this.#delayed.asideAt(now) };
    const next = await outbox.claim(now, this.#leaseMs, passedOver);
    if (next === null) return [];
    this.#inHand.add(next.id);
    try {
      return await batchOf(next, { outbox, now, leaseMs: this.#leaseMs, isNearQuota: isNearQuota() });
    } catch (error) {
      this.#inHand.delete(next.id);
      throw error;
    }
  }

  async #deliver(messages: readonly OutboxMessage[], claimedAt: Date): Promise<void> {
    for (const { id } of messages) this.#inHand.add(id);
    const lease = new Lease(this.#options.outbox, messages, { claimedAt, leaseMs: this.#leaseMs });
    const { watch } = this.#options;
    try {
      watch?.("messageClaimed");
      const outcomes = await this.#attempt(messages, lease);
      watch?.("messageSent");
      const settled = await Promise.allSettled(
        outcomes.map((outcome, n) => {
          const message = messages[n];
          return message === undefined ? null : this.#settlement.settle(message, outcome);
        }),
      );
      const failed = settled.find((it) => it.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    } finally {
      lease.end();
      for (const { id } of messages) this.#inHand.delete(id);
    }
  }

  /** Never rejects, for one message's fault must not stop the others. Nothing, where they are no longer ours to settle. */
  async #attempt(messages: readonly OutboxMessage[], lease: Lease): Promise<SendOutcome[]> {
    const { sender, attachments, log } = this.#options;
    const keys = messages.map((it) => it.key);
    try {
      return await sender.send(await outgoingOf(messages, attachments), lease);
    } catch (error) {
      if (error instanceof LeaseLost) {
        log.warn({ keys }, "a message took longer than its lease and is left to whoever has it now");
        return [];
      }
      log.error({ keys, fault: faultOf(error) }, "a message could not be put together");
      return messages.map(({ id, partsSent, isDoubtful }) => {
        if (this.#retries.fault(id) >= maxFaults) return { kind: "refused", problem: "fault" };
        return { kind: "retry", afterMs: this.#faultAfterMs, problem: "fault", partsSent, isDoubtful };
      });
    }
  }

  /** All lanes have found nothing: sets the alarm for what waits, and lets those go who waited for quiet. */
  async #rest(): Promise<void> {
    const { outbox, log, onRest = async () => {} } = this.#options;
    const wakes = this.#wakes;
    await onRest().catch((error: unknown) => log.error({ fault: faultOf(error) }, "the summing up failed"));
    const waiting = await outbox.waiting().catch(() => 1);
    const hasFreed = waiting > 0 && (await this.#delayed.free(new Date()).catch(() => false));
    if (this.#isStopped || wakes !== this.#wakes) return;
    clearTimeout(this.#timer);
    if (waiting === 0) this.#retries.clear();
    const now = Date.now();
    if (hasFreed || this.#retries.takeDue(now)) return this.wake();
    const next = this.#retries.nextBefore(now + lookAgainMs);
    if (waiting > 0) this.#timer = setTimeout(() => this.wake(), next - now);
    if (this.#retries.nextBefore(Number.POSITIVE_INFINITY) > now + soonMs) this.#releaseIdlers();
  }

  #releaseIdlers(): void {
    for (const resolve of this.#idlers.splice(0)) resolve();
  }
}
