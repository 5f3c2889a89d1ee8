import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { WebSocket } from "ws";

export const robotTopic = "/v1.0/im/bot/messages/get";

export interface Subscription {
  type: string;
  topic: string;
}

export interface Frame {
  /** `SYSTEM`, `EVENT`, `CALLBACK`, or something that no robot knows. */
  type: string;
  topic: string;
  messageId: string;
  /** JSON. */
  data: string;
  /** Further headers: events have some of their own. */
  headers?: Record<string, string>;
}

interface ConnectionParts {
  socket: WebSocket;
  tcp: Socket;
  subscriptions: readonly Subscription[];
  appId: string;
  now: () => Date;
}

/** One WebSocket connection, seen from DingTalk's end: what may be sent through it, and the ways it may break. */
export class Connection {
  readonly id = randomUUID();
  /** Told to disconnect: still open, but nothing more is pushed to it. */
  isLeaving = false;
  isEchoOwed = false;
  readonly #parts: ConnectionParts;
  #isHalfOpen = false;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    // An error is followed by close, which is all that matters here.
    parts.socket.on("error", () => parts.socket.terminate());
  }

  /** As far as DingTalk can tell: it takes a half-open connection for a good one. */
  get isOpen(): boolean {
    return this.#isHalfOpen || this.#parts.socket.readyState === WebSocket.OPEN;
  }

  get isHalfOpen(): boolean {
    return this.#isHalfOpen;
  }

  isSubscribedTo(type: string, topic: string): boolean {
    return this.#parts.subscriptions.some((it) => it.type === type && it.topic === topic);
  }

  onClosed(listener: () => void): void {
    this.#parts.socket.on("close", listener);
  }

  send({ type, topic, messageId, data, headers }: Frame): void {
    const { appId, now } = this.#parts;
    const contentType = "application/json";
    const time = String(now().getTime());
    const all = { appId, connectionId: this.id, contentType, messageId, time, topic, ...headers };
    this.sendText(JSON.stringify({ specVersion: "1.0", type, headers: all, data }));
  }

  /** Whatever the text is. On a half-open connection it goes nowhere, and nobody notices. */
  sendText(text: string): void {
    if (!this.#isHalfOpen) this.#parts.socket.send(text);
  }

  /** An abrupt end without a closing frame: the other side sees ECONNRESET. */
  reset(): void {
    this.#parts.tcp.resetAndDestroy();
  }

  /** From now on nothing is sent, read or answered, pings included, and nothing is closed. */
  goHalfOpen(): void {
    this.#isHalfOpen = true;
    // The bytes run off unread: were the socket paused, one that the other side has left would stay for ever.
    this.#parts.tcp.removeAllListeners("data");
    this.#parts.tcp.resume();
  }

  /** The end of TCP. Of a half-open connection the other side learns nothing. */
  end(): void {
    if (!this.#isHalfOpen) this.destroy();
  }

  destroy(): void {
    this.#parts.socket.terminate();
  }
}
