import type { BackoffTiming } from "./backoff.ts";
import type { PulseTiming } from "./pulse.ts";

/** All of it real time. */
export interface ConnectionTiming extends PulseTiming {
  gatewayLimitMs: number;
  handshakeLimitMs: number;
  /** For messages that are being handled when the connection has to go. */
  drainLimitMs: number;
  /** For the far side's answer to our goodbye, and again for what came meanwhile. */
  closeLimitMs: number;
}

/** All of it real time. */
export interface StreamTiming extends ConnectionTiming, BackoffTiming {
  /** A connection that lived so long was a good one. */
  steadyAfterMs: number;
}

export const defaultTiming: StreamTiming = {
  heartbeatMs: 25_000,
  watchMs: 5000,
  jumpMs: 15_000,
  silenceMs: 30 * 60_000,
  gatewayLimitMs: 10_000,
  handshakeLimitMs: 10_000,
  drainLimitMs: 6000,
  closeLimitMs: 1500,
  firstBackoffMs: 1000,
  longestBackoffMs: 60_000,
  steadyAfterMs: 60_000,
};
