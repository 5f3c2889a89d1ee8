/** Calendar time: entries, reminders, deadlines, token and session expiry. Transport time (time-outs, backoff) is always real. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock whose owner decides: it can be moved, and stands still or runs on from where it was put. */
export class MovableClock implements Clock {
  #at: number;
  #movedAt: number;
  readonly #runs: boolean;

  constructor(start: Date, { runs }: { runs: boolean }) {
    this.#at = start.getTime();
    this.#movedAt = Date.now();
    this.#runs = runs;
  }

  now(): Date {
    return new Date(this.#runs ? this.#at + (Date.now() - this.#movedAt) : this.#at);
  }

  moveTo(instant: Date): void {
    this.#at = instant.getTime();
    this.#movedAt = Date.now();
  }
}
