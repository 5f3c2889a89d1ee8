import { randomUUID } from "node:crypto";
import { type Connection, type Frame, robotTopic } from "./connection.ts";
import type { OddFrameFault } from "./faults.ts";
import { corpIdOf, newFrameId } from "./ids.ts";

/** A frame that the robot cannot take for a message. Those that have an id may be answered. */
export interface OddFrame {
  readonly fault: OddFrameFault;
  readonly connectionId: string;
  readonly messageId?: string;
  /** Calendar time. */
  readonly at: Date;
  ack?: { readonly code: number; readonly data: string | undefined };
}

/** Sends what no robot expects, and remembers what it answered (dingtalk.md §2.4: 404 for an unknown topic, 500 for an error). */
export class OddFrames {
  readonly #now: () => Date;
  readonly #corpId: string;
  readonly #sent: OddFrame[] = [];

  constructor({ now, clientId }: { now: () => Date; clientId: string }) {
    this.#now = now;
    this.#corpId = corpIdOf(clientId);
  }

  get sent(): readonly OddFrame[] {
    return this.#sent;
  }

  send(connection: Connection, fault: OddFrameFault): void {
    const frame = this.#frame(fault);
    const messageId = typeof frame === "string" ? {} : { messageId: frame.messageId };
    this.#sent.push({ fault, connectionId: connection.id, at: this.#now(), ...messageId });
    if (typeof frame === "string") connection.sendText(frame);
    else connection.send(frame);
  }

  acknowledge(connectionId: string, messageId: string, ack: NonNullable<OddFrame["ack"]>): void {
    const frame = this.#sent.find((it) => it.messageId === messageId && it.connectionId === connectionId);
    if (frame !== undefined) frame.ack ??= ack;
  }

  #frame(fault: OddFrameFault): Frame | string {
    const messageId = newFrameId();
    switch (fault) {
      case "frameNotJson":
        return '{"specVersion":"1.0","type":"CALLBACK","headers":{"topic":"/v1.0/im/bo';
      case "frameWithoutHeaders":
        return JSON.stringify({ specVersion: "1.0", type: "CALLBACK", data: "{}" });
      case "frameOfUnknownType":
        return { type: "GREETING", topic: robotTopic, messageId, data: "{}" };
      case "frameOfUnknownTopic":
        return { type: "CALLBACK", topic: "/v1.0/im/bot/messages/unheard-of", messageId, data: "{}" };
      case "frameDataNotJson":
        return { type: "CALLBACK", topic: robotTopic, messageId, data: '{"msgId":"msg' };
      case "frameOfEvent":
        return this.#event(messageId);
      default:
        return fault satisfies never;
    }
  }

  /** Well-formed: odd only because a robot of this kind asks for no events (dingtalk.md §2.3). */
  #event(messageId: string): Frame {
    const bornAtMs = this.#now().getTime();
    const eventId = randomUUID();
    const headers = {
      eventType: "chat_update_title",
      eventId,
      eventCorpId: this.#corpId,
      eventBornTime: String(bornAtMs),
      eventUnifiedAppId: randomUUID(),
    };
    const data = JSON.stringify({ timeStamp: bornAtMs, eventId, title: "新群名" });
    return { type: "EVENT", topic: "*", messageId, data, headers };
  }
}
