import type { Campaign } from "../campaign/campaign.ts";
import { mayHaveLost, type OfflineSpan, offlineNotice } from "../flows/offline.ts";
import type { Store, TickStore } from "../store/store.ts";

/** Every connected program says so with each tick; who was heard of within this time was connected all the while. */
const heardWithinMs = 90_000;

export interface Presence {
  /** This program is connected now. */
  online(now: Date): Promise<void>;
  /** It is connected again; `from` is `null` at its start, when only what others wrote tells since when nobody was. */
  backOnline(span: { from: Date | null; to: Date }): Promise<void>;
}

/** Knows when no program at all was connected, also over a restart, and has managers told of it once. */
export function createPresence(store: Pick<Store, "tick">, campaign: Campaign, program: string): Presence {
  return {
    online: (now) => store.tick((it) => it.markOnline(program, now)),
    backOnline: (span) =>
      store.tick(async (tick) => {
        const heardAt = await tick.lastOnline();
        await tick.markOnline(program, span.to);
        const offline = spanOf(span, heardAt);
        if (offline !== null && mayHaveLost(campaign, offline)) await record(tick, campaign, offline);
      }),
  };
}

/** The time in which nobody was connected; `null` where somebody was, or nobody ever. */
function spanOf({ from, to }: { from: Date | null; to: Date }, heardAt: Date | null): OfflineSpan | null {
  if (heardAt === null) return null;
  const isCovered = to.getTime() - heardAt.getTime() < heardWithinMs;
  if (from === null) return isCovered ? null : { from: heardAt, to };
  // Heard of after this program had lost its connection: that was another one.
  if (heardAt > from) return isCovered ? null : { from: heardAt, to };
  return { from, to };
}

async function record(tick: TickStore, campaign: Campaign, span: OfflineSpan): Promise<void> {
  await tick.recordOffline(span, [offlineNotice(campaign, span)]);
}
