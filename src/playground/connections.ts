import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { Connection, type Subscription } from "./connection.ts";
import type { Random } from "./faults.ts";
import { newFrameId } from "./ids.ts";

/** The WebSocket connections of the one app: chosen at random for each push (dingtalk.md §2.6), pinged, told to go. */
export class Connections {
  readonly #now: () => Date;
  readonly #random: Random;
  readonly #appId = randomUUID();
  /** Those that DingTalk believes in. */
  readonly #pool = new Set<Connection>();
  /** Those whose sockets are not closed, half-open ones that DingTalk has given up included. */
  readonly #open = new Set<Connection>();
  readonly #pings = new Map<string, { connection: Connection; opaque: string; settle: (ok: boolean) => void }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #changes = new EventEmitter();
  readonly #disconnectGraceMs: number;

  constructor(given: { now: () => Date; random: Random; pingEveryMs: number; disconnectGraceMs: number }) {
    this.#now = given.now;
    this.#random = given.random;
    this.#disconnectGraceMs = given.disconnectGraceMs;
    this.#timers.add(setInterval(() => this.#heartbeat(), given.pingEveryMs).unref());
  }

  add({ socket, tcp }: { socket: WebSocket; tcp: Socket }, subscriptions: readonly Subscription[]): Connection {
    const connection = new Connection({ socket, tcp, subscriptions, appId: this.#appId, now: this.#now });
    this.#open.add(connection);
    this.#pool.add(connection);
    connection.onClosed(() => {
      this.#open.delete(connection);
      // That the other side has left a half-open connection comes out only when it owes an echo.
      if (!connection.isHalfOpen) this.#forget(connection);
    });
    this.#changes.emit("change");
    return connection;
  }

  /** Those that may be pushed to. */
  get live(): Connection[] {
    return [...this.#pool].filter((it) => !it.isLeaving && it.isOpen);
  }

  canTake(type: string, topic: string): boolean {
    return this.live.some((it) => it.isSubscribedTo(type, topic));
  }

  pick(type: string, topic: string): Connection | undefined {
    return this.#oneOf(this.live.filter((it) => it.isSubscribedTo(type, topic)));
  }

  /** Whatever it subscribed to. */
  pickAny(): Connection | undefined {
    return this.#oneOf(this.live);
  }

  /** Calls whenever a connection comes or goes. */
  onChange(listener: () => void): void {
    this.#changes.on("change", listener);
  }

  /** Resolves when exactly so many connections are live. */
  async settledAt(count: number): Promise<void> {
    while (this.live.length !== count) await new Promise((resolve) => this.#changes.once("change", resolve));
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

  /** Announces the end, stops pushing at once, and closes TCP after the grace (dingtalk.md §2.3). */
  dismiss(connection: Connection, reason: string): void {
    const data = JSON.stringify({ reason });
    connection.send({ type: "SYSTEM", topic: "disconnect", messageId: newFrameId(), data });
    connection.isLeaving = true;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      connection.end();
    }, this.#disconnectGraceMs);
    this.#timers.add(timer);
    this.#changes.emit("change");
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const connection of this.#open) connection.destroy();
  }

  /** A connection that has not echoed by the next beat is dead. */
  #heartbeat(): void {
    for (const connection of this.live) {
      if (!connection.isEchoOwed) void this.#ping(connection);
      else if (connection.isHalfOpen) this.#forget(connection);
      else connection.end();
    }
  }

  #oneOf(connections: readonly Connection[]): Connection | undefined {
    return connections.length === 0 ? undefined : connections[this.#random.between(0, connections.length - 1)];
  }

  #forget(connection: Connection): void {
    this.#pool.delete(connection);
    for (const [messageId, ping] of this.#pings) if (ping.connection === connection) this.#settle(messageId, false);
    this.#changes.emit("change");
  }

  #ping(connection: Connection): Promise<boolean> {
    const messageId = newFrameId();
    const opaque = randomUUID();
    connection.isEchoOwed = true;
    return new Promise((settle) => {
      this.#pings.set(messageId, { connection, opaque, settle });
      connection.send({ type: "SYSTEM", topic: "ping", messageId, data: JSON.stringify({ opaque }) });
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
