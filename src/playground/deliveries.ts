import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Faults } from "./faults.ts";
import { newFrameId } from "./ids.ts";

export interface Ack {
  readonly code: number;
  readonly data: string | undefined;
  /** Calendar time. */
  readonly at: Date;
  /** Real time since the push. */
  readonly afterMs: number;
  /** The robot sent it, but DingTalk never got it: the message is pushed again. */
  readonly isLost: boolean;
}

export interface PushedFrame {
  readonly messageId: string;
  readonly connectionId: string;
  /** Calendar time. */
  readonly at: Date;
  /** The first one, whatever became of it. */
  readonly ack?: Ack;
}

/** One message on its way to the robot; the same `data` in every frame. */
export interface Delivery {
  readonly msgId: string;
  readonly topic: string;
  readonly data: string;
  readonly frames: readonly PushedFrame[];
  /** `waiting`: held back, or kept for a connection. `lost`: nobody was there to take it, or acknowledged any of its frames. */
  readonly state: "waiting" | "pushed" | "acked" | "lost";
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
type OpenDelivery = Omit<Open<Delivery>, "frames"> & { frames: Open<PushedFrame>[] };

export interface DeliveriesParts {
  connections: Connections;
  faults: Faults;
  now: () => Date;
  redeliverAfterMs: number;
  maxPushes: number;
  keepsUndelivered: boolean;
  onPush: () => void;
}

/**
 * Pushes messages and waits for their acks: what nobody acknowledged in time is pushed again, with a new `messageId`, to
 * any live connection (dingtalk.md §2.5); what finds no connection is lost (§2.6), unless it is to be kept.
 */
export class Deliveries {
  readonly #parts: DeliveriesParts;
  readonly #deliveries = new Map<string, OpenDelivery>();
  readonly #frames = new Map<string, { delivery: OpenDelivery; frame: Open<PushedFrame>; sentAtMs: number }>();
  readonly #awaited = new Map<string, { delivery: OpenDelivery; timer: NodeJS.Timeout }>();
  readonly #waiting = new Set<OpenDelivery>();
  readonly #kept = new Set<OpenDelivery>();
  #listeners: (() => void)[] = [];
  #isStopped = false;

  constructor(parts: DeliveriesParts) {
    this.#parts = parts;
    parts.connections.onChange(() => {
      for (const delivery of [...this.#kept]) this.#send(delivery);
    });
  }

  /** Takes a message in; nothing is pushed before `send`. */
  accept(msgId: string, topic: string, payload: object): void {
    const delivery: OpenDelivery = { msgId, topic, data: JSON.stringify(payload), frames: [], state: "waiting" };
    this.#deliveries.set(msgId, delivery);
    this.#waiting.add(delivery);
  }

  /** Pushes it, for the first time or once more. Returns the connection that took it. Throws when it was never accepted. */
  send(msgId: string): Connection | undefined {
    const delivery = this.#deliveries.get(msgId);
    if (delivery === undefined) throw new Error(`message ${msgId} was never pushed`);
    return this.#send(delivery);
  }

  find(msgId: string): Delivery | undefined {
    return this.#deliveries.get(msgId);
  }

  get lost(): Delivery[] {
    return [...this.#deliveries.values()].filter((it) => it.state === "lost");
  }

  /** An ack counts only on the connection that got the frame (dingtalk.md §1.6). A late one still counts. */
  acknowledge(connectionId: string, messageId: string, { code, data }: Pick<Ack, "code" | "data">): void {
    const pushed = this.#frames.get(messageId);
    if (pushed === undefined || pushed.frame.connectionId !== connectionId) return;
    const { now, faults } = this.#parts;
    const isLost = faults.draw(["lostAck"]) !== undefined;
    pushed.frame.ack ??= { code, data, at: now(), afterMs: performance.now() - pushed.sentAtMs, isLost };
    if (isLost) return;
    pushed.delivery.state = "acked";
    this.#kept.delete(pushed.delivery);
    this.#waiting.delete(pushed.delivery);
    this.#settle(messageId);
  }

  /** Resolves when nothing waits, neither a message for its push nor a frame for its ack: each is acknowledged, or given up. */
  quiet(): Promise<void> {
    if (this.#isQuiet) return Promise.resolve();
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting.clear();
    this.#kept.clear();
    for (const { timer } of this.#awaited.values()) clearTimeout(timer);
    this.#awaited.clear();
    this.#tellIfQuiet();
  }

  #send(delivery: OpenDelivery): Connection | undefined {
    const { connections, redeliverAfterMs, onPush, now } = this.#parts;
    if (this.#isStopped) return undefined;
    const connection = connections.pick("CALLBACK", delivery.topic);
    if (connection === undefined) {
      this.#miss(delivery);
      return undefined;
    }
    this.#kept.delete(delivery);
    this.#waiting.delete(delivery);
    const frame: Open<PushedFrame> = { messageId: newFrameId(), connectionId: connection.id, at: now() };
    delivery.frames.push(frame);
    if (delivery.state !== "acked") delivery.state = "pushed";
    const timer = setTimeout(() => this.#giveUp(frame.messageId), redeliverAfterMs);
    this.#frames.set(frame.messageId, { delivery, frame, sentAtMs: performance.now() });
    this.#awaited.set(frame.messageId, { delivery, timer });
    onPush();
    const { topic, data } = delivery;
    connection.send({ type: "CALLBACK", topic, messageId: frame.messageId, data });
    return connection;
  }

  /** Nobody is there to take it. */
  #miss(delivery: OpenDelivery): void {
    const isKept = this.#parts.keepsUndelivered && delivery.state !== "acked";
    if (isKept) {
      delivery.state = "waiting";
      this.#kept.add(delivery);
      this.#waiting.add(delivery);
      return;
    }
    if (delivery.state === "waiting") delivery.state = "lost";
    this.#waiting.delete(delivery);
    this.#tellIfQuiet();
  }

  #giveUp(messageId: string): void {
    const delivery = this.#awaited.get(messageId)?.delivery;
    if (delivery?.state === "pushed") {
      delivery.state = "lost";
      if (delivery.frames.length < this.#parts.maxPushes) this.#send(delivery);
    }
    this.#settle(messageId);
  }

  #settle(messageId: string): void {
    clearTimeout(this.#awaited.get(messageId)?.timer);
    this.#awaited.delete(messageId);
    this.#tellIfQuiet();
  }

  get #isQuiet(): boolean {
    return this.#awaited.size === 0 && this.#waiting.size === 0;
  }

  #tellIfQuiet(): void {
    if (!this.#isQuiet) return;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const resolve of listeners) resolve();
  }
}
