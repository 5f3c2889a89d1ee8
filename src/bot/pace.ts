const windowMs = 1000;

/**
 * Lets calls of one path through in the order they came, never more than so many within any second of real time. Other
 * programs may share what DingTalk allows: after a refusal there are half as many, and one more with each second since.
 */
export class Pace {
  readonly #callsPerSecond: number;
  /** When the calls of the last second begin, oldest first; some of them may lie ahead. */
  readonly #begins = new Map<string, number[]>();

  /** Paths that were refused, how many calls a second they had then, and when. */
  readonly #slowed = new Map<string, { rate: number; at: number }>();

  constructor(callsPerSecond: number) {
    this.#callsPerSecond = callsPerSecond;
  }

  /** Resolves when it is this call's turn. */
  turn(path: string): Promise<void> {
    const now = performance.now();
    const begins = (this.#begins.get(path) ?? []).filter((it) => it > now - windowMs);
    const oldest = begins.at(-this.#rateOf(path, now)) ?? Number.NEGATIVE_INFINITY;
    const begin = Math.max(now, oldest + windowMs);
    this.#begins.set(path, [...begins, begin]);
    if (begin <= now) return Promise.resolve();
    return new Promise((resolve) => setTimeout(resolve, Math.ceil(begin - now)));
  }

  /** A call of this path was refused for coming too soon after others. */
  slowDown(path: string): void {
    const now = performance.now();
    const { at = Number.NEGATIVE_INFINITY } = this.#slowed.get(path) ?? {};
    // Calls that were under way together are refused together: that is one refusal.
    if (now - at < windowMs) return;
    this.#slowed.set(path, { rate: Math.max(1, Math.floor(this.#rateOf(path, now) / 2)), at: now });
  }

  #rateOf(path: string, now: number): number {
    const slowed = this.#slowed.get(path);
    if (slowed === undefined) return this.#callsPerSecond;
    return Math.min(this.#callsPerSecond, slowed.rate + Math.floor((now - slowed.at) / windowMs));
  }
}
