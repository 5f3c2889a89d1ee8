import type { Indicator } from "../campaign/campaign.ts";
import { type Entry, liveEntries } from "../campaign/entry.ts";

/** What became of one figure of an entry. The live figures of a row add up to what the row shows. */
export type Standing = "live" | "superseded" | "withdrawn" | "orphaned";

/**
 * Of one measure of an entry (`null`: of the entry's 不适用). An entry can be live in one figure and superseded in
 * another, as when `改为 3场` leaves the people of an earlier report standing. `orphaned`: a correction of an entry
 * that was withdrawn.
 */
export function standingOf(
  entry: Entry,
  measureId: string | null,
  { indicator, entries }: { indicator: Pick<Indicator, "id">; entries: readonly Entry[] },
): Standing {
  if (entry.withdrawnAt !== null) return "withdrawn";
  const live = liveEntries(indicator, entries);
  if (!live.some((it) => it.no === entry.no)) return "orphaned";
  if (measureId !== null && isCorrected(entry, measureId, live)) return "superseded";
  // A correction stands where the entry stands that it corrects.
  const place = entry.fixes ?? entry.no;
  const later = live.filter((it) => it.mode !== "fix" && it.no > place);
  if (measureId === null) return later.length > 0 ? "superseded" : "live";
  return later.some((it) => replaces(it, measureId, live)) ? "superseded" : "live";
}

function isCorrected(entry: Entry, measureId: string, live: readonly Entry[]): boolean {
  const corrected = entry.fixes ?? entry.no;
  return live.some((it) => it.fixes === corrected && it.no > entry.no && it.figures[measureId] !== undefined);
}

/** A later total of the same measure, also one that a correction put into it, or a 不适用. */
function replaces(later: Entry, measureId: string, live: readonly Entry[]): boolean {
  if (later.isNotApplicable) return true;
  if (later.mode !== "set") return false;
  const own = [later, ...live.filter((it) => it.fixes === later.no)];
  return own.some((it) => it.figures[measureId] !== undefined);
}
