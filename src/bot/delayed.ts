import type { Outbox } from "../store/store.ts";
import { closesOpenApi, isAllowanceUsedUp } from "./failure.ts";
import type { Addressed } from "./sender.ts";

/**
 * Messages that wait because the OpenAPI is closed, and must not hold up an answer: as soon as another way to their
 * addressee is open they take it at once, in order. What can't take it, a file, steps aside until it is tried again.
 */
export class Delayed {
  readonly #outbox: Pick<Outbox, "delayed" | "hurry">;
  readonly #hasOtherWay: (to: Addressed) => boolean;
  /** When each of those that stepped aside is tried again. */
  readonly #aside = new Map<number, Date>();

  constructor(outbox: Pick<Outbox, "delayed" | "hurry">, hasOtherWay: (to: Addressed) => boolean) {
    this.#outbox = outbox;
    this.#hasOtherWay = hasOtherWay;
  }

  /** Those that hold up nobody now. */
  asideAt(now: Date): ReadonlySet<number> {
    for (const [id, notBefore] of this.#aside) if (notBefore <= now) this.#aside.delete(id);
    return new Set(this.#aside.keys());
  }

  /** `true`: something may be claimed that could not before. */
  async free(now: Date): Promise<boolean> {
    let hasFreed = false;
    for (const message of await this.#outbox.delayed(now, this.asideAt(now))) {
      if (!this.#hasOtherWay(message.to)) continue;
      const isText = message.content.kind === "say" && message.partsSent === 0;
      if (isText && closesOpenApi(message.problem)) await this.#outbox.hurry(message, now);
      else if (!isText && (closesOpenApi(message.problem) || isAllowanceUsedUp(message.problem)))
        this.#aside.set(message.id, message.notBefore);
      else continue;
      hasFreed = true;
    }
    return hasFreed;
  }
}
