import type { Attachment } from "../flows/flow.ts";
import { messageOf } from "../flows/words/words.ts";
import { faultOf, type Log } from "../log.ts";
import type { Outbox, OutboxMessage } from "../store/store.ts";
import type { Outgoing, Sender, SendOutcome } from "./sender.ts";

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
  /** Before a message that could not be put together is tried again; doubles each time. */
  faultAfterMs?: number;
}

const maxLanes = 4;
/** Longer than any send takes; after a crash, what was being sent is tried again when it has run out. */
const leaseMs = 120_000;
/** How often to look again when something waits whose moment is not known, as after a restart. */
const lookAgainMs = 5000;
const soonMs = 30_000;
const longestDelayMs = 10 * 60_000;
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
  readonly #lanes = new Set<Promise<void>>();
  readonly #retryAt = new Map<number, number>();
  readonly #faults = new Map<number, number>();
  /** Rises with every wake, so that a lane which has just found nothing looks once more. */
  #wakes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #idlers: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  wake(): void {
    this.#wakes += 1;
    if (this.#isStopped || this.#lanes.size >= maxLanes) return;
    const lane = this.#runLane().then((seen) => {
      this.#lanes.delete(lane);
      if (seen !== this.#wakes) this.wake();
      else if (this.#lanes.size === 0) void this.#rest();
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
    this.#releaseIdlers();
  }

  /** Sends until nothing is left to claim; returns the wake after which it has looked. Never rejects. */
  async #runLane(): Promise<number> {
    let seen = -1;
    try {
      while (!this.#isStopped && seen !== this.#wakes) {
        seen = this.#wakes;
        const message = await this.#options.outbox.claim(new Date(), leaseMs);
        if (message === null) continue;
        // There may be more, for somebody else.
        this.wake();
        await this.#settle(message, await this.#attempt(message));
      }
    } catch (error) {
      this.#options.log.error({ fault: faultOf(error) }, "the outbox could not be read or written");
      return this.#wakes;
    }
    return seen;
  }

  /** Never rejects: one message's fault must not stop the others. */
  async #attempt(message: OutboxMessage): Promise<SendOutcome> {
    const { id, key } = message;
    try {
      return await this.#options.sender.send(await this.#prepare(message));
    } catch (error) {
      const faults = (this.#faults.get(id) ?? 0) + 1;
      this.#faults.set(id, faults);
      this.#options.log.error({ key, faults, fault: faultOf(error) }, "a message could not be put together");
      return faults < maxFaults
        ? { kind: "retry", afterMs: this.#options.faultAfterMs ?? 1000, problem: "fault" }
        : { kind: "refused", problem: "fault" };
    }
  }

  async #settle({ id, key, attempts }: OutboxMessage, outcome: SendOutcome): Promise<void> {
    const { outbox, log } = this.#options;
    this.#retryAt.delete(id);
    if (outcome.kind === "retry") {
      const { afterMs, problem } = outcome;
      const delayMs = Math.max(afterMs, Math.min(afterMs * 2 ** (attempts - 1), longestDelayMs));
      // Spread out: those that were too fast together must not be so again.
      const retryAt = Math.ceil(Date.now() + delayMs * (1 + Math.random() / 2));
      log.warn({ key, attempts, problem }, "a message is to be sent again");
      await outbox.retry(id, new Date(retryAt), problem);
      this.#retryAt.set(id, retryAt);
      return;
    }
    this.#faults.delete(id);
    if (outcome.kind === "sent") return outbox.sent(id, new Date(), outcome.receipt);
    log.error({ key, problem: outcome.problem }, "a message is given up");
    await outbox.refused(id, outcome.problem);
  }

  async #prepare({ key, to, content }: OutboxMessage): Promise<Outgoing> {
    switch (content.kind) {
      case "say":
        return { key, to, body: { kind: "message", message: messageOf(content.say) } };
      case "attach":
        return { key, to, body: await this.#options.attachments.load(content.attachment) };
      default:
        return content satisfies never;
    }
  }

  /** All lanes have found nothing: sets the alarm for what waits, and lets those go who waited for quiet. */
  async #rest(): Promise<void> {
    const wakes = this.#wakes;
    const waiting = await this.#options.outbox.waiting().catch(() => 1);
    if (this.#isStopped || wakes !== this.#wakes) return;
    clearTimeout(this.#timer);
    if (waiting === 0) this.#retryAt.clear();
    const now = Date.now();
    const due = [...this.#retryAt].filter(([, retryAt]) => retryAt <= now);
    // Each is looked for once more only: it may have been withdrawn.
    for (const [id] of due) this.#retryAt.delete(id);
    if (due.length > 0) return this.wake();
    const next = Math.min(now + lookAgainMs, ...this.#retryAt.values());
    if (waiting > 0) this.#timer = setTimeout(() => this.wake(), next - now);
    const hasSoon = [...this.#retryAt.values()].some((it) => it <= now + soonMs);
    if (!hasSoon) this.#releaseIdlers();
  }

  #releaseIdlers(): void {
    const idlers = this.#idlers;
    this.#idlers = [];
    for (const resolve of idlers) resolve();
  }
}
