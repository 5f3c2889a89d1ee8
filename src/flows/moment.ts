import { clockOf, dayOf, weekdayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { deadlineOf, reportingPeriods } from "../campaign/period.ts";
import { type Due, namedDay, shortDay } from "./words/format.ts";

/** Instants and days as the words take them: already in the campaign's time zone. */
export function momentText(instant: Date, campaign: Campaign): string {
  return `${shortDay(dayOf(instant, campaign))} ${clockOf(instant, campaign)}`;
}

/** A deadline as the words take it: when it is, and whether it has passed. */
export function dueOf(
  { campaign, now }: { campaign: Campaign; now: Date },
  due: Parameters<typeof deadlineOf>[1],
): Due {
  const at = deadlineOf(campaign, due);
  return { at: momentText(at, campaign), isPast: now > at };
}

/** The deadline that comes next on a day, else the last. */
export function nextDeadline(campaign: Campaign, now: Date): Date {
  const deadlines = reportingPeriods(campaign).map((it) => deadlineOf(campaign, it));
  return deadlines.find((it) => it >= now) ?? deadlines.at(-1) ?? now;
}

export function dayText(day: string): string {
  return namedDay(day, weekdayOf(day));
}
