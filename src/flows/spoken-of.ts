import { dayOf } from "../campaign/calendar.ts";
import { periodOn, reportingPeriods } from "../campaign/period.ts";
import type { ReadEntry } from "../reader/reading.ts";
import { lastCorrectableOf } from "./by-period.ts";
import { hasJustListed } from "./conversation.ts";
import type { Turn } from "./flow.ts";
import { recordOfEntry } from "./period.ts";
import type { Draft } from "./recording.ts";
import { isWalked } from "./walk.ts";

/** What words without a day are said of: the whole period at hand, or the day they are said on. */

/** In the walk, and right after the open rows were listed, an undated answer is the row's total of the whole period. */
export function takesTotals(turn: Turn<"own">): boolean {
  const { state, facts } = turn;
  return isWalked(turn) || hasJustListed(state, facts.now, facts.own.period.key);
}

/** Key of the period that what was read belongs to (design §5.2). */
export function periodKeyOf(
  turn: Turn<"own">,
  entry: Pick<ReadEntry, "date" | "isDateStated" | "mode" | "indicatorId"> & Partial<Pick<ReadEntry, "denied">>,
  forced?: Draft["mode"],
): string {
  const { campaign, own } = turn.facts;
  const { date, isDateStated, mode, indicatorId, denied } = entry;
  const periods = reportingPeriods(campaign);
  if (isDateStated && date !== null) return periodOn(periods, date).key;
  if (forced === "set" || takesTotals(turn)) return own.period.key;
  const corrected = mode === "fix" ? lastCorrectableOf(own, indicatorId, denied) : undefined;
  if (corrected !== undefined) return recordOfEntry(own, corrected.no).period.key;
  return periodOn(periods, date ?? dayOf(turn.inbound.at, campaign)).key;
}
