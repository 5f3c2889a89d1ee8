import { setTimeout as pause } from "node:timers/promises";
import type { Credentials } from "../config.ts";
import type { Log } from "../log.ts";
import { Connection, GatewayRefusal } from "./connection.ts";

export interface Stream {
  isConnected(): boolean;
  /** Lets messages that are being handled be acknowledged, then closes. */
  stop(): Promise<void>;
}

export interface StreamOptions {
  credentials: Credentials;
  log: Log;
  /** Gets the `data` of a robot message (dingtalk.md §3). Resolves once it is committed; if it rejects, there is no ack. */
  onMessage: (data: string) => Promise<void>;
  timing?: Partial<StreamTiming>;
}

/** All of it real time. */
export interface StreamTiming {
  heartbeatMs: number;
  gatewayLimitMs: number;
  handshakeLimitMs: number;
  firstBackoffMs: number;
  longestBackoffMs: number;
  /** A connection that lived so long was a good one. */
  steadyAfterMs: number;
}

const defaultTiming: StreamTiming = {
  heartbeatMs: 25_000,
  gatewayLimitMs: 10_000,
  handshakeLimitMs: 10_000,
  firstBackoffMs: 1000,
  longestBackoffMs: 60_000,
  steadyAfterMs: 30_000,
};

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
  #attempted: () => void = () => {};
  #current: Connection | null = null;
  #retiring: Promise<void> = Promise.resolve();
  /** Attempts in a row that failed or ended too soon; the pause before the next depends on it. */
  #failures = 0;
  #complaint: string | null = null;

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

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#current?.retire(), this.#running]);
    await this.#retiring;
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
    const { credentials, log, onMessage } = this.#options;
    const connection = new Connection({
      credentials,
      log,
      onMessage,
      signal: this.#stopping.signal,
      timing: this.#timing,
    });
    try {
      await connection.open();
      return connection;
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#complain(error);
      return null;
    }
  }

  /**
   * The new connection first, then away with the old one: nothing is pushed to a connection that was told to leave.
   * Resolves when this one has ended, with whether it had lived long enough.
   */
  async #use(connection: Connection): Promise<boolean> {
    const openedAt = performance.now();
    const old = this.#current;
    this.#current = connection;
    this.#complaint = null;
    this.#options.log.info("connected to DingTalk");
    if (old !== null) this.#retiring = Promise.all([this.#retiring, old.retire()]).then(() => {});
    if (this.#stopping.signal.aborted) await connection.retire();
    const why = await connection.ended;
    if (!this.#stopping.signal.aborted)
      this.#options.log.info({ why }, "the connection to DingTalk ended; opening another");
    return performance.now() - openedAt >= this.#timing.steadyAfterMs;
  }

  /** Exponential with full jitter; only the first attempt in a row follows at once. */
  async #backOff(): Promise<void> {
    const { firstBackoffMs, longestBackoffMs } = this.#timing;
    if (this.#failures === 0) return;
    const limitMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (this.#failures - 1));
    await pause(Math.random() * limitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  #complain(error: unknown): void {
    const complaint = explain(error, this.#options.credentials.apiBase);
    if (complaint !== this.#complaint) this.#options.log.error(complaint);
    this.#complaint = complaint;
  }
}

/** What is wrong and what to do about it, for whoever runs the bot (dingtalk.md §2.1, §6). */
function explain(error: unknown, apiBase: string): string {
  if (error instanceof GatewayRefusal) {
    if (error.status === 401) {
      return "钉钉拒绝连接（401）：DINGTALK_CLIENT_ID 或 DINGTALK_CLIENT_SECRET 不对，请到开放平台“凭证与基础信息”核对。会继续重试。";
    }
    if (error.status === 400 || error.status === 403) {
      return `钉钉拒绝连接（${error.status} ${error.code}）：请检查应用版本是否已发布、机器人的消息接收模式是否为 Stream 模式、安全设置的 IP 白名单是否包含本机。会继续重试。`;
    }
    return `钉钉网关暂时不可用（${error.status} ${error.code}）。会继续重试。`;
  }
  const kind = error instanceof Error ? error.name : "unknown";
  return `连不上钉钉（${new URL(apiBase).host}，${kind}）：请检查网络、DNS，以及防火墙是否放行到 443 端口的外连。会继续重试。`;
}
