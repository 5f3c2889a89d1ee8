import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { WebSocket } from "ws";
import { newFrameId } from "./ids.ts";

export interface Subscription {
  type: string;
  topic: string;
}

export interface Connection {
  readonly id: string;
  readonly socket: WebSocket;
  readonly subscriptions: readonly Subscription[];
  /** Told to disconnect: still open, but nothing more is pushed to it. */
  isLeaving: boolean;
  isEchoOwed: boolean;
}

export interface Frame {
  type: "SYSTEM" | "EVENT" | "CALLBACK";
  topic: string;
  messageId: string;
  /** JSON. */
  data: string;
}

/** The WebSocket connections of the one app: chosen at random for each push (dingtalk.md §2.6), pinged, told to go. */
export class Connections {
  readonly #now: () => Date;
  readonly #appId = randomUUID();
  readonly #open = new Set<Connection>();
  readonly #pings = new Map<string, { connection: Connection; opaque: string; settle: (ok: boolean) => void }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #changes = new EventEmitter();
  readonly #disconnectGraceMs: number;

  constructor(given: { now: () => Date; pingEveryMs: number; disconnectGraceMs: number }) {
    this.#now = given.now;
    this.#disconnectGraceMs = given.disconnectGraceMs;
    this.#timers.add(setInterval(() => this.#heartbeat(), given.pingEveryMs).unref());
  }

  add(socket: WebSocket, subscriptions: readonly Subscription[]): Connection {
    const connection = { id: randomUUID(), socket, subscriptions, isLeaving: false, isEchoOwed: false };
    this.#open.add(connection);
    // An error is followed by close, which is all that matters here.
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      this.#open.delete(connection);
      for (const [messageId, ping] of this.#pings) if (ping.connection === connection) this.#settle(messageId, false);
      this.#changes.emit("change");
    });
    this.#changes.emit("change");
    return connection;
  }

  /** Those that may be pushed to. */
  get live(): Connection[] {
    return [...this.#open].filter((it) => !it.isLeaving && it.socket.readyState === WebSocket.OPEN);
  }

  pick(type: string, topic: string): Connection | undefined {
    const fit = this.live.filter((it) => it.subscriptions.some((sub) => sub.type === type && sub.topic === topic));
    return fit[Math.floor(Math.random() * fit.length)];
  }

  /** Resolves when exactly so many connections are live. */
  async settledAt(count: number): Promise<void> {
    while (this.live.length !== count) await new Promise((resolve) => this.#changes.once("change", resolve));
  }

  send(connection: Connection, { type, topic, messageId, data }: Frame): void {
    const headers = {
      appId: this.#appId,
      connectionId: connection.id,
      contentType: "application/json",
      messageId,
      time: String(this.#now().getTime()),
      topic,
    };
    connection.socket.send(JSON.stringify({ specVersion: "1.0", type, headers, data }));
  }

  /** True when every live connection echoed the `opaque` it was sent. */
  async ping(): Promise<boolean> {
    const echoes = await Promise.all(this.live.map((it) => this.#ping(it)));
    return echoes.every((ok) => ok);
  }

  /** Whether the frame answered a ping. A wrong echo is no echo. */
  takeEcho(connection: Connection, messageId: string, data: string | undefined): boolean {
    const ping = this.#pings.get(messageId);
    if (ping === undefined || ping.connection !== connection) return false;
    const isRight = opaqueOf(data) === ping.opaque;
    if (isRight) connection.isEchoOwed = false;
    this.#settle(messageId, isRight);
    return true;
  }

  /** Announces the end to every live connection, stops pushing at once, and closes TCP after the grace (dingtalk.md §2.3). */
  disconnect(reason: string): void {
    for (const connection of this.live) {
      const data = JSON.stringify({ reason });
      this.send(connection, { type: "SYSTEM", topic: "disconnect", messageId: newFrameId(), data });
      connection.isLeaving = true;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        connection.socket.terminate();
      }, this.#disconnectGraceMs);
      this.#timers.add(timer);
    }
    this.#changes.emit("change");
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { socket } of this.#open) socket.terminate();
  }

  /** A connection that has not echoed by the next beat is dead. */
  #heartbeat(): void {
    for (const connection of this.live) {
      if (connection.isEchoOwed) connection.socket.terminate();
      else void this.#ping(connection);
    }
  }

  #ping(connection: Connection): Promise<boolean> {
    const messageId = newFrameId();
    const opaque = randomUUID();
    connection.isEchoOwed = true;
    return new Promise((settle) => {
      this.#pings.set(messageId, { connection, opaque, settle });
      this.send(connection, { type: "SYSTEM", topic: "ping", messageId, data: JSON.stringify({ opaque }) });
    });
  }

  #settle(messageId: string, ok: boolean): void {
    this.#pings.get(messageId)?.settle(ok);
    this.#pings.delete(messageId);
  }
}

function opaqueOf(data: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(data ?? "");
    return typeof value === "object" && value !== null && "opaque" in value ? value.opaque : undefined;
  } catch {
    return undefined;
  }
}
