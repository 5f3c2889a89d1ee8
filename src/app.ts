import { createAttachments } from "./attachments.ts";
import { Arrivals } from "./bot/arrivals.ts";
import type { Chore } from "./bot/chore.ts";
import { type Directory, startDirectory } from "./bot/directory.ts";
import { type Dispatcher, startDispatcher } from "./bot/dispatcher.ts";
import { allowedHosts } from "./bot/download.ts";
import { createIntake } from "./bot/intake.ts";
import { createLeftAside, type LeftAside } from "./bot/left-aside.ts";
import { type FileWorker, startFileWorker } from "./bot/media.ts";
import { OpenApi } from "./bot/openapi.ts";
import { startReadReceipts } from "./bot/read-receipts.ts";
import { RobotCode } from "./bot/robot-code.ts";
import { createSender } from "./bot/sender.ts";
import { createSessionFallback } from "./bot/session-fallback.ts";
import { type Stream, type StreamState, startStream } from "./bot/stream.ts";
import type { StreamTiming } from "./bot/stream-timing.ts";
import { startTodos } from "./bot/todos.ts";
import { createTurns } from "./bot/turn.ts";
import { tellUndelivered } from "./bot/undelivered.ts";
import { standardAllowance, startUsage, type Usage, type UsageMeter } from "./bot/usage.ts";
import type { Campaign } from "./campaign/campaign.ts";
import type { Watch } from "./checkpoint.ts";
import type { Clock } from "./clock.ts";
import type { Credentials } from "./config.ts";
import type { OfflineSpan } from "./flows/offline.ts";
import type { Log } from "./log.ts";
import { read } from "./reader/reading.ts";
import { createPresence } from "./scheduler/presence.ts";
import { createScheduler, type Scheduler } from "./scheduler/tick.ts";
import { todosWanted } from "./scheduler/todos.ts";
import { openStore } from "./store/prisma-store.ts";
import type { Store, UsageKind } from "./store/store.ts";

/** How patient and how fast; the defaults are those of the real DingTalk. All of it real time. */
export interface Transport {
  timing: Partial<StreamTiming>;
  /** Of one path of DingTalk's API; a little below what it allows when not given. */
  callsPerSecond: number;
  /** After a crash, what was being sent is tried again when so much time has passed. */
  leaseMs: number;
}

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
  transport?: Partial<Transport>;
  /** What the organisation may use in a month; DingTalk's standard edition when not given. */
  allowed?: Record<UsageKind, number>;
  /** Told of every named point that work passes. */
  watch?: Watch;
}

