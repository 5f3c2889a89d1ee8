import { type Campaign, obligationNames } from "../../campaign/campaign.ts";
import { formDeadlines, type MovedDeadline, movedForAll } from "../../campaign/deadline.ts";
import { digestsOf, eventsOf, nudgesOf } from "./occasions.ts";
import { stepsOf } from "./steps.ts";

/** Every instant at which anything may be due, in order, to units with these deadlines. */
export function agendaOf(campaign: Campaign, units: readonly { moved: readonly MovedDeadline[] }[]): Date[] {
  const forAll = movedForAll(units);
  const moves = [forAll, ...units.map((it) => it.moved).filter((it) => it.length > 0)];
  const instants = [
    ...formDeadlines(campaign, forAll).map((it) => it.at),
    ...moves.flatMap((moved) =>
      obligationNames.flatMap((obligation) => stepsOf(campaign, { moved }, obligation).map(({ at }) => at)),
    ),
    ...[...nudgesOf(campaign), ...eventsOf(campaign)].map((it) => it.at),
    ...digestsOf(campaign, forAll),
  ];
  return [...new Set(instants.map(Number))].toSorted((a, b) => a - b).map((it) => new Date(it));
}
