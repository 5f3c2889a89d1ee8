import { setTimeout as pause } from "node:timers/promises";
import type { Credentials } from "../config.ts";
import type { OfflineSpan } from "../flows/offline.ts";
import { faultOf, type Log } from "../log.ts";
import { backoffMs, slowBackoffMs } from "./backoff.ts";
import { type Complaint, explain } from "./complaint.ts";
import { Connection } from "./connection.ts";
import { defaultTiming, type StreamTiming } from "./stream-timing.ts";
import { Uptime } from "./uptime.ts";

export interface Stream {
  isConnected(): boolean;
  /** Whether the connection has also shown a sign of life of late: one may be dead for a minute before that is noticed. */
  isResponsive(): boolean;
  state(): StreamState;
  /** Lets messages that are being handled be acknowledged, then closes; within 10 s, whatever the far side does. */
  stop(): Promise<void>;
}

/** Plain data without secrets, for health checks. Instants are calendar time. */
export interface StreamState {
  /** `null`: nothing arrives at the moment. */
  connectedSince: Date | null;
  /** Connections opened after the first. */
  reconnects: number;
  lastFrameAt: Date | null;
  /** Why attempts fail, since when, and what to do; `null`: the last one did not. */
  failing: { since: Date; complaint: string } | null;
  offlineSince: Date | null;
  /** The last 50 times of at least a second without a connection, oldest first. */
  offline: readonly OfflineSpan[];
  /** All such time since the start, with what lasts still. */
  offlineSeconds: number;
}

export interface StreamOptions {
  credentials: Credentials;
  log: Log;
  /** Calendar time. */
  now: () => Date;
  /** Gets the `data` of a robot message (dingtalk.md §3). Resolves once it is committed; if it rejects, there is no ack. */
  onMessage: (data: string) => Promise<void>;
  /** Called once after each time without a connection that lasted a second or more: what was said in it is lost. */
  onBackOnline?: (span: OfflineSpan) => void | Promise<void>;
  timing?: Partial<StreamTiming>;
}

/**
 * Keeps one Stream-mode connection open. Resolves when the first one is, or when the first attempt has failed: then what is
 * wrong has been said once in the log, and attempts go on.
 */
export async function startStream(options: StreamOptions): Promise<Stream> {
  const supervisor = new Supervisor(options);
  await supervisor.firstAttempt;
  return supervisor;
}

class Supervisor implements Stream {
  readonly firstAttempt: Promise<void>;
  readonly #options: StreamOptions;
  readonly #timing: StreamTiming;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  readonly #uptime = new Uptime();
  #attempted: () => void = () => {};
  #opening: Connection | null = null;
  #current: Connection | null = null;
  #previous: Connection | null = null;
  #retiring: Promise<void> = Promise.resolve();
  /** Attempts in a row that failed or ended too soon; the pause before the next depends on it. */
  #failures = 0;
  #complaint: (Complaint & { since: Date }) | null = null;
  readonly #said = new Set<string>();
  #openedAt: Date | null = null;
  #reconnects = 0;
  #lastFrameAt: Date | null = null;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.firstAttempt = new Promise((resolve) => {
      this.#attempted = resolve;
    });
    this.#running = this.#keepConnected();
  }

  isConnected(): boolean {
    return this.#current?.isOpen() ?? false;
  }

  isResponsive(): boolean {
    return this.#current?.isResponsive() ?? false;
  }

  state(): StreamState {
    const complaint = this.#complaint;
    return {
      connectedSince: this.isConnected() ? this.#openedAt : null,
      reconnects: this.#reconnects,
      lastFrameAt: this.#lastFrameAt,
      failing: complaint === null ? null : { since: complaint.since, complaint: complaint.words },
      offlineSince: this.#uptime.offlineSince,
      offline: this.#uptime.spans,
      offlineSeconds: this.#uptime.offlineSeconds(this.#options.now()),
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#opening?.drop();
    await Promise.all([this.#current?.retire(), this.#retiring, this.#running]);
  }

  async #keepConnected(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const connection = await this.#open();
      this.#attempted();
      const wasSteady = connection !== null && (await this.#use(connection));
      if (wasSteady) this.#failures = 0;
      if (!signal.aborted) await this.#backOff();
      this.#failures += 1;
    }
  }

  async #open(): Promise<Connection | null> {
    const { credentials, log, now, onMessage } = this.#options;
    const onFrame = () => {
      this.#lastFrameAt = now();
    };
    const startedAt = now();
    // Never a third one: whatever the one before the last is still waiting for, it had its time.
    this.#previous?.drop();
    const connection = new Connection({ credentials, log, now, onMessage, onFrame, timing: this.#timing });
    this.#opening = connection;
    try {
      await connection.open();
      return connection;
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#complain(error, startedAt);
      return null;
    } finally {
      this.#opening = null;
    }
  }

  /**
   * The new connection first, then away with the old one: nothing is pushed to a connection that was told to leave.
   * Resolves when this one has ended, with whether it had lived long enough.
   */
  async #use(connection: Connection): Promise<boolean> {
    const openedAt = performance.now();
    this.#replaceBy(connection);
    if (this.#stopping.signal.aborted) await connection.retire();
    const { why, lostAt } = await connection.ended;
    if (!this.#stopping.signal.aborted) {
      this.#options.log.info({ why }, "the connection to DingTalk ended; opening another");
      if (lostAt !== null) this.#uptime.lost(lostAt);
    }
    return performance.now() - openedAt >= this.#timing.steadyAfterMs;
  }

  #replaceBy(connection: Connection): void {
    const { log, now } = this.#options;
    this.#previous = this.#current;
    this.#current = connection;
    if (this.#openedAt !== null) this.#reconnects += 1;
    this.#openedAt = now();
    this.#complaint = null;
    this.#said.clear();
    log.info("connected to DingTalk");
    if (this.#previous !== null) this.#retiring = Promise.all([this.#retiring, this.#previous.retire()]).then(() => {});
    const span = this.#uptime.back(this.#openedAt);
    if (span !== null) void this.#tellOf(span);
  }

  async #tellOf(span: OfflineSpan): Promise<void> {
    const { log, onBackOnline } = this.#options;
    log.warn(span, "there was no connection to DingTalk: what was said meanwhile is lost");
    try {
      await onBackOnline?.(span);
    } catch (error) {
      log.error({ fault: faultOf(error) }, "nobody could be told of the time without a connection");
    }
  }

  /** Only the first attempt in a row follows at once. */
  async #backOff(): Promise<void> {
    const limitMs = this.#complaint?.needsPerson
      ? slowBackoffMs(this.#timing, Math.random())
      : backoffMs(this.#failures, this.#timing, Math.random());
    if (limitMs === 0) return;
    await pause(limitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  #complain(error: unknown, startedAt: Date): void {
    // A connection that was told to leave, or was silent, may have gone meanwhile.
    if (!this.isConnected()) this.#uptime.lost(startedAt);
    const complaint = explain(error, this.#options.credentials.apiBase);
    if (!this.#said.has(complaint.words)) this.#options.log.error(complaint.words);
    this.#said.add(complaint.words);
    this.#complaint = { ...complaint, since: this.#complaint?.since ?? startedAt };
  }
}
