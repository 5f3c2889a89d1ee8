import { schedule } from "node-cron";
import type { Campaign } from "../campaign/campaign.ts";
import { consolidate } from "../campaign/consolidated.ts";
import { deadlineOf, keptBy, type ReportingPeriod } from "../campaign/period.ts";
import { inPeriod, type UnitRecord } from "../campaign/unit-record.ts";
import type { Watch } from "../checkpoint.ts";
import type { Clock } from "../clock.ts";
import { toManagers } from "../flows/flow.ts";
import { momentText } from "../flows/moment.ts";
import { headed } from "../flows/period.ts";
import { publicationReplies } from "../flows/publication.ts";
import { faultOf, type Log } from "../log.ts";
import type { Store, TickStore } from "../store/store.ts";
import { plan } from "./plan.ts";
import type { Presence } from "./presence.ts";

export interface Scheduler {
  /** Does what has become due since the last tick, in one transaction. Rejects where the store does. */
  tick(now?: Date): Promise<void>;
  /** A tick every minute, in the campaign's time zone. */
  start(): void;
  /** No further ticks; resolves when one that runs has ended. */
  stop(): Promise<void>;
}

export interface SchedulerParts {
  store: Store;
  clock: Clock;
  campaign: Campaign;
  log: Log;
  /** Called with every tick: other work that looks, from time to time, whether there is something to do. */
  onTick?: () => void;
  presence?: Presence;
  watch?: Watch;
}

export function createScheduler({ store, clock, campaign, log, onTick, presence, watch }: SchedulerParts): Scheduler {
  let running: Promise<void> = Promise.resolve();
  let cron: ReturnType<typeof schedule> | null = null;

  const tick = (now = clock.now()) => {
    onTick?.();
    const next = running.then(async () => {
      await presence?.settle(now);
      await store.tick(async (it) => {
        await presence?.look(it, now);
        await lookAt(it, campaign, now);
        watch?.("tickWritten");
      });
    });
    // A tick that failed is its caller's to know; the next one starts afresh.
    running = next.catch(() => undefined);
    return next;
  };
  const tickAndLog = async () => {
    try {
      await tick();
    } catch (error) {
      log.error({ fault: faultOf(error) }, "a tick failed, the next one does its work");
    }
  };

  return {
    tick,
    start() {
      cron ??= schedule("* * * * *", tickAndLog, { timezone: campaign.timezone, noOverlap: true });
    },
    async stop() {
      await cron?.destroy();
      cron = null;
      await running;
    },
  };
}

/** One look, from where the last one ended; a clock that stands or goes back finds nothing due. */
async function lookAt(store: TickStore, campaign: Campaign, now: Date): Promise<void> {
  const lookedAt = await store.lookedAt();
  if (lookedAt !== null && now <= lookedAt) return;
  const records = await store.records();
  const { reminders, publishAtDeadline, isDeadline, period } = plan({ campaign, records, lookedAt, now });
  for (const reminder of reminders) await store.remind(reminder, now);
  if (publishAtDeadline) await publishOnce(store, { campaign, records, now, isDeadline, period });
  await store.looked(now);
}

interface Deadline {
  campaign: Campaign;
  records: readonly UnitRecord[];
  now: Date;
  isDeadline: boolean;
  period: ReportingPeriod;
}

async function publishOnce(store: TickStore, deadline: Deadline): Promise<void> {
  const { campaign, now, isDeadline, period } = deadline;
  if (await store.isPublishedAtDeadline(keptBy(campaign, period).period)) return;
  const records = deadline.records.map((it) => inPeriod(it, period.key));
  const table = consolidate(campaign, records, { basis: "submitted", asOf: now });
  const group = await store.boundGroup();
  if (group !== null) {
    const publication = { no: await store.nextPublication(), table, cause: "deadline" } as const;
    const replies = publicationReplies({ campaign, table, publicationNo: publication.no, group });
    await store.publish(publication, replies, now);
    return;
  }
  // Said in the tick of the deadline only: until a group is bound, every further tick comes by here.
  if (!isDeadline) return;
  const slotAt = deadlineOf(campaign, period);
  const data = {
    due: momentText(slotAt, campaign),
    onTime: table.units.filter((it) => it.timeliness === "onTime").length,
    expected: table.units.length,
  };
  const say = { tag: "deadlineNeedsGroup", data, ...headed(campaign, period) } as const;
  const key = `reminder:${campaign.id}:noGroup:${slotAt.toISOString()}`;
  await store.remind({ key, slotAt, slots: [], replies: [toManagers(say)] }, now);
}
