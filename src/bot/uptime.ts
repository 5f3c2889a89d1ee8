import type { OfflineSpan } from "../flows/offline.ts";

/** Shorter gaps belong to every reconnect, and hardly lose anything. */
const shortestMs = 1000;
const maxSpans = 50;

/** Keeps account of the time without a connection. The instants are the caller's: calendar time. */
export class Uptime {
  #offlineSince: Date | null = null;
  #offlineMs = 0;
  readonly #spans: OfflineSpan[] = [];

  /** Nothing arrives any more; what was lost before that counts. */
  lost(at: Date): void {
    this.#offlineSince ??= at;
  }

  /** Something arrives again. Returns the span that this ends, once, if it was long enough to matter. */
  back(at: Date): OfflineSpan | null {
    const from = this.#offlineSince;
    this.#offlineSince = null;
    if (from === null || at.getTime() - from.getTime() < shortestMs) return null;
    const span = { from, to: at };
    this.#offlineMs += at.getTime() - from.getTime();
    this.#spans.push(span);
    if (this.#spans.length > maxSpans) this.#spans.shift();
    return span;
  }

  get offlineSince(): Date | null {
    return this.#offlineSince;
  }

  /** The last ones, oldest first. */
  get spans(): readonly OfflineSpan[] {
    return [...this.#spans];
  }

  /** All of it so far, with what lasts still. */
  offlineSeconds(now: Date): number {
    const runningMs = this.#offlineSince === null ? 0 : Math.max(0, now.getTime() - this.#offlineSince.getTime());
    return (this.#offlineMs + runningMs) / 1000;
  }
}
