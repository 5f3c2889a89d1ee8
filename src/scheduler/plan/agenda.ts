import { type Campaign, obligationNames } from "../../campaign/campaign.ts";
import type { MovedDeadline } from "../../campaign/deadline.ts";
import { deadlineOf, reportingPeriods } from "../../campaign/period.ts";
import { digestsOf, eventsOf, nudgesOf } from "./occasions.ts";
import { stepsOf } from "./steps.ts";

/** Every instant at which anything may be due, in order, with the deadlines moved for some units. */
export function agendaOf(campaign: Campaign, moved: readonly (readonly MovedDeadline[])[] = []): Date[] {
  const instants = [
    ...reportingPeriods(campaign).map((it) => deadlineOf(campaign, it)),
    ...[[], ...moved].flatMap((it) =>
      obligationNames.flatMap((obligation) => stepsOf(campaign, { moved: it }, obligation).map(({ at }) => at)),
    ),
    ...[...nudgesOf(campaign), ...eventsOf(campaign)].map((it) => it.at),
    ...digestsOf(campaign),
  ];
  return [...new Set(instants.map(Number))].toSorted((a, b) => a - b).map((it) => new Date(it));
}

/** The next of them: for clocks that jump. */
export function nextMoment(campaign: Campaign, after: Date): Date | null {
  return agendaOf(campaign).find((it) => it > after) ?? null;
}
