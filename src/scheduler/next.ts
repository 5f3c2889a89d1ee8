import { addDays, dayOf, instantAt, isWorkday } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { nextOfficeTime } from "../campaign/office-hours.ts";
import type { TickStore } from "../store/store.ts";
import { agendaOf } from "./plan/agenda.ts";
import { quietMs } from "./plan/holds.ts";
import { isAnythingDue } from "./plan/plan.ts";

type Seen = Pick<TickStore, "mark" | "units" | "people" | "putOffs" | "claimed">;

/**
 * When a tick will next have something to do, as things stand, for clocks that jump: a moment of the campaign, the end of
 * somebody's quiet hour or of what they put off, or the next office hours where something waits for them.
 */
export async function nextTick(store: Seen, campaign: Campaign, after: Date): Promise<Date | null> {
  const units = await store.units();
  const [people, putOffs] = [await store.people(after), await store.putOffs()];
  const spokenAt = [...people.values()].flatMap(({ activeAt }) => activeAt ?? []);
  const ends = [...spokenAt.map((it) => new Date(it.getTime() + quietMs)), ...putOffs.values()];
  const found = [
    agendaOf(campaign, units).find((it) => it > after),
    ...ends.flatMap((it) => [it, nextOfficeTime(it, campaign)]).filter((it) => it > after),
  ];
  const opensAt = nextOpening(after, campaign);
  const since = (await store.mark()).since;
  const glance = { campaign, now: opensAt, since, claimed: await store.claimed(opensAt), putOffs, unread: [] };
  if (since !== null && isAnythingDue(glance, units)) found.push(opensAt);
  const instants = found.flatMap((it) => it?.getTime() ?? []);
  return instants.length === 0 ? null : new Date(Math.min(...instants));
}

function nextOpening(after: Date, campaign: Campaign): Date {
  const today = dayOf(after, campaign);
  for (let day = today; ; day = addDays(day, 1)) {
    if (!isWorkday(day)) continue;
    const opening = campaign.reminders.windows.map((it) => instantAt(day, it.from, campaign)).find((it) => it > after);
    if (opening !== undefined) return opening;
  }
}
