import { createAttachments } from "./attachments.ts";
import { type Directory, startDirectory } from "./bot/directory.ts";
import { type Dispatcher, startDispatcher } from "./bot/dispatcher.ts";
import { allowedHosts } from "./bot/download.ts";
import { decode } from "./bot/inbound.ts";
import { type FileWorker, startFileWorker } from "./bot/media.ts";
import { OpenApi, standardCallsPerSecond } from "./bot/openapi.ts";
import { createSender } from "./bot/sender.ts";
import { type Stream, startStream } from "./bot/stream.ts";
import { createTurns } from "./bot/turn.ts";
import { tellUndelivered } from "./bot/undelivered.ts";
import { standardAllowance, startUsage, type Usage, type UsageMeter } from "./bot/usage.ts";
import type { Campaign } from "./campaign/campaign.ts";
import type { Clock } from "./clock.ts";
import type { Credentials } from "./config.ts";
import type { Log } from "./log.ts";
import { createScheduler, type Scheduler } from "./scheduler/tick.ts";
import { openStore } from "./store/prisma-store.ts";
import type { Store, UsageKind } from "./store/store.ts";

export interface AppOptions {
  campaign: Campaign;
  credentials: Credentials;
  managers: readonly string[];
  databaseUrl: string;
  dataDir: string;
  clock: Clock;
  log: Log;
  /** `false` where the clock's owner ticks by itself (rehearsal). */
  hasCron: boolean;
  /** Of one path of DingTalk's API; a little below what it allows when not given. */
  callsPerSecond?: number;
  /** What the organisation may use in a month; DingTalk's standard edition when not given. */
  allowed?: Record<UsageKind, number>;
}

export interface App {
  readonly store: Store;
  readonly scheduler: Scheduler;
  isConnected(): boolean;
  /** What was used of the organisation's monthly allowance. */
  usage(): Usage;
  /** Resolves when every message taken in so far is answered, and every file fetched. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The composition root: every part gets what it needs here and nowhere else. What is opened is closed last-in first-out.
 * A message: stream → decode → turns → store; a reply: store → dispatcher → sender; time: scheduler → store.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { campaign, credentials, managers, databaseUrl, dataDir, clock, log } = options;
  const closers: (() => Promise<void> | void)[] = [];
  const opened = <T>(part: T, close: (part: T) => Promise<void> | void): T => {
    closers.push(() => close(part));
    return part;
  };

  const store: Store = opened(await openStore({ databaseUrl, campaign, managers }), (it) => it.close());
  log.info(await store.durability(), "database open");
  const { allowed = standardAllowance, callsPerSecond = standardCallsPerSecond } = options;
  const usage: UsageMeter = opened(
    await startUsage({ store: store.usage, clock, zone: campaign, log, allowed }),
    (it) => it.stop(),
  );
  const api = new OpenApi({ credentials, clock, callsPerSecond, onCounted: () => usage.count("calls") });
  const attachments = createAttachments({ store, campaign, clock });
  const dispatcher: Dispatcher = opened(
    startDispatcher({
      outbox: store.outbox,
      attachments,
      sender: createSender(api),
      log,
      isNearQuota: () => usage.isNear(),
      onRest: () => tellUndelivered({ store, clock }),
    }),
    (it) => it.stop(),
  );
  const turns = createTurns({ store, campaign, clock, log });
  const files: FileWorker = opened(
    startFileWorker({ store, api, turns, clock, log, dataDir, allowedHosts: allowedHosts(credentials.apiBase) }),
    (it) => it.stop(),
  );
  const directory: Directory = opened(startDirectory({ store, api, turns, clock, log }), (it) => it.stop());
  const onTick = () => {
    directory.wake();
    files.wake();
  };
  const scheduler = opened(createScheduler({ store, clock, campaign, log, onTick }), (it) => it.stop());
  if (options.hasCron) scheduler.start();

  const onMessage = async (data: string): Promise<void> => {
    usage.count("stream");
    const decoded = decode(data);
    if (decoded.ok) await turns.take(decoded.inbound);
    else log.warn({ problem: decoded.problem, msgId: decoded.msgId }, "a message was left aside");
  };
  const stream: Stream = opened(await startStream({ credentials, log, onMessage }), (it) => it.stop());

  return {
    store,
    scheduler,
    isConnected: () => stream.isConnected(),
    usage: () => usage.usage(),
    async quiet() {
      await directory.idle();
      await files.idle();
      await dispatcher.idle();
    },
    async stop() {
      for (const close of closers.toReversed()) await close();
    },
  };
}
