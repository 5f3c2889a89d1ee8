import { schedule } from "node-cron";
import type { Campaign } from "../campaign/campaign.ts";
import { movedForAll } from "../campaign/deadline.ts";
import type { Watch } from "../checkpoint.ts";
import type { Clock } from "../clock.ts";
import { faultOf, type Log } from "../log.ts";
import type { Store, TickStore } from "../store/store.ts";
import { nextTick } from "./next.ts";
import { isWindow, type Place } from "./plan/due.ts";
import type { Glance } from "./plan/moment.ts";
import { isAnythingDue, plan } from "./plan/plan.ts";
import type { Presence } from "./presence.ts";
import { publishAtDeadline } from "./publish.ts";

const minuteMs = 60_000;

export interface Scheduler {
  /** Does what has become due since the last tick, in one transaction. Rejects where the store does. */
  tick(now?: Date): Promise<void>;
  /** When a tick will next have something to do, as things stand: for clocks that jump. */
  next(after?: Date): Promise<Date | null>;
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
    next: (after = clock.now()) => store.tick((it) => nextTick(it, campaign, after)),
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

/** A clock that was further ahead than this is taken to have been wrong, and what it should have found is looked for. */
const wronglyAheadMs = 60 * minuteMs;

/** One look, from where the last one ended; a clock that stands or goes back a little finds nothing due. */
async function lookAt(store: TickStore, campaign: Campaign, now: Date): Promise<void> {
  const mark = await store.mark();
  const aheadMs = (mark.lookedAt?.getTime() ?? 0) - now.getTime();
  if (aheadMs >= 0 && aheadMs <= wronglyAheadMs) return;
  const lookedAt = mark.lookedAt === null || aheadMs > 0 ? new Date(now.getTime() - minuteMs) : mark.lookedAt;
  const units = await store.units();
  await remindAll(store, units, { campaign, now, since: mark.lookedAt === null ? lookedAt : mark.since });
  await publishAtDeadline(store, { campaign, now, lookedAt, moved: movedForAll(units) });
  await store.looked(now);
}

async function remindAll(
  store: TickStore,
  units: readonly Place[],
  at: Pick<Glance, "campaign" | "now" | "since">,
): Promise<void> {
  const { campaign, now } = at;
  if (!isWindow(at)) {
    await store.recall();
    return;
  }
  const [claimed, putOffs, unread] = [await store.claimed(now), await store.putOffs(), await store.unread(now)];
  const glance: Glance = { ...at, claimed, putOffs, unread };
  if (!isAnythingDue(glance, units)) return;
  const planned = plan({ ...glance, campaign, records: await store.records(), people: await store.people(now) });
  await store.remind(planned, now);
}
