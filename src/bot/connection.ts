import { DWClient, type DWClientDownStream, TOPIC_ROBOT } from "dingtalk-stream";
import type { WebSocket } from "ws";
import { z } from "zod";
import type { Credentials } from "../config.ts";
import { faultOf, type Log } from "../log.ts";

const gatewayPath = "/v1.0/gateway/connections/open";
const closeLimitMs = 2000;

const ticketSchema = z.looseObject({ endpoint: z.url(), ticket: z.string().min(1) });
const refusalSchema = z.looseObject({ code: z.string() });

/** The gateway gave no ticket; `status` is its HTTP status. */
export class GatewayRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`the gateway answered ${status} ${code}`);
    this.name = "GatewayRefusal";
    this.status = status;
    this.code = code;
  }
}

export interface ConnectionOptions {
  credentials: Credentials;
  log: Log;
  onMessage: (data: string) => Promise<void>;
  /** Ends whatever is being waited for. */
  signal: AbortSignal;
  /** Real time: between two pings; for the gateway's answer; for the WebSocket handshake. */
  timing: { heartbeatMs: number; gatewayLimitMs: number; handshakeLimitMs: number };
}

/**
 * One WebSocket connection of the SDK, used once and thrown away: its own reconnecting leaks sockets and can storm the
 * gateway, its keep-alive can crash the process (dingtalk.md §1.5), so both stay off.
 */
export class Connection extends DWClient {
  /** Settles when this connection is of no more use: told to leave by DingTalk, or closed. */
  readonly ended: Promise<"leaving" | "closed">;
  readonly #options: ConnectionOptions;
  readonly #inFlight = new Set<Promise<void>>();
  #end: (why: "leaving" | "closed") => void = () => {};

  constructor(options: ConnectionOptions) {
    // The default list of subscriptions is one object shared by all clients.
    const untyped = { autoReconnect: false, subscriptions: [] };
    const { clientId, clientSecret } = options.credentials;
    super({ clientId, clientSecret, keepAlive: false, ...untyped });
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.registerCallbackListener(TOPIC_ROBOT, (frame) => {
      const taken = this.#take(frame).finally(() => this.#inFlight.delete(taken));
      this.#inFlight.add(taken);
    });
  }

  /** Resolves when the WebSocket is open. Throws `GatewayRefusal`, or what network and time-out throw. */
  async open(): Promise<void> {
    const { signal, timing } = this.#options;
    Reflect.set(this, "sslopts", { rejectUnauthorized: true, handshakeTimeout: timing.handshakeLimitMs });
    await this.getEndpoint();
    const giveUp = () => this.#socket?.terminate();
    signal.addEventListener("abort", giveUp);
    try {
      // Not `connect()`: that one swallows every error.
      await this._connect();
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
    this.#watch();
  }

  isOpen(): boolean {
    return this.connected;
  }

  /** Lets messages that are being handled be acknowledged, then closes. */
  async retire(): Promise<void> {
    await Promise.all(this.#inFlight);
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === socket.CLOSED) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(() => socket.terminate(), closeLimitMs);
      socket.once("close", () => {
        clearTimeout(limit);
        resolve();
      });
      socket.close();
    });
  }

  /** The SDK's own asks a fixed host and may wait for ever (dingtalk.md §1.3, §1.4). */
  override async getEndpoint(): Promise<this> {
    const { credentials, signal, timing } = this.#options;
    const { clientId, clientSecret, apiBase } = credentials;
    const { subscriptions } = this.getConfig();
    const answer = await fetch(apiBase.replace(/\/+$/, "") + gatewayPath, {
      method: "POST",
      // Without this wish the gateway answers in XML.
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ clientId, clientSecret, ua: "", subscriptions }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timing.gatewayLimitMs)]),
    });
    const body: unknown = await answer.json().catch(() => null);
    const granted = ticketSchema.safeParse(body);
    if (!answer.ok || !granted.success) {
      throw new GatewayRefusal(answer.status, refusalSchema.safeParse(body).data?.code ?? "unknown");
    }
    Reflect.set(this, "dw_url", `${granted.data.endpoint}?ticket=${encodeURIComponent(granted.data.ticket)}`);
    return this;
  }

  /** The SDK parses without a guard: one malformed frame would end the process (dingtalk.md §1.6). */
  override onDownStream(data: string): void {
    try {
      super.onDownStream(data);
    } catch (error) {
      this.#options.log.warn({ fault: faultOf(error).kind }, "a frame from DingTalk could not be read");
    }
  }

  override onSystem(frame: DWClientDownStream): void {
    super.onSystem(frame);
    if (frame.headers.topic === "disconnect") this.#end("leaving");
  }

  /** Acknowledged after the commit, and only then: what failed is delivered again. */
  async #take(frame: DWClientDownStream): Promise<void> {
    try {
      await this.#options.onMessage(frame.data);
      this.socketCallBackResponse(frame.headers.messageId, null);
    } catch (error) {
      this.#options.log.error({ fault: faultOf(error) }, "a message could not be handled and is not acknowledged");
    }
  }

  #watch(): void {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState !== socket.OPEN) {
      this.#end("closed");
      return;
    }
    let missed = 0;
    const heartbeat = setInterval(() => {
      if (missed >= 2) return socket.terminate();
      missed += 1;
      socket.ping();
    }, this.#options.timing.heartbeatMs);
    socket.on("pong", () => {
      missed = 0;
    });
    socket.once("close", () => {
      clearInterval(heartbeat);
      this.#end("closed");
    });
  }

  /** Private in the SDK's types only. */
  get #socket(): WebSocket | undefined {
    return Reflect.get(this, "socket");
  }
}
