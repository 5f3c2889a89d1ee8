import { addDays, dayOf, instantAt, workdayAfter, workdayBefore } from "../../campaign/calendar.ts";
import type { Campaign, ObligationName } from "../../campaign/campaign.ts";
import { deadlineFor, type MovedDeadline } from "../../campaign/deadline.ts";
import { actOnOf, deadlineOf, isRecurring, type ReportingPeriod, reportingPeriods } from "../../campaign/period.ts";
import { ladderOf } from "../../campaign/reminders.ts";

/** A moment of an obligation's ladder at which whoever owes it is reminded. */
export interface Step {
  at: Date;
  /** The deadline that it counts to or from. */
  deadline: Date;
  /** The due day, on which people may be written to even where it is a rest day. */
  due: string;
  /** From the end of the next working day on it is worth nothing. */
  staleAt: Date;
  /** The last before the deadline: nothing but having met the obligation lets it be left out. */
  isLast: boolean;
}

interface Due {
  due: string;
  dueTime: string;
  /** Of a period that recurs: its first day. */
  start?: string;
  /** Steps up to here were those of an earlier deadline. */
  movedAt: Date | null;
}

type Ladders = Map<ObligationName, readonly Step[]>;
interface Known {
  /** By what was moved, as text: units loaded anew have other lists of the same. */
  byMoves: Map<string, Ladders>;
  byList: WeakMap<readonly MovedDeadline[], Ladders>;
}
const known = new WeakMap<Campaign, Known>();

/** All steps of a unit's obligation in order; those before the campaign opens are dropped (design §5.2). */
export function stepsOf(
  campaign: Campaign,
  { moved }: { moved: readonly MovedDeadline[] },
  obligation: ObligationName,
): readonly Step[] {
  const ladders = laddersOf(campaign, moved);
  const found = ladders.get(obligation) ?? ladder(campaign, obligation, duesOf(campaign, moved, obligation));
  ladders.set(obligation, found);
  return found;
}

function laddersOf(campaign: Campaign, moved: readonly MovedDeadline[]): Ladders {
  const { byMoves, byList } = known.get(campaign) ?? { byMoves: new Map(), byList: new WeakMap() };
  known.set(campaign, { byMoves, byList });
  const listed = byList.get(moved);
  if (listed !== undefined) return listed;
  const key = JSON.stringify(moved);
  const ladders = byMoves.get(key) ?? new Map();
  byMoves.set(key, ladders);
  byList.set(moved, ladders);
  return ladders;
}

const begins = new WeakMap<Campaign, Map<string, Date | null>>();

/**
 * When reminders of one form, or of the one thing, begin: at the first step to its deadline, or where that was past
 * already when the deadline was moved, with the move. `null`: there are none.
 */
export function beginOf(
  campaign: Campaign,
  { period, moved }: { period: ReportingPeriod; moved: readonly MovedDeadline[] },
  obligation: ObligationName,
): Date | null {
  const { movedAt, ...due } = dueOf(campaign, { period, moved }, obligation);
  const byDue = begins.get(campaign) ?? new Map<string, Date | null>();
  begins.set(campaign, byDue);
  const key = [obligation, due.due, due.dueTime, due.start].join(" ");
  const known = byDue.get(key);
  const first =
    known === undefined ? (ladder(campaign, obligation, [{ ...due, movedAt: null }])[0]?.at ?? null) : known;
  byDue.set(key, first);
  return first !== null && movedAt !== null && movedAt > first ? movedAt : first;
}

/** The latest step at or before an instant. */
export function latestStep(steps: readonly Step[], now: Date): Step | undefined {
  const nowMs = now.getTime();
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = steps[middle];
    if (step !== undefined && step.at.getTime() <= nowMs) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1];
}

/** By when the form of each period, or the one thing, is owed. */
function duesOf(campaign: Campaign, moved: readonly MovedDeadline[], obligation: ObligationName): Due[] {
  const isOwedAgain = obligation === "statistics" && isRecurring(campaign);
  const periods = reportingPeriods(campaign);
  return (isOwedAgain ? periods : periods.slice(0, 1)).map((period) => dueOf(campaign, { period, moved }, obligation));
}

function dueOf(
  campaign: Campaign,
  { period, moved }: { period: ReportingPeriod; moved: readonly MovedDeadline[] },
  obligation: ObligationName,
): Due {
  const deadline = deadlineFor(campaign, { period, moved }, obligation);
  const isOwedAgain = obligation === "statistics" && isRecurring(campaign);
  return isOwedAgain ? { ...deadline, start: period.start } : deadline;
}

/** Counted back from the last working day on or before each due day, and on from it. Of two at one moment the later due counts, and each last chance is one. */
function ladder(campaign: Campaign, obligation: ObligationName, dues: readonly Due[]): Step[] {
  const opensAt = instantAt(campaign.opensOn, "00:00", campaign);
  const steps = dues
    .flatMap((due) => stepsTo(campaign, obligation, due))
    .filter((it) => it.at >= opensAt)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return steps.flatMap((it, n) => {
    const [before, next] = [steps[n - 1], steps[n + 1]];
    if (next?.at.getTime() === it.at.getTime()) return [];
    const isJoined = before?.at.getTime() === it.at.getTime() && before.isLast && !it.isLast;
    return [isJoined ? { ...it, isLast: true, deadline: before.deadline } : it];
  });
}

function stepsTo(campaign: Campaign, obligation: ObligationName, given: Due): Step[] {
  const { ahead, onTheDay, overdue, morning } = ladderOf(campaign, obligation);
  const { due, start, movedAt } = given;
  const deadline = deadlineOf(campaign, given);
  // A period that begins on a rest day has no working day before its deadline.
  const actOn = start !== undefined && actOnOf(given) < start ? due : actOnOf(given);
  const before = [
    ...ahead.map((count) => instantAt(workdayBefore(actOn, count), morning, campaign)),
    ...onTheDay.map((clock) => instantAt(actOn, clock, campaign)),
  ]
    .filter((it) => it < deadline && (start === undefined || dayOf(it, campaign) >= start))
    .toSorted((a, b) => a.getTime() - b.getTime());
  const steps = [
    ...before.map((at, n) => ({ at, isLast: n === before.length - 1 })),
    ...overdueMornings(campaign, given, { morning, overdue }).map((at) => ({ at, isLast: false })),
  ].map((it): Step => ({ ...it, deadline, due, staleAt: staleAfter(it.at, campaign) }));
  return movedAt === null ? steps : steps.filter((it) => it.at > movedAt);
}

function overdueMornings(
  campaign: Campaign,
  given: Due,
  { morning, overdue }: { morning: string; overdue: number },
): Date[] {
  const deadline = deadlineOf(campaign, given);
  const first = workdayAfter(addDays(given.due, -1), 1);
  const mornings = Array.from({ length: overdue + 1 }, (_, n) => instantAt(workdayAfter(first, n), morning, campaign));
  return mornings.filter((it) => it > deadline).slice(0, overdue);
}

function staleAfter(at: Date, campaign: Campaign): Date {
  return instantAt(addDays(workdayAfter(dayOf(at, campaign), 1), 1), "00:00", campaign);
}
