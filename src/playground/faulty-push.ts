import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Deliveries } from "./deliveries.ts";
import { type ConnectionFault, connectionFaults, type Faults, type PushFault, pushFaults } from "./faults.ts";
import type { OddFrames } from "./odd-frames.ts";

export interface FaultyPushParts {
  deliveries: Deliveries;
  connections: Connections;
  oddFrames: OddFrames;
  faults: Faults;
  delayedPushMs: number;
}

/** The way of a new message to its first push, on which it may be doubled, overtaken or delayed, and its connection broken. */
export class FaultyPush {
  readonly #parts: FaultyPushParts;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Sends the one that the next message shall overtake. */
  #release: (() => void) | undefined;

  constructor(parts: FaultyPushParts) {
    this.#parts = parts;
  }

  push(msgId: string, topic: string, payload: object): void {
    const { deliveries, faults } = this.#parts;
    deliveries.accept(msgId, topic, payload);
    const fault = faults.draw(this.#possible(topic));
    switch (fault) {
      case "delayedPush":
        this.#sendLater(msgId);
        return;
      case "reorderedPush":
        this.#release = this.#sendLater(msgId);
        return;
      case "duplicatePush":
        deliveries.send(msgId);
        deliveries.send(msgId);
        break;
      default: {
        const connection = deliveries.send(msgId);
        if (fault !== undefined && connection !== undefined) this.#strike(connection, fault);
      }
    }
    this.#release?.();
  }

  /** Breaks any live connection at once, or sends it an odd frame. Throws when there is none. */
  breakOne(fault: ConnectionFault): void {
    const connection = this.#parts.connections.pickAny();
    if (connection === undefined) throw new Error(`no connection is live to suffer ${fault}`);
    this.#parts.faults.count(fault);
    this.#strike(connection, fault);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #possible(topic: string): (PushFault | ConnectionFault)[] {
    const { connections } = this.#parts;
    const late = pushFaults.filter((it) => it !== "duplicatePush");
    const needingSomebody = connections.canTake("CALLBACK", topic)
      ? ["duplicatePush" as const, ...connectionFaults]
      : [];
    const all = [...late, ...needingSomebody];
    return this.#release === undefined ? all : all.filter((it) => it !== "reorderedPush");
  }

  /** Returns the way to send it earlier. */
  #sendLater(msgId: string): () => void {
    const send = () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
      if (this.#release === send) this.#release = undefined;
      this.#parts.deliveries.send(msgId);
    };
    const timer = setTimeout(send, this.#parts.delayedPushMs);
    this.#timers.add(timer);
    return send;
  }

  #strike(connection: Connection, fault: ConnectionFault): void {
    switch (fault) {
      case "reset":
        connection.reset();
        return;
      case "halfOpen":
        connection.goHalfOpen();
        return;
      case "disconnect":
        this.#parts.connections.dismiss(connection, "connection is expired");
        return;
      default:
        this.#parts.oddFrames.send(connection, fault);
    }
  }
}
