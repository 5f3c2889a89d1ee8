import type { Log } from "../log.ts";
import type { Outbox, OutboxMessage } from "../store/store.ts";
import { failureOf } from "./failure.ts";
import type { Retries } from "./retries.ts";
import type { SendOutcome } from "./sender.ts";

/** A message that was sent and could not be kept as sent would be sent again: the outbox is asked so often. */
const times = 5;

/** What is in doubt so often, for about an hour, holds up all behind it: managers are told instead. */
const mostDoubtful = 12;

/**
 * Nobody waits for it, and the only way that is open has just left it in doubt: what stands in that way should have time to
 * go, for each repeat may bring one copy more.
 */
const unhurriedMs = 10_000;

export interface SettlementParts {
  outbox: Outbox;
  retries: Retries;
  log: Log;
  afterMs: number;
  hasOtherWay?: (to: OutboxMessage["to"]) => boolean;
}

/** Keeps what became of messages in the outbox. */
export class Settlement {
  readonly #outbox: Outbox;
  readonly #retries: Retries;
  readonly #log: Log;
  readonly #afterMs: number;
  readonly #hasOtherWay: (to: OutboxMessage["to"]) => boolean;

  constructor(given: SettlementParts) {
    this.#outbox = given.outbox;
    this.#retries = given.retries;
    this.#log = given.log;
    this.#afterMs = given.afterMs;
    this.#hasOtherWay = given.hasOtherWay ?? (() => false);
  }

  settle(message: OutboxMessage, outcome: SendOutcome): Promise<void> {
    const settled = this.#settling(message, outcome);
    return insist(settled, { times, afterMs: this.#afterMs });
  }

  #settling(message: OutboxMessage, outcome: SendOutcome): () => Promise<void> {
    const { id, key, attempts } = message;
    const now = new Date();
    switch (outcome.kind) {
      case "retry": {
        // What waits for an allowance or a mended setting waits for as long as it takes, whatever was in doubt before.
        const isCertain = failureOf(outcome.problem).kind === "notDone";
        if (outcome.isDoubtful === true && !isCertain && attempts >= mostDoubtful) {
          return this.#settling(message, { kind: "refused", problem: outcome.problem });
        }
        const { problem, partsSent = message.partsSent, isDoubtful = message.isDoubtful } = outcome;
        const isHurried = !isDoubtful || isCertain || this.#hasOtherWay(message.to);
        const afterMs = isHurried ? outcome.afterMs : Math.max(outcome.afterMs, unhurriedMs);
        const notBefore = new Date(this.#retries.put(id, { afterMs, attempts }));
        this.#log.warn({ key, attempts, problem, isDoubtful }, "a message is to be sent again");
        return () => this.#outbox.retry(message, { notBefore, problem, partsSent, isDoubtful });
      }
      case "sent":
        this.#retries.forget(id);
        return () => this.#outbox.sent(message, now, outcome.receipt);
      case "refused":
        this.#retries.forget(id);
        this.#log.error({ key, problem: outcome.problem }, "a message is given up");
        return () => this.#outbox.refused(message, outcome.problem, now);
      default:
        return outcome satisfies never;
    }
  }
}

/** Does the work again where it fails, a few times: a database may be busy for a moment. Rejects as the last time did. */
async function insist<T>(work: () => Promise<T>, { times, afterMs }: { times: number; afterMs: number }): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (times <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    return insist(work, { times: times - 1, afterMs });
  }
}
