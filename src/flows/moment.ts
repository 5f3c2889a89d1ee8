import { clockOf, dayOf, weekdayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { formDeadlines, type MovedDeadline } from "../campaign/deadline.ts";
import { deadlineOf } from "../campaign/period.ts";
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

/** The form's deadline that comes next, else the last. */
export function nextDeadline(
  { campaign, now }: { campaign: Campaign; now: Date },
  moved: readonly MovedDeadline[],
): string {
  const deadlines = formDeadlines(campaign, moved).map((it) => it.at);
  return momentText(deadlines.find((it) => it >= now) ?? deadlines.at(-1) ?? now, campaign);
}

export function dayText(day: string): string {
  return namedDay(day, weekdayOf(day));
}
