import type { Entry } from "./entry.ts";
import { periodOn, type ReportingPeriod } from "./period.ts";

/** What tells an entry's period, as the database or a conversation holds it. */
type Placed = Pick<Entry, "no" | "date" | "fixes" | "withdrawnAt"> & { period?: string | null };

/**
 * The period that each entry counts in: the one it was recorded in, unless a correction of its day took it to another.
 * Corrections go where what they correct goes, so with the correction withdrawn all is where it was.
 */
export function entryPeriods<E extends Placed>(
  periods: readonly ReportingPeriod[],
  entries: readonly E[],
): (entry: E) => ReportingPeriod {
  const recorded = new Map(entries.map((it) => [it.no, recordedIn(periods, it)]));
  const moved = new Map<number | null, ReportingPeriod>();
  for (const it of entries.toSorted((a, b) => a.no - b.no))
    if (it.fixes !== null && it.date !== null && it.withdrawnAt === null) moved.set(it.fixes, recordedIn(periods, it));
  return (entry) => {
    const no = entry.fixes ?? entry.no;
    return moved.get(no) ?? recorded.get(no) ?? recordedIn(periods, entry);
  };
}

/** Recorded without a period, or in one that the campaign file has changed since: its day tells. */
function recordedIn(periods: readonly ReportingPeriod[], { period, date }: Placed): ReportingPeriod {
  return periods.find(({ key }) => key === period) ?? periodOfKept(periods, period, date);
}

/** The period of the campaign that holds what was kept under a key it no longer has: by a day, else by its first. */
export function periodOfKept(
  periods: readonly ReportingPeriod[],
  key: string | null | undefined,
  date: string | null = null,
): ReportingPeriod {
  const day = date ?? (key ? key.split("/")[0] : undefined) ?? periods[0]?.start ?? "";
  return periodOn(periods, day);
}
