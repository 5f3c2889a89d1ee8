import type { ApiCall, Calls } from "./calls.ts";
import type { Deliveries, Delivery, PushedFrame } from "./deliveries.ts";
import type { FaultCount, Faults } from "./faults.ts";
import type { OddFrame, OddFrames } from "./odd-frames.ts";
import type { LocalTodo, Todos } from "./todos.ts";
import type { ChatMessage, ConversationRef, MessageBody, World } from "./world.ts";

export interface SaidMessage {
  readonly msgId: string;
  readonly staffId: string;
  readonly conversation: ConversationRef;
  readonly kind: MessageBody["kind"];
  /** As people see it, a mention in a group included. */
  readonly text: string;
  /** Calendar time. */
  readonly at: Date;
  /** `unmeant`: said in a group without a mention of the robot. */
  readonly state: Delivery["state"] | "unmeant";
  readonly pushes: readonly PushedFrame[];
  /** The robot acknowledged some push, whether or not the ack arrived: it has taken the message on itself. */
  readonly isAcked: boolean;
}

export interface ReceivedMessage {
  readonly id: string;
  readonly conversation: ConversationRef;
  readonly kind: MessageBody["kind"];
  readonly text: string;
  /** Calendar time. */
  readonly at: Date;
  /** The call that brought it: its number and its path. */
  readonly call: number;
  readonly path: string;
  /** Whether the robot could know that it arrived. */
  readonly answer: ApiCall["answer"];
}

/** All that happened, seen from the people's side, for somebody who judges the robot. Each list is in order of time. */
export interface Ledger {
  readonly said: readonly SaidMessage[];
  readonly received: readonly ReceivedMessage[];
  readonly calls: readonly ApiCall[];
  readonly todos: readonly LocalTodo[];
  readonly oddFrames: readonly OddFrame[];
  readonly faults: readonly FaultCount[];
}

interface LedgerParts {
  world: World;
  deliveries: Deliveries;
  calls: Calls;
  todos: Todos;
  oddFrames: OddFrames;
  faults: Faults;
}

/** Each list is made when it is read: keep what was read instead of reading it in a loop. */
export function ledgerOf({ world, deliveries, calls, todos, oddFrames, faults }: LedgerParts): Ledger {
  return {
    get said() {
      return world.allMessages.flatMap((it) => (it.from === "bot" ? [] : [saidOf(it, it.from.staffId, deliveries)]));
    },
    get received() {
      const callOf = new Map(calls.all.flatMap((call) => call.delivered.map((id) => [id, call])));
      return world.allMessages.flatMap((it) => {
        const call = callOf.get(it.id);
        return call === undefined ? [] : [receivedOf(it, call)];
      });
    },
    get calls() {
      return calls.all;
    },
    get todos() {
      return todos.all;
    },
    get oddFrames() {
      return oddFrames.sent;
    },
    get faults() {
      return faults.counts;
    },
  };
}

function saidOf({ id, conversation, body, at }: ChatMessage, staffId: string, deliveries: Deliveries): SaidMessage {
  const delivery = deliveries.find(id);
  const { state = "unmeant", frames: pushes = [] } = delivery ?? {};
  const isAcked = pushes.some((it) => it.ack !== undefined);
  return { msgId: id, staffId, conversation, kind: body.kind, text: textOf(body), at, state, pushes, isAcked };
}

function receivedOf({ id, conversation, body, at }: ChatMessage, call: ApiCall): ReceivedMessage {
  const { number, path, answer } = call;
  return { id, conversation, kind: body.kind, text: textOf(body), at, call: number, path, answer };
}

/** What can be read of it: the words, or the name of the file. */
function textOf(body: MessageBody): string {
  switch (body.kind) {
    case "text":
    case "markdown":
    case "actionCard":
    case "link":
    case "ding":
      return body.text;
    case "feedCard":
      return body.links.map((it) => it.title).join("\n");
    case "voice":
      return body.recognition;
    case "file":
    case "picture":
      return body.fileName;
    case "image":
    case "audio":
    case "video":
    case "sticker":
      return "";
    default:
      return body satisfies never;
  }
}
