import { randomUUID } from "node:crypto";
import type { Campaign } from "../campaign/campaign.ts";
import { mayHaveLost, type OfflineSpan, offlineNotice } from "../flows/offline.ts";
import { faultOf, type Log } from "../log.ts";
import type { Store, TickStore } from "../store/store.ts";

/** Every connected program says so with each tick; who was heard of within this time was connected all the while. */
const heardWithinMs = 90_000;

/** Knows when no program at all was connected, also over a restart, and has managers told of it once. */
export interface Presence {
  /** Where it learns whether this program is connected. */
  follow(isConnected: () => boolean): void;
  backOnline(span: OfflineSpan): Promise<void>;
  /**
   * Writes what is known of the last time offline, if that is still to do: to be called once connected, and with every
   * tick. Where the store fails it is still to do.
   */
  settle(now: Date): Promise<void>;
  /** Resolves when no such writing is under way: before that no message should be answered. */
  settled(): Promise<void>;
  /** Part of a tick: this program is connected, or not. */
  look(tick: TickStore, now: Date): Promise<void>;
}

export interface PresenceParts {
  store: Pick<Store, "tick">;
  campaign: Campaign;
  log: Log;
  /** A name of its own for every program that runs. */
  program?: string;
}

/** When this program was not connected; `null` for what only others can tell: since when nobody was, or that it still isn't. */
interface Untold {
  from: Date | null;
  to: Date | null;
}

export function createPresence({ store, campaign, log, program = randomUUID() }: PresenceParts): Presence {
  let isConnected = () => false;
  let untold: Untold | null = { from: null, to: null };
  let settling: Promise<void> = Promise.resolve();

  async function tell({ from, to: end }: Untold, now: Date): Promise<void> {
    const to = end ?? now;
    await store.tick(async (tick) => {
      const offline = spanOf({ from, to }, await tick.lastOnline(program));
      await tick.markOnline(program, to);
      if (offline === null || !mayHaveLost(campaign, offline)) return;
      await tick.recordOffline(offline, [offlineNotice(campaign, offline)]);
    });
  }

  function settle(now: Date): Promise<void> {
    if (untold === null || !isConnected()) return Promise.resolve();
    const told = untold;
    settling = tell(told, now).then(
      () => {
        if (untold === told) untold = null;
      },
      (error: unknown) =>
        log.error({ fault: faultOf(error) }, "a time offline could not be written; the next tick tries"),
    );
    return settling;
  }

  return {
    follow(answer) {
      isConnected = answer;
    },
    backOnline({ from, to }) {
      untold = { from: untold === null ? from : untold.from, to };
      return settle(to);
    },
    settle,
    settled: () => settling,
    async look(tick, now) {
      if (untold === null && isConnected()) await tick.markOnline(program, now);
    },
  };
}

/** The time in which nobody was connected; `null` where another program was. `from`: since when this one was not. */
function spanOf({ from, to }: { from: Date | null; to: Date }, otherAt: Date | null): OfflineSpan | null {
  if (otherAt !== null && to.getTime() - otherAt.getTime() < heardWithinMs) return null;
  if (from === null) return otherAt === null ? null : { from: otherAt, to };
  return { from: otherAt === null || otherAt < from ? from : otherAt, to };
}
