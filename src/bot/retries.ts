const longestDelayMs = 10 * 60_000;

/** When messages are to be tried again, and how often they failed here, as far as this process knows. Real milliseconds. */
export class Retries {
  readonly #faults = new Map<number, number>();
  readonly #moments = new Map<number, number>();

  /** Returns the moment: later with each attempt, and spread out, that those too fast together are not so again. */
  put(id: number, { afterMs, attempts }: { afterMs: number; attempts: number }): number {
    const delayMs = Math.max(afterMs, Math.min(afterMs * 2 ** (attempts - 1), longestDelayMs));
    const moment = Math.ceil(Date.now() + delayMs * (1 + Math.random() / 2));
    this.#moments.set(id, moment);
    return moment;
  }

  /** Returns how many times this program itself has failed on a message. */
  fault(id: number): number {
    const faults = (this.#faults.get(id) ?? 0) + 1;
    this.#faults.set(id, faults);
    return faults;
  }

  forget(id: number): void {
    this.#moments.delete(id);
    this.#faults.delete(id);
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#moments.clear();
    this.#faults.clear();
  }

  /** Whether one has come. It is forgotten with that: its message may have been withdrawn. */
  takeDue(now: number): boolean {
    const due = [...this.#moments].filter(([, moment]) => moment <= now);
    for (const [id] of due) this.#moments.delete(id);
    return due.length > 0;
  }

  /** The next one, or `limit` where none comes before it. */
  nextBefore(limit: number): number {
    return Math.min(limit, ...this.#moments.values());
  }
}
