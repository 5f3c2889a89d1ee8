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
  /** Resolves when what is known of the last time offline is written: before that no message may be answered. */
  settled(): Promise<void>;
}

export interface PresenceParts {
  store: Pick<Store, "tick">;
  campaign: Campaign;
  /** A name of its own for every program that runs. */
  program?: string;
}

export function createPresence({ store, campaign, program = randomUUID() }: PresenceParts): Presence {
  let isConnected = () => false;
  let settling: Promise<unknown> = Promise.resolve();

  const cameBack = (from: Date | null, to: Date): Promise<void> => {
    const written = store.tick(async (tick) => {
      const offline = spanOf({ from, to }, await tick.lastOnline(program));
      await tick.markOnline(program, to);
      if (offline === null || !mayHaveLost(campaign, offline)) return;
      await tick.recordOffline(offline, [offlineNotice(campaign, offline)]);
    });
    settling = written.catch(() => {});
    return written;
  };

  return {
    async look(tick, now) {
      if (isConnected()) await tick.markOnline(program, now);
    },
    follow(answer) {
      isConnected = answer;
    },
    started: (now) => cameBack(null, now),
    backOnline: ({ from, to }) => cameBack(from, to),
    async settled() {
      await settling;
    },
  };
}

/** The time in which nobody was connected; `null` where another program was. `from`: since when this one was not. */
function spanOf({ from, to }: { from: Date | null; to: Date }, otherAt: Date | null): OfflineSpan | null {
  if (otherAt !== null && to.getTime() - otherAt.getTime() < heardWithinMs) return null;
  if (from === null) return otherAt === null ? null : { from: otherAt, to };
  return { from: otherAt === null || otherAt < from ? from : otherAt, to };
}
