import type { Connections } from "./connections.ts";
import { newFrameId } from "./ids.ts";

export interface PushedFrame {
  readonly messageId: string;
  readonly connectionId: string;
  ack?: { code: number; data: string | undefined };
}

/** One message on its way to the robot; the same `data` in every frame. */
export interface Delivery {
  readonly msgId: string;
  readonly topic: string;
  readonly data: string;
  readonly frames: readonly PushedFrame[];
  /** `lost`: nobody was there to take it, or nobody acknowledged any of its frames. */
  readonly state: "pushed" | "acked" | "lost";
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
type OpenDelivery = Omit<Open<Delivery>, "frames"> & { frames: PushedFrame[] };

const maxDeliveries = 3;

/**
 * Pushes messages and waits for their acks: what nobody acknowledged in time is pushed again, with a new `messageId`, to
 * any live connection (dingtalk.md §2.5); what finds no connection is lost, there is no backlog (§2.6).
 */
export class Deliveries {
  readonly #connections: Connections;
  readonly #redeliverAfterMs: number;
  readonly #onPush: () => void;
  readonly #deliveries = new Map<string, OpenDelivery>();
  readonly #frames = new Map<string, { delivery: OpenDelivery; frame: PushedFrame }>();
  readonly #awaited = new Map<string, { delivery: OpenDelivery; timer: NodeJS.Timeout }>();
  #waiting: (() => void)[] = [];
  #isStopped = false;

  constructor(given: { connections: Connections; redeliverAfterMs: number; onPush: () => void }) {
    this.#connections = given.connections;
    this.#redeliverAfterMs = given.redeliverAfterMs;
    this.#onPush = given.onPush;
  }

  push(msgId: string, topic: string, payload: object): void {
    const delivery: OpenDelivery = { msgId, topic, data: JSON.stringify(payload), frames: [], state: "lost" };
    this.#deliveries.set(msgId, delivery);
    this.#send(delivery);
  }

  /** The same message once more, whatever became of it. Throws when it was never meant for the robot. */
  again(msgId: string): void {
    const delivery = this.#deliveries.get(msgId);
    if (delivery === undefined) throw new Error(`message ${msgId} was never pushed`);
    this.#send(delivery);
  }

  find(msgId: string): Delivery | undefined {
    return this.#deliveries.get(msgId);
  }

  get lost(): Delivery[] {
    return [...this.#deliveries.values()].filter((it) => it.state === "lost");
  }

  /** An ack counts only on the connection that got the frame (dingtalk.md §1.6). A late one still counts. */
  acknowledge(connectionId: string, messageId: string, ack: NonNullable<PushedFrame["ack"]>): void {
    const pushed = this.#frames.get(messageId);
    if (pushed === undefined || pushed.frame.connectionId !== connectionId) return;
    pushed.frame.ack = ack;
    pushed.delivery.state = "acked";
    this.#settle(messageId);
  }

  /** Resolves when no frame waits for its ack: each is acknowledged, or given up. */
  quiet(): Promise<void> {
    if (this.#awaited.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop(): void {
    this.#isStopped = true;
    for (const messageId of [...this.#awaited.keys()]) this.#settle(messageId);
  }

  #send(delivery: OpenDelivery): void {
    const connection = this.#isStopped ? undefined : this.#connections.pick("CALLBACK", delivery.topic);
    if (connection === undefined) return;
    const frame: PushedFrame = { messageId: newFrameId(), connectionId: connection.id };
    delivery.frames.push(frame);
    if (delivery.state === "lost") delivery.state = "pushed";
    const timer = setTimeout(() => this.#giveUp(frame.messageId), this.#redeliverAfterMs);
    this.#frames.set(frame.messageId, { delivery, frame });
    this.#awaited.set(frame.messageId, { delivery, timer });
    this.#onPush();
    const { topic, data } = delivery;
    this.#connections.send(connection, { type: "CALLBACK", topic, messageId: frame.messageId, data });
  }

  #giveUp(messageId: string): void {
    const delivery = this.#awaited.get(messageId)?.delivery;
    if (delivery?.state === "pushed") {
      delivery.state = "lost";
      if (delivery.frames.length < maxDeliveries) this.#send(delivery);
    }
    this.#settle(messageId);
  }

  #settle(messageId: string): void {
    clearTimeout(this.#awaited.get(messageId)?.timer);
    this.#awaited.delete(messageId);
    if (this.#awaited.size > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
