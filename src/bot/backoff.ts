export interface BackoffTiming {
  firstBackoffMs: number;
  longestBackoffMs: number;
}

/** The pause before the next attempt, exponential with full jitter; none before the first. `chance` is in [0, 1). */
export function backoffMs(failures: number, timing: BackoffTiming, chance: number): number {
  if (failures === 0) return 0;
  return chance * Math.min(timing.longestBackoffMs, timing.firstBackoffMs * 2 ** (failures - 1));
}

/** What only a person can mend is asked for slowly: near the longest pause, and not by all replicas at one moment. */
export function slowBackoffMs({ longestBackoffMs }: BackoffTiming, chance: number): number {
  return longestBackoffMs * (0.5 + chance / 2);
}
