import type { Campaign, ObligationName } from "./campaign.ts";
import { deadlineOf, type ReportingPeriod, reportingPeriods } from "./period.ts";

/** A deadline that a manager moved. */
export interface MovedDeadline {
  /** `null`: for all. */
  unitId: string | null;
  obligation: ObligationName;
  /** Key of the one period it was moved for, where there are several. */
  period?: string;
  due: string;
  dueTime: string;
  movedAt: Date;
  movedBy: string;
}

/** By when something is owed. */
export interface Deadline {
  due: string;
  dueTime: string;
  /** `null`: as the campaign file has it. */
  movedAt: Date | null;
}

/** Of one unit's obligation: as moved last, else as the campaign file has it (design §5.2). */
export function deadlineFor(
  campaign: Pick<Campaign, "obligations">,
  { period, moved }: { period: ReportingPeriod; moved: readonly MovedDeadline[] },
  obligation: ObligationName,
): Deadline {
  const isMeant = (it: MovedDeadline) =>
    it.obligation === obligation && (it.period === undefined || it.period === period.key);
  const latest = moved.filter(isMeant).toSorted((a, b) => a.movedAt.getTime() - b.movedAt.getTime());
  const last = latest.at(-1);
  if (last !== undefined) return { due: last.due, dueTime: last.dueTime, movedAt: last.movedAt };
  const { due, dueTime } = obligation === "statistics" ? period : campaign.obligations[obligation];
  return { due, dueTime, movedAt: null };
}

/** The moves that hold for every unit, and so for what is said of all of them at once; each unit has them among its own. */
export function movedForAll(places: readonly { moved: readonly MovedDeadline[] }[]): readonly MovedDeadline[] {
  return places[0]?.moved.filter((it) => it.unitId === null) ?? [];
}

export interface FormDeadline {
  period: ReportingPeriod;
  due: string;
  at: Date;
}

/** When each period's form is due, in order, with these moves. */
export function formDeadlines(
  campaign: Pick<Campaign, "timezone" | "obligations" | "period">,
  moved: readonly MovedDeadline[],
): FormDeadline[] {
  return reportingPeriods(campaign)
    .map((period) => {
      const deadline = deadlineFor(campaign, { period, moved }, "statistics");
      return { period, due: deadline.due, at: deadlineOf(campaign, deadline) };
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
