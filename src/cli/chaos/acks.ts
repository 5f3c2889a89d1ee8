import type { SaidMessage } from "../../playground/ledger.ts";

/** A program that had died or was stopped, until the one in its place had begun. Calendar time; `null`: not yet. */
export interface Outage {
  from: Date;
  to: Date | null;
}

/** From a push to its ack, as DingTalk sees it, in real time. */
export interface AckTimes {
  count: number;
  medianMs: number;
  /** Only one in a hundred took longer. */
  p99Ms: number;
  slowestMs: number;
}

/** DingTalk wants its ack within this time. */
export const ackLimitMs = 3000;

/**
 * Of the pushes whose ack arrived and between which and their ack every program was up: one that dies or starts takes its
 * messages with it, and the processor from the others. What a connection takes with it is never acknowledged at all.
 */
export function undisturbedAcks(said: readonly Pick<SaidMessage, "pushes">[], outages: readonly Outage[]): AckTimes {
  const times = said
    .flatMap((it) => it.pushes)
    .flatMap(({ at, ack }) => {
      if (ack === undefined || ack.isLost) return [];
      const isDisturbed = outages.some(({ from, to }) => from <= ack.at && (to === null || to >= at));
      return isDisturbed ? [] : [ack.afterMs];
    })
    .toSorted((a, b) => a - b);
  const atShare = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { count: times.length, medianMs: atShare(0.5), p99Ms: atShare(0.99), slowestMs: atShare(1) };
}
