import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Store, UnknownMobile } from "../store/store.ts";
import { ApiError } from "./api-call.ts";
import { createChore } from "./chore.ts";
import type { OpenApi } from "./openapi.ts";
import type { Turns } from "./turn.ts";

export interface Directory {
  /** Asks for whatever is unknown and was not asked for within a day: call it often, it asks seldom. */
  wake(): void;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface DirectoryOptions {
  store: Pick<Store, "unknownMobiles" | "mobileFound">;
  api: Pick<OpenApi, "staffIdByMobile">;
  turns: Turns;
  clock: Clock;
  log: Log;
}

const dayMs = 24 * 60 * 60_000;
/** After an error that is not about one number, such as a missing permission. Real time. */
const restMs = 5 * 60_000;

/**
 * Mobile → staff id, by the organisation's directory: at start, daily, and after any turn that may have nominated somebody.
 * What is found is stored; each nomination that waited for it gets a turn of its own, `personFound`.
 */
export function startDirectory(options: DirectoryOptions): Directory {
  const { store, turns, clock, log } = options;
  let restsUntil = 0;
  // Some stay unknown though they were found, such as one who speaks for another unit.
  const resolvedAt = new Map<string, number>();
  const chore = createChore(async (signal) => {
    if (Date.now() < restsUntil) return;
    const dayAgo = clock.now().getTime() - dayMs;
    for (const unknown of await store.unknownMobiles(new Date(dayAgo))) {
      const wanted = [unknown.mobile, ...unknown.nominations.map((it) => it.no)].join(" ");
      if (signal.aborted) return;
      if ((resolvedAt.get(wanted) ?? 0) > dayAgo) continue;
      try {
        await resolve(unknown, options);
        resolvedAt.set(wanted, clock.now().getTime());
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        restsUntil = Date.now() + (error.retryAfterMs ?? restMs);
        log.warn({ problem: error.code }, "the organisation's directory could not be asked for a mobile");
        return;
      }
    }
  }, log);
  turns.onHandled(({ kind }) => {
    if (kind === "text" || kind === "voice") chore.wake();
  });
  chore.wake();
  return chore;
}

async function resolve({ mobile, nominations }: UnknownMobile, options: DirectoryOptions): Promise<void> {
  const { store, api, turns, clock } = options;
  const staffId = await api.staffIdByMobile(mobile);
  const at = clock.now();
  await store.mobileFound(mobile, staffId, at);
  for (const { no, proposedBy } of nominations) {
    const sender = { staffId: proposedBy, nick: "" };
    // Asked for every day, but said only once what came out.
    const key = `person:${no}:${staffId ?? "nobody"}`;
    await turns.take({ key, at, sender, group: null, kind: "personFound", nominationNo: no, staffId });
  }
}
