import { clockOf, dayOf, weekdayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { namedDay, shortDay } from "./words/format.ts";

/** Instants and days as the words take them: already in the campaign's time zone. */
export function momentText(instant: Date, campaign: Campaign): string {
  return `${shortDay(dayOf(instant, campaign))} ${clockOf(instant, campaign)}`;
}

export function dayText(day: string): string {
  return namedDay(day, weekdayOf(day));
}
