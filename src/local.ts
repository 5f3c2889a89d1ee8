import { type App, type AppOptions, startApp } from "./app.ts";
import { instantAt } from "./campaign/calendar.ts";
import type { Campaign } from "./campaign/campaign.ts";
import { MovableClock } from "./clock.ts";
import type { Log } from "./log.ts";
import { type LocalDingTalk, startLocalDingTalk } from "./playground/local-dingtalk.ts";
import { peopleOf } from "./playground/people.ts";
import { emptySqlite } from "./store/emptied.ts";

export interface LocalOptions {
  campaign: Campaign;
  managers: readonly string[];
  /** A SQLite file of this run alone: what is there is deleted first. */
  databaseFile: string;
  dataDir: string;
  log: Log;
  /** Where the clock starts; the day the campaign opens, 09:00, when not given. */
  startAt: Date | null;
  /** Whether time runs on by itself, with node-cron ticking; otherwise only `moveTo` moves it. */
  clockRuns: boolean;
  qpsPerApi?: number;
  /** Of a month, on both sides of the wire; the free edition's when not given. */
  allowed?: NonNullable<AppOptions["allowed"]>;
}

export interface Local {
  readonly app: App;
  readonly dingtalk: LocalDingTalk;
  readonly clock: MovableClock;
  /** When the next thing falls due. */
  next(): Promise<Date | null>;
  /** Moves time on, stopping at every moment something falls due, and lets the bot do it. */
  moveTo(instant: Date): Promise<void>;
  /** Resolves when everything said is answered, on both sides of the wire. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/** The bot against the local DingTalk: the same program, the same SDK and sockets; only the base URL differs. */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const { campaign, managers, databaseFile, dataDir, log, clockRuns, allowed } = options;
  await emptySqlite(databaseFile);
  const start = options.startAt ?? instantAt(campaign.opensOn, "09:00", campaign);
  const clock = new MovableClock(start, { runs: clockRuns });
  const credentials = { clientId: "local-client", clientSecret: "local-secret" };
  const dingtalk = await startLocalDingTalk({
    ...credentials,
    ...peopleOf(campaign, managers),
    now: () => clock.now(),
    ...(allowed !== undefined && { monthlyQuota: { apiCalls: allowed.calls, streamMessages: allowed.stream } }),
    ...(options.qpsPerApi !== undefined && { qpsPerApi: options.qpsPerApi }),
  });
  const { baseUrl } = dingtalk;
  const app = await startApp({
    campaign,
    credentials: { ...credentials, robotCode: credentials.clientId, apiBase: baseUrl, oapiBase: baseUrl },
    managers,
    databaseUrl: `file:${databaseFile}`,
    dataDir,
    clock,
    log,
    hasCron: clockRuns,
    ...(allowed !== undefined && { allowed }),
    ...(options.qpsPerApi !== undefined && { transport: { callsPerSecond: options.qpsPerApi } }),
  });

  async function quiet(): Promise<void> {
    await dingtalk.quiet();
    await app.quiet();
  }

  async function tickAt(instant: Date): Promise<void> {
    clock.moveTo(instant);
    await app.scheduler.tick();
    await quiet();
  }

  return {
    app,
    dingtalk,
    clock,
    quiet,
    next: () => app.scheduler.next(),
    async moveTo(instant) {
      for (;;) {
        const due = await app.scheduler.next();
        if (due === null || due > instant) break;
        await tickAt(due);
      }
      await tickAt(instant);
    },
    async stop() {
      await app.stop();
      await dingtalk.stop();
    },
  };
}