export interface App {
  readonly store: Store;
  readonly scheduler: Scheduler;
  isConnected(): boolean;
  streamState(): StreamState;
  /** Why nothing can be sent, since when, and what to do; `null`: as far as known, it can. */
  sendingFailing(): RobotCode["failing"];
  /** What was used of the organisation's monthly allowance. */
  usage(): Usage;
  /** Resolves when every message taken in so far is answered, and every file fetched. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The composition root: every part gets what it needs here and nowhere else. What is opened is closed last-in first-out.
 * A message: stream → intake → turns → store; a reply: store → dispatcher → sender; time: scheduler → store.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { campaign, managers, databaseUrl, clock, log } = options;
  const closers: (() => Promise<void> | void)[] = [];
  const opened: Opened = (part, close) => {
    closers.push(() => close(part));
    return part;
  };
  const store: Store = opened(await openStore({ databaseUrl, campaign, managers }), (it) => it.close());
  log.info(await store.durability(), "database open");
  const ground = { options, store, opened };
  const out = await startSpeaking(ground);
  const work = startWorking(ground, out.api);
  const scheduler = startTicking(ground, work);
  await warmUp(ground);
  const { stream, leftAside } = await startListening(ground, { ...out, ...work });
  await work.presence.settle(clock.now());
  work.begin();
  return {
    store,
    scheduler,
    isConnected: () => stream.isConnected(),
    streamState: () => stream.state(),
    sendingFailing: () => out.robotCode.failing,
    usage: () => out.usage.usage(),
    async quiet() {
      const { directory, files, receipts, todos } = work;
      for (const part of [leftAside, directory, files, receipts, todos, out.dispatcher]) await part.idle();
    },
    async stop() {
      for (const close of closers.toReversed()) await close();
    },
  };
}

type Opened = <T>(part: T, close: (part: T) => Promise<void> | void) => T;

/** What is slow only the first time, as building queries and the reader's tables, is done before anybody waits for it. */
async function warmUp({ options: { campaign, clock }, store }: Ground): Promise<void> {
  read("演练1场30人", { campaign, fields: campaign.fields, now: clock.now() });
  await store.records();
}

/** What every part stands on. */
interface Ground {
  options: AppOptions;
  store: Store;
  opened: Opened;
}

type Speaking = Awaited<ReturnType<typeof startSpeaking>>;
type Working = ReturnType<typeof startWorking>;

/** From the outbox to DingTalk. */
async function startSpeaking({ options, store, opened }: Ground) {
  const { campaign, credentials, clock, log, watch, transport = {}, allowed = standardAllowance } = options;
  const { callsPerSecond, leaseMs } = transport;
  const counting = { store: store.usage, clock, zone: campaign, log, allowed };
  const usage: UsageMeter = opened(await startUsage(counting), (it) => it.stop());
  const onCounted = () => usage.count("calls");
  const robotCode = new RobotCode({ clock, log });
  const calling = { credentials, clock, onCounted, robotCode };
  const api = new OpenApi({ ...calling, ...(callsPerSecond !== undefined && { callsPerSecond }) });
  const sessions = createSessionFallback({ credentials, onSent: () => usage.count("stream") });
  const arrivals = new Arrivals();
  const dispatching = {
    outbox: store.outbox,
    attachments: createAttachments({ store, campaign, clock }),
    sender: createSender(api, sessions.send),
    log,
    hasOtherWay: sessions.has,
    isNearQuota: () => usage.isNear(),
    onRest: () => tellUndelivered({ store, clock }),
    caughtUp: () => arrivals.caughtUp(),
    ...(leaseMs !== undefined && { leaseMs }),
    ...(watch !== undefined && { watch }),
  };
  const dispatcher: Dispatcher = opened(startDispatcher(dispatching), (it) => it.stop());
  return { usage, api, robotCode, sessions, dispatcher, arrivals };
}

/** What happens to a message, and what follows from it in the background. */
function startWorking({ options, store, opened }: Ground, api: OpenApi) {
  const { campaign, credentials, dataDir, clock, log, watch } = options;
  const turns = createTurns({ store, campaign, clock, log, ...(watch !== undefined && { watch }) });
  const fetching = { store, api, turns, clock, log, dataDir, allowedHosts: allowedHosts(credentials.apiBase) };
  const files: FileWorker = opened(startFileWorker(fetching), (it) => it.stop());
  const directory: Directory = opened(startDirectory({ store, api, turns, clock, log }), (it) => it.stop());
  const receipts: Chore = opened(startReadReceipts({ receipts: store.receipts, api, clock, log }), (it) => it.stop());
  const wanted = todosWanted({ store, campaign });
  const keeping = { todos: store.todos, wanted, api, campaign, clock, log };
  const todos: Chore = opened(startTodos(keeping), (it) => it.stop());
  const presence = createPresence({ store, campaign, log });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  /** What is known of the time before must be written before the first message is answered. */
  const ready = () => begun.then(() => presence.settled());
  return { turns, files, directory, receipts, todos, presence, ready, begin };
}

function startTicking({ options, store, opened }: Ground, work: Working): Scheduler {
  const { campaign, clock, log, watch } = options;
  const { presence, files, directory, receipts, todos } = work;
  const onTick = () => {
    directory.wake();
    files.wake();
    receipts.wake();
    todos.wake();
  };
  const ticking = { store, clock, campaign, log, presence, onTick, ...(watch !== undefined && { watch }) };
  const scheduler = opened(createScheduler(ticking), (it) => it.stop());
  if (options.hasCron) scheduler.start();
  return scheduler;
}

/** From DingTalk to the turns. */
async function startListening({ options, opened }: Ground, parts: Working & Speaking) {
  const { credentials, clock, log, transport = {} } = options;
  const { usage, sessions, arrivals, turns, presence, ready } = parts;
  const onSent = () => usage.count("stream");
  const leftAside: LeftAside = opened(createLeftAside({ credentials, clock, log, onSent }), (it) => it.idle());
  const take = createIntake({ turns, leftAside, onSession: sessions.keep, ready });
  const onMessage = (data: string): Promise<void> => {
    usage.count("stream");
    return arrivals.taking(() => take(data));
  };
  const onBackOnline = (span: OfflineSpan) => presence.backOnline(span);
  const listening = {
    credentials,
    log,
    now: () => clock.now(),
    onMessage,
    onBackOnline,
    timing: transport.timing ?? {},
  };
  const stream: Stream = opened(await startStream(listening), (it) => it.stop());
  // What a dead connection says of itself would keep the others from telling that nobody was connected.
  presence.follow(() => stream.isResponsive());
  return { stream, leftAside };
}
