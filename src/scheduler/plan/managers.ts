import { dayOf } from "../../campaign/calendar.ts";
import { withoutRepeats } from "./askable.ts";
import type { Ask } from "./asks.ts";
import { callOf, digestOf, isDigestDay } from "./digest.ts";
import type { Moment, PlannedMessage, PlannedSay } from "./moment.ts";
import { chainOf, type PassedOn } from "./pass-on.ts";

/** What managers hear: the digest, what nobody else can be asked for, and whom writing does not reach. */
export function toManagers(
  moment: Moment,
  { asks, digestAt, passedOn }: { asks: readonly Ask[]; digestAt: Date | null; passedOn: readonly PassedOn[] },
): PlannedMessage[] {
  const { campaign, now } = moment;
  const day = dayOf(now, campaign);
  const says: PlannedSay[] = [];
  const digest = digestAt === null ? null : digestOf(moment);
  if (digest !== null) says.push({ tag: "digest", data: digest });
  const unasked = asks.filter((it) => it.people.length === 0);
  if (unasked.length > 0 && !isDigestDay(moment)) {
    const duties = withoutRepeats(unasked.flatMap((it) => it.duties));
    says.push({ tag: "reminderForManagers", data: { day, duties } });
  }
  const lost = passedOn.flatMap(({ next }) => next.filter((it) => it.staffId === null));
  const units = [...new Map(lost.map(({ record }) => [record.unit.id, record])).values()];
  if (units.length > 0) {
    const calls = units.map((it) => callOf(it, chainOf(it).length === 0 ? "nobody" : "unread"));
    says.push({ tag: "callList", data: { day, calls } });
  }
  return says.map((say) => {
    const key = `reminder:${campaign.id}:managers:${say.tag}:${now.toISOString()}`;
    return { key, to: { kind: "managers" }, content: { kind: "say", say } };
  });
}
