const windowMs = 1000;

/** Lets calls of one path through in the order they came, never more than so many within any second of real time. */
export class Pace {
  readonly #callsPerSecond: number;
  /** When the calls of the last second begin, oldest first; some of them may lie ahead. */
  readonly #begins = new Map<string, number[]>();

  constructor(callsPerSecond: number) {
    this.#callsPerSecond = callsPerSecond;
  }

  /** Resolves when it is this call's turn. */
  turn(path: string): Promise<void> {
    const now = performance.now();
    const begins = (this.#begins.get(path) ?? []).filter((it) => it > now - windowMs);
    const oldest = begins.at(-this.#callsPerSecond) ?? Number.NEGATIVE_INFINITY;
    const begin = Math.max(now, oldest + windowMs);
    this.#begins.set(path, [...begins, begin]);
    if (begin <= now) return Promise.resolve();
    return new Promise((resolve) => setTimeout(resolve, Math.ceil(begin - now)));
  }
}
