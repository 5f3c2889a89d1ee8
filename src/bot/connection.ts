import { DWClient, type DWClientDownStream, TOPIC_ROBOT } from "dingtalk-stream";
import type { WebSocket } from "ws";
import { z } from "zod";
import type { Credentials } from "../config.ts";
import { faultOf, type Log } from "../log.ts";
import { closeSocket, within } from "./closing.ts";
import { askForTicket, HandshakeFailure } from "./gateway.ts";
import { Pulse, type PulseLoss } from "./pulse.ts";
import type { ConnectionTiming } from "./stream-timing.ts";

export interface ConnectionOptions {
  credentials: Credentials;
  log: Log;
  onMessage: (data: string) => Promise<void>;
  onFrame: () => void;
  /** Calendar time. */
  now: () => Date;
  timing: ConnectionTiming;
}

export interface Ending {
  why: "leaving" | "closed" | PulseLoss;
  /** Since when nothing can have arrived any more; `null`: it still may. */
  lostAt: Date | null;
}

const frameSchema = z.looseObject({
  type: z.string(),
  headers: z.looseObject({ topic: z.string(), messageId: z.string().min(1) }),
});

const systemTopics = new Set(["ping", "CONNECTED", "REGISTERED", "KEEPALIVE"]);

/**
 * One WebSocket connection of the SDK, used once and thrown away: its own reconnecting leaks sockets and can storm the
 * gateway, its keep-alive can crash the process (dingtalk.md §1.5), so both stay off.
 */
export class Connection extends DWClient {
  /** Settles when another connection is wanted in place of this one. */
  readonly ended: Promise<Ending>;
  readonly #options: ConnectionOptions;
  readonly #attempt = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();
  #pulse: Pulse | null = null;
  #ending: Ending | null = null;
  #end: (ending: Ending) => void = () => {};
  #signAt: Date;
  /** The same in real time. */
  #signMs = performance.now();

  constructor(options: ConnectionOptions) {
    // The default list of subscriptions is one object shared by all clients.
    const untyped = { autoReconnect: false, subscriptions: [] };
    const { clientId, clientSecret } = options.credentials;
    super({ clientId, clientSecret, keepAlive: false, ...untyped });
    this.#options = options;
    this.#signAt = options.now();
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.registerCallbackListener(TOPIC_ROBOT, (frame) => {
      const taken = this.#take(frame).finally(() => this.#inFlight.delete(taken));
      this.#inFlight.add(taken);
    });
  }

  /** Resolves when the WebSocket is open. Throws `GatewayRefusal`, `HandshakeFailure`, or what network and time-out throw. */
  async open(): Promise<void> {
    await this.getEndpoint();
    this.#attempt.signal.throwIfAborted();
    const handshakeTimeout = this.#options.timing.handshakeLimitMs;
    Reflect.set(this, "sslopts", { rejectUnauthorized: true, handshakeTimeout });
    try {
      // Not `connect()`: that one swallows every error.
      await this._connect();
    } catch (error) {
      throw new HandshakeFailure(new URL(String(Reflect.get(this, "dw_url"))).host, error);
    }
    this.#watch();
  }

  /** Breaks off whatever is under way; messages that are being handled go unacknowledged. */
  drop(): void {
    this.#attempt.abort();
    this.#socket?.terminate();
  }

  /** Whether DingTalk still sends messages here. */
  isOpen(): boolean {
    return this.connected && (this.#ending === null || this.#ending.lostAt === null);
  }

  /** Whether it is open, and has answered of late as one that died unseen does not. */
  isResponsive(): boolean {
    return this.isOpen() && performance.now() - this.#signMs < 1.5 * this.#options.timing.heartbeatMs;
  }

  /** Lets messages that are being handled be acknowledged, then closes, whatever the far side does. */
  async retire(): Promise<void> {
    const { drainLimitMs, closeLimitMs } = this.#options.timing;
    await within(drainLimitMs, Promise.all(this.#inFlight));
    if (this.#socket !== undefined) await closeSocket(this.#socket, closeLimitMs);
    // What came during the goodbye.
    await within(closeLimitMs, Promise.all(this.#inFlight));
  }

  /** The SDK's own asks a fixed host and may wait for ever (dingtalk.md §1.3, §1.4). */
  override async getEndpoint(): Promise<this> {
    const { credentials, timing } = this.#options;
    const overdue = new DOMException("the gateway did not answer in time", "TimeoutError");
    const limit = setTimeout(() => this.#attempt.abort(overdue), timing.gatewayLimitMs);
    const { signal } = this.#attempt;
    const { subscriptions } = this.getConfig();
    const url = await askForTicket({ credentials, subscriptions, signal }).finally(() => clearTimeout(limit));
    Reflect.set(this, "dw_url", url);
    return this;
  }

  /** The SDK parses without a guard, and ignores what it doesn't know (dingtalk.md §1.6). */
  override onDownStream(data: string): void {
    this.#sign();
    this.#pulse?.frame();
    this.#options.onFrame();
    try {
      const { type, headers } = frameSchema.parse(JSON.parse(data));
      if (["SYSTEM", "EVENT", "CALLBACK"].includes(type)) super.onDownStream(data);
      else this.#answer(headers.messageId, 404);
    } catch (error) {
      this.#options.log.warn({ fault: faultOf(error).kind }, "a frame from DingTalk could not be read");
    }
  }

  override onSystem(frame: DWClientDownStream): void {
    super.onSystem(frame);
    const { topic } = frame.headers;
    if (topic === "disconnect") {
      this.#answer(frame.headers.messageId, 200);
      this.#finish("leaving");
    } else if (!systemTopics.has(topic)) this.#answer(frame.headers.messageId, 404);
  }

  override onCallback(frame: DWClientDownStream): void {
    if (this.listenerCount(frame.headers.topic) > 0) super.onCallback(frame);
    else this.#answer(frame.headers.messageId, 404);
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

  /** The SDK's own answers can only say 200. */
  #answer(messageId: string, code: 200 | 404): void {
    const headers = { contentType: "application/json", messageId };
    const message = code === 200 ? "OK" : "topic not supported";
    this.#socket?.send(JSON.stringify({ code, headers, message, data: "{}" }));
  }

  #watch(): void {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState !== socket.OPEN) {
      this.#finish("closed");
      return;
    }
    this.#sign();
    const loss = (why: PulseLoss) => {
      this.#finish(why);
      if (why === "deaf") socket.terminate();
    };
    const pulse = new Pulse(socket, this.#options.timing, { loss, sign: () => this.#sign() });
    this.#pulse = pulse;
    socket.once("close", () => {
      pulse.stop();
      this.#finish("closed");
    });
  }

  #sign(): void {
    this.#signAt = this.#options.now();
    this.#signMs = performance.now();
  }

  /** A connection that died unseen was of no use since its last sign of life. */
  #finish(why: Ending["why"]): void {
    if (this.#ending !== null) return;
    const diedUnseen = why === "deaf" || why === "jumped" || this.#pulse?.hasJumped() === true;
    const lostAt = diedUnseen ? this.#signAt : this.#options.now();
    this.#ending = { why, lostAt: why === "silent" ? null : lostAt };
    this.#end(this.#ending);
  }

  /** Private in the SDK's types only. */
  get #socket(): WebSocket | undefined {
    return Reflect.get(this, "socket");
  }
}
