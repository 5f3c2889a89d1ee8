import type { Claim, Outbox } from "../store/store.ts";
import { callLimitMs } from "./api-calls.ts";

/** Time enough to ask for a token, send, renew the refused token and send again. */
const sendLimitMs = 4 * callLimitMs;
/** After a crash, what was being sent is tried again when so much time has passed. */
export const defaultLeaseMs = 2 * sendLimitMs;

/** Somebody else may be sending the message by now. */
export class LeaseLost extends Error {
  constructor() {
    super("the lease of a message was lost");
    this.name = "LeaseLost";
  }
}

/**
 * The right to send what was claimed, renewed for as long as it is being sent. A send begins only with time enough left
 * for it, so that it never outlives its lease.
 */
export class Lease {
  readonly #outbox: Pick<Outbox, "renew">;
  readonly #claims: readonly Claim[];
  readonly #leaseMs: number;
  readonly #timer: NodeJS.Timeout;
  #until: number;

  /** `claimedAt`: the moment that was given to the claim. */
  constructor(outbox: Pick<Outbox, "renew">, claims: readonly Claim[], given: { claimedAt: Date; leaseMs: number }) {
    this.#outbox = outbox;
    this.#claims = claims;
    this.#leaseMs = given.leaseMs;
    this.#until = given.claimedAt.getTime() + given.leaseMs;
    // What fails here is tried again, and noticed at the latest before the next send.
    this.#timer = setInterval(() => void this.#renew().catch(() => undefined), given.leaseMs / 4);
  }

  /** To be awaited right before each send. Throws `LeaseLost`. */
  async hold(): Promise<void> {
    if (this.#until - Date.now() < this.#leaseMs / 2) await this.#renew();
  }

  /** Keeps that so many parts are delivered to these of the addressees, before the next one is begun. Throws `LeaseLost`. */
  async partsSent(parts: number, to: readonly Claim["to"][]): Promise<void> {
    const delivered = this.#claims.filter((it) => to.includes(it.to));
    if (delivered.length !== to.length) throw new Error("parts of a message that was not claimed");
    const until = new Date(Date.now() + this.#leaseMs);
    if (!(await this.#outbox.renew(delivered, until, parts))) throw new LeaseLost();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    const until = Date.now() + this.#leaseMs;
    if (!(await this.#outbox.renew(this.#claims, new Date(until)))) throw new LeaseLost();
    this.#until = Math.max(this.#until, until);
  }
}
