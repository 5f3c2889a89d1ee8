import { clockOf, dayOf, dueAt, weekdayOf } from "../campaign/calendar.ts";
import type { Campaign, ObligationName } from "../campaign/campaign.ts";
import { type Due, namedDay, shortDay } from "./words/format.ts";

/** Instants and days as the words take them: already in the campaign's time zone. */
export function momentText(instant: Date, campaign: Campaign): string {
  return `${shortDay(dayOf(instant, campaign))} ${clockOf(instant, campaign)}`;
}

/** A deadline as the words take it: when it is, and whether it has passed. */
export function dueOf({ campaign, now }: { campaign: Campaign; now: Date }, obligation: ObligationName): Due {
  const at = dueAt(campaign, obligation);
  return { at: momentText(at, campaign), isPast: now > at };
}

export function dayText(day: string): string {
  return namedDay(day, weekdayOf(day));
}
