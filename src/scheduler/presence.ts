import { randomUUID } from "node:crypto";
import type { Campaign } from "../campaign/campaign.ts";
import { mayHaveLost, type OfflineSpan, offlineNotice } from "../flows/offline.ts";
import type { Store, TickStore } from "../store/store.ts";

/** Every connected program says so with each tick; who was heard of within this time was connected all the while. */
const heardWithinMs = 90_000;

/** Knows when no program at all was connected, also over a restart, and has managers told of it once. */
export interface Presence {
  /** Part of a tick: this program is connected, or not. */
  look(tick: TickStore, now: Date): Promise<void>;
  /** Where it learns whether it is. */
  follow(isConnected: () => boolean): void;
  /** Connected for the first time: only what other programs wrote tells since when nobody was. */
  started(now: Date): Promise<void>;
  backOnline(span: OfflineSpan): Promise<void>;
}

export interface PresenceParts {
  store: Pick<Store, "tick">;
  campaign: Campaign;
  /** A name of its own for every program that runs. */
  program?: string;
}

export function createPresence({ store, campaign, program = randomUUID() }: PresenceParts): Presence {
  let isConnected = () => false;

  const cameBack = (from: Date | null, to: Date): Promise<void> =>
    store.tick(async (tick) => {
      const offline = spanOf({ from, to }, await tick.lastOnline());
      await tick.markOnline(program, to);
      if (offline === null || !mayHaveLost(campaign, offline)) return;
      await tick.recordOffline(offline, [offlineNotice(campaign, offline)]);
    });

  return {
    async look(tick, now) {
      if (isConnected()) await tick.markOnline(program, now);
    },
    follow(answer) {
      isConnected = answer;
    },
    started: (now) => cameBack(null, now),
    backOnline: ({ from, to }) => cameBack(from, to),
  };
}

/** The time in which nobody was connected; `null` where somebody was, or nobody ever. */
function spanOf({ from, to }: { from: Date | null; to: Date }, heardAt: Date | null): OfflineSpan | null {
  if (heardAt === null) return null;
  // Its own last tick, or another program's: until then somebody was connected.
  const wasJustHeard = from !== null && Math.abs(from.getTime() - heardAt.getTime()) < heardWithinMs;
  if (wasJustHeard && heardAt <= from) return { from, to };
  return to.getTime() - heardAt.getTime() < heardWithinMs ? null : { from: heardAt, to };
}
