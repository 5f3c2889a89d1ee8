import { addDays, instantAt, isWorkday, weekdayOf, workdayAfter, workdayBefore } from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import { formDeadlines, type MovedDeadline } from "../../campaign/deadline.ts";
import { actOnOf, isRecurring } from "../../campaign/period.ts";
import type { CampaignEvent } from "../../campaign/reminders.ts";

/** What units are told on days of the campaign, besides what they owe: a quiet week, an event, the managers' digest. */

export interface Nudge {
  at: Date;
  /** The days of the week that it asks about. */
  from: string;
  until: string;
}

export interface EventMoment {
  at: Date;
  event: CampaignEvent;
  stage: "before" | "report";
}

const nudges = new WeakMap<Campaign, readonly Nudge[]>();
const events = new WeakMap<Campaign, readonly EventMoment[]>();
const digests = new WeakMap<Campaign, readonly Date[]>();

/** In each week of the period on its last working day up to the weekday named; a form owed weekly or daily needs none. */
export function nudgesOf(campaign: Campaign): readonly Nudge[] {
  const found = nudges.get(campaign) ?? workOutNudges(campaign);
  nudges.set(campaign, found);
  return found;
}

function workOutNudges(campaign: Campaign): Nudge[] {
  const { nudge } = campaign.reminders;
  const { start, end } = campaign.period;
  if (nudge === null || isRecurring(campaign)) return [];
  const mondayOf = (day: string) => addDays(day, -((weekdayOf(day) + 6) % 7));
  const found: Nudge[] = [];
  for (let monday = mondayOf(start); monday <= end; monday = addDays(monday, 7)) {
    const week = Array.from({ length: nudge.weekday }, (_, n) => addDays(monday, n));
    const day = week.findLast((it) => it >= start && it <= end && isWorkday(it));
    if (day === undefined) continue;
    const from = week.find((it) => it >= start) ?? start;
    // On the period's first day there is nothing to miss yet.
    if (day > from) found.push({ at: instantAt(day, nudge.at, campaign), from, until: day });
  }
  return found;
}

/** On the working day before it, and on its own day, or where that is a rest day on the next morning of work. */
export function eventsOf(campaign: Campaign): readonly EventMoment[] {
  const found =
    events.get(campaign) ??
    campaign.reminders.events
      .flatMap((event): EventMoment[] => {
        const before = instantAt(workdayBefore(addDays(event.on, -1), 0), event.before, campaign);
        const report = isWorkday(event.on)
          ? instantAt(event.on, event.report, campaign)
          : instantAt(workdayAfter(event.on, 1), event.before, campaign);
        return [
          { at: before, event, stage: "before" },
          { at: report, event, stage: "report" },
        ];
      })
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  events.set(campaign, found);
  return found;
}

/**
 * On the last working days up to the one on which the form is to be handed in, as `moved` for all; of one that recurs, on
 * that day only.
 */
export function digestsOf(campaign: Campaign, moved: readonly MovedDeadline[]): readonly Date[] {
  if (moved.length > 0) return workOutDigests(campaign, moved);
  const found = digests.get(campaign) ?? workOutDigests(campaign, moved);
  digests.set(campaign, found);
  return found;
}

function workOutDigests(campaign: Campaign, moved: readonly MovedDeadline[]): Date[] {
  const { digest } = campaign.reminders;
  if (digest === null) return [];
  const days = formDeadlines(campaign, moved).flatMap(({ period, due }) => {
    const last = actOnOf({ due });
    const count = isRecurring(campaign) ? 1 : digest.lastDays;
    return Array.from({ length: count }, (_, n) => workdayBefore(last, n)).filter((it) => it >= period.start);
  });
  return [...new Set(days)].toSorted().map((it) => instantAt(it, digest.at, campaign));
}
