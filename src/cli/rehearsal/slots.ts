import type { Campaign, ObligationName, Single } from "../../campaign/campaign.ts";
import { formDue, instant, isWorkday, shift, workdayAfter, workdaysUntil } from "./days.ts";

/** When units are asked for something, worked out anew from the rules as people know them. */
export type Slot =
  | { kind: "ladder"; at: Date; obligation: ObligationName; deadline: Date; due: string; isLast: boolean }
  | { kind: "nudge"; at: Date; from: string; until: string }
  | { kind: "event"; at: Date; event: string; on: string; rows: readonly string[] }
  | { kind: "digest"; at: Date };

const daysAhead: Record<ObligationName, readonly number[]> = {
  nomination: [5, 3, 1],
  statistics: [10, 5, 3, 1],
  summary: [10, 5, 3, 1],
};
const overdueMornings = 5;
const digestMornings = 5;
const friday = 5;

export function slotsOf(campaign: Campaign): Slot[] {
  const obligations = { ...campaign.obligations, statistics: formDue(campaign) };
  const ladders = (Object.entries(obligations) as [ObligationName, Single][]).flatMap(([name, it]) => ladder(name, it));
  const opensAt = instant(campaign.opensOn, "00:00");
  return [...ladders, ...nudges(campaign), ...events(campaign), ...digests(campaign)]
    .filter((it) => it.at >= opensAt)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * So many working days before the last one on or before the due day at 09:00, on that day at 09:00 and 15:00, then on five
 * working days while overdue.
 */
function ladder(obligation: ObligationName, { due, dueTime }: Single): Slot[] {
  const deadline = instant(due, dueTime);
  const workdays = workdaysUntil(due, 11);
  const [last = due] = workdays;
  const ahead = daysAhead[obligation].map((count) => instant(workdays[count] ?? due, "09:00"));
  const overdue: Date[] = [];
  for (let day = due; overdue.length < overdueMornings; day = shift(day, 1)) {
    const at = instant(day, "09:00");
    if (isWorkday(day) && at > deadline) overdue.push(at);
  }
  const slot = (at: Date, isLast = false) => ({ kind: "ladder", at, obligation, deadline, due, isLast }) as const;
  return [...[...ahead, instant(last, "09:00"), ...overdue].map((it) => slot(it)), slot(instant(last, "15:00"), true)];
}

/** Fridays at 15:00, or on the last working day before where that is a holiday; never on the first day of the period. */
function nudges({ period: { start, end } }: Campaign): Slot[] {
  const found: Slot[] = [];
  let days: string[] = [];
  for (let day = start; day <= end; day = shift(day, 1)) {
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    if (weekday >= 1 && weekday <= friday) days.push(day);
    if (weekday !== friday && day !== end) continue;
    const until = days.findLast(isWorkday);
    const [from] = days;
    if (from !== undefined && until !== undefined && until > from)
      found.push({ kind: "nudge", at: instant(until, "15:00"), from, until });
    days = [];
  }
  return found;
}

/** On the working day before an event, and late on its day; where that is a rest day, on the next morning of work. */
function events({ reminders }: Campaign): Slot[] {
  return reminders.events.flatMap(({ name, on, before, report, indicators }): Slot[] => {
    const [eve = on] = workdaysUntil(shift(on, -1), 1);
    const reportAt = isWorkday(on) ? instant(on, report) : instant(workdayAfter(on), before);
    return [instant(eve, before), reportAt].map((at) => ({ kind: "event", at, event: name, on, rows: indicators }));
  });
}

function digests(campaign: Campaign): Slot[] {
  const mornings = workdaysUntil(formDue(campaign).due, digestMornings);
  return mornings.map((it) => ({ kind: "digest", at: instant(it, "08:45") }));
}
