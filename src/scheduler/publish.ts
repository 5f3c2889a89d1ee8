import type { Campaign } from "../campaign/campaign.ts";
import { consolidate } from "../campaign/consolidated.ts";
import { formDeadlines, type MovedDeadline } from "../campaign/deadline.ts";
import { keptBy } from "../campaign/period.ts";
import { inPeriod } from "../campaign/unit-record.ts";
import { toManagers } from "../flows/flow.ts";
import { momentText } from "../flows/moment.ts";
import { headed } from "../flows/period.ts";
import { publicationReplies } from "../flows/publication.ts";
import type { TickStore } from "../store/store.ts";

/** A program that was down over the deadline still publishes when it comes back within this time. */
const publishWithinMs = 3 * 24 * 60 * 60_000;

/** The table of the period whose deadline has passed last, once: to the group, or with a word to managers where there is none. */
export async function publishAtDeadline(
  store: TickStore,
  at: { campaign: Campaign; now: Date; lookedAt: Date; moved: readonly MovedDeadline[] },
): Promise<void> {
  const { campaign, now, lookedAt } = at;
  const last = lastDue(campaign, at);
  if (last === null) return;
  const { period, at: deadline } = last;
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

/** `null`: no deadline has passed, or it is too long ago. */
function lastDue(campaign: Campaign, { now, moved }: { now: Date; moved: readonly MovedDeadline[] }) {
  const found = formDeadlines(campaign, moved).findLast((it) => it.at <= now);
  return found !== undefined && now.getTime() - found.at.getTime() < publishWithinMs ? found : null;
}
