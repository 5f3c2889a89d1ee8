/**
 * So long, real time, answers wait at most for a stream of messages that never ends. Acks that come after their 3 s still
 * save a second push of the message, which would cost more of the month and of the processor.
 */
const defaultLongestMs = 6000;

/**
 * Messages that have come and are not acknowledged yet. DingTalk wants its acks within 3 s, and nobody minds an answer that
 * comes a little later: whoever speaks waits here, so that it takes neither processor nor database from those who listen.
 */
export class Arrivals {
  readonly #longestMs: number;
  #open = 0;
  #caughtUp: Promise<void> = Promise.resolve();
  #letGo = () => {};

  constructor(longestMs = defaultLongestMs) {
    this.#longestMs = longestMs;
  }

  /** Takes one message; settles as `take` does. */
  async taking<T>(take: () => Promise<T>): Promise<T> {
    if (this.#open === 0) this.#hold();
    this.#open += 1;
    try {
      return await take();
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#letGo();
    }
  }

  /** Resolves when every message that has come is acknowledged, or has not been for too long; then until all are. */
  caughtUp(): Promise<void> {
    return this.#caughtUp;
  }

  #hold(): void {
    this.#caughtUp = new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#longestMs);
      this.#letGo = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
