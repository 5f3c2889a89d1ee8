import type { Campaign } from "../campaign/campaign.ts";
import { consolidate } from "../campaign/consolidated.ts";
import { type FormDeadline, formDeadlines, type MovedDeadline } from "../campaign/deadline.ts";
import { keptBy } from "../campaign/period.ts";
import { inPeriod } from "../campaign/unit-record.ts";
import { toManagers } from "../flows/flow.ts";
import { momentText } from "../flows/moment.ts";
import { headed } from "../flows/period.ts";
import { publicationReplies } from "../flows/publication.ts";
import type { TickStore } from "../store/store.ts";

/** A program that was down over the deadline still publishes when it comes back within this time. */
const publishWithinMs = 14 * 24 * 60 * 60_000;

interface Moment {
  campaign: Campaign;
  now: Date;
  lookedAt: Date;
  moved: readonly MovedDeadline[];
}

/** The table of the period whose deadline has passed last, or of all that were due then, once: to the group, or with a word to managers where there is none. */
export async function publishAtDeadline(store: TickStore, moment: Moment): Promise<void> {
  for (const due of dueLast(moment)) await publishOnce(store, due, moment);
}

async function publishOnce(
  store: TickStore,
  { period, at: deadline }: FormDeadline,
  { campaign, now, lookedAt }: Moment,
): Promise<void> {
  // One that was moved behind its publication is published once more.
  const publishedAt = await store.publishedAtDeadline(keptBy(campaign, period).period);
  if (publishedAt !== null && publishedAt >= deadline) return;
  const group = await store.boundGroup();
  // Said in the tick of the deadline only: until a group is bound, every further tick comes by here.
  if (group === null && deadline <= lookedAt) return;
  const records = (await store.records()).map((it) => inPeriod(it, period.key));
  const table = consolidate(campaign, records, { basis: "submitted", asOf: now });
  if (group !== null) {
    const publication = { no: await store.nextPublication(), table, cause: "deadline" } as const;
    const replies = publicationReplies({ campaign, table, publicationNo: publication.no, group });
    await store.publish(publication, replies, now);
    return;
  }
  const data = {
    due: momentText(deadline, campaign),
    onTime: table.units.filter((it) => it.timeliness === "onTime").length,
    expected: table.units.length,
  };
  const say = { tag: "deadlineNeedsGroup", data, ...headed(campaign, period) } as const;
  const key = `deadline:${campaign.id}:noGroup:${deadline.toISOString()}`;
  await store.remind({ messages: [{ key, ...toManagers(say) }], slots: [], putOffsDone: [], passedOn: [] }, now);
}

/** None where no deadline has passed, or it is too long ago. */
function dueLast({ campaign, now, moved }: Moment): FormDeadline[] {
  const passed = formDeadlines(campaign, moved).filter(({ at }) => at <= now);
  const last = passed.at(-1)?.at.getTime() ?? Number.NEGATIVE_INFINITY;
  return now.getTime() - last < publishWithinMs ? passed.filter(({ at }) => at.getTime() === last) : [];
}
