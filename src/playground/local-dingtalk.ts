import { Hono } from "hono";
import { type Acts, actsOf } from "./acts.ts";
import { apiNotFound, oapiAnswer } from "./api-errors.ts";
import { type ApiEnv, Calls } from "./calls.ts";
import { Chat } from "./chat.ts";
import { Connections } from "./connections.ts";
import { Deliveries, type Delivery } from "./deliveries.ts";
import { dings } from "./dings.ts";
import { door } from "./door.ts";
import { downloads } from "./downloads.ts";
import { type ConnectionFault, type Fault, type FaultPlan, Faults, type Random, unseeded } from "./faults.ts";
import { FaultyPush } from "./faulty-push.ts";
import { Gateway } from "./gateway.ts";
import { HttpServer } from "./http-server.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
import { oapi } from "./oapi.ts";
import { OddFrames } from "./odd-frames.ts";
import { openApi } from "./openapi.ts";
import { Quota, type Usage } from "./quota.ts";
import { readStatus } from "./read-status.ts";
import { Receipts } from "./receipts.ts";
import { Sessions } from "./sessions.ts";
import type { Tenant } from "./tenant.ts";
import { type LocalTodo, Todos } from "./todos.ts";
import { todosApi } from "./todos-api.ts";
import { Tokens } from "./tokens.ts";
import { webhook } from "./webhook.ts";
import { type ChatMessage, type ConversationRef, type LocalGroup, type LocalPerson, World } from "./world.ts";

export interface LocalDingTalkOptions {
  clientId: string;
  clientSecret: string;
  /** Default: the client id. */
  robotCode?: string;
  /** What people mention in groups. Default 安月. */
  robotName?: string;
  people: LocalPerson[];
  groups: LocalGroup[];
  /** Calendar time: of messages, and for the expiry of tokens, tickets, sessions and links. */
  now: () => Date;
  /** Default 0: any free one. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Real time; default 60,000. */
  redeliverAfterMs?: number;
  /** How often a message is pushed that nobody acknowledges; default 3. */
  maxPushes?: number;
  /** Whether a message waits for a connection when there is none. Default false: it is lost, as with the real one. */
  keepsUndelivered?: boolean;
  /** Real time; default 30,000. */
  pingEveryMs?: number;
  /** Real time between the `disconnect` frame and the end of TCP; default 10,000. */
  disconnectGraceMs?: number;
  /** For each API path, in real time; default 20. */
  qpsPerApi?: number;
  /** Default 5,000 calls and 3,000 stream messages, the free edition's. */
  monthlyQuota?: { apiCalls: number; streamMessages: number };
  /** What the organisation has and allows. Default: all of it. */
  tenant?: Tenant;
  /** What goes wrong by chance; nothing when not given. */
  faultPlan?: FaultPlan;
  /** Decides about faults, and which connection gets a push. Not seeded when not given. */
  random?: Random;
  /** Real time by which a push is late, or held back when no other overtakes it; default 1,000. */
  delayedPushMs?: number;
  /** Real time by which a slow answer is late; default 5,000. */
  slowAnswerMs?: number;
}

/** Breaks the wire on purpose. */
export interface FaultControls {
  /** Strikes once, at its next occasion: a push, an ack, a request for a ticket, a call. With a path only at calls of it. */
  next(fault: Fault, path?: string): void;
  /** Breaks a live connection at once, or sends it an odd frame. Throws when none is live. */
  breakOne(fault: ConnectionFault): void;
  /** From now on chance keeps to this plan; `{}` ends it. */
  follow(plan: FaultPlan): void;
}

/** A DingTalk with one application in it. What people do is a method; what they see is `messages`. */
export interface LocalDingTalk extends Acts {
  /** `http://127.0.0.1:PORT`: gateway and both API hosts. */
  readonly baseUrl: string;
  readonly world: World;
  readonly faults: FaultControls;
  readonly ledger: Ledger;
  messages(of: ConversationRef): ChatMessage[];
  /** Somebody looks at their chat with the robot, without a word. Whoever says something has read it anyway. */
  read(staffId: string): void;
  /** What the robot put into somebody's 待办, oldest first. */
  todosOf(staffId: string): LocalTodo[];
  /** Everything said by people or the robot. Returns the way to stop listening. */
  onMessage(listener: (message: ChatMessage) => void): () => void;
  /** Pushes the same data again under a new frame id. */
  redeliver(msgId: string): void;
  /** How a message reached the robot; undefined for one that was not meant for it. */
  deliveryOf(msgId: string): Delivery | undefined;
  /** Those that found no connection, or that nobody acknowledged. */
  readonly lost: Delivery[];
  /** Resolves when no message waits to be pushed, and every pushed frame is acknowledged or given up. */
  quiet(): Promise<void>;
  /** Connections that may be pushed to. */
  connections(): number;
  /** Resolves when there are exactly so many (default 1). */
  connected(count?: number): Promise<void>;
  /** True when every connection echoed rightly. */
  ping(): Promise<boolean>;
  /** Tells every connection to go; nothing is pushed to it any more, and TCP ends after the grace. */
  disconnect(reason?: string): void;
  /** Since the start, or of one month like `2023-06`. */
  usage(month?: string): Usage;
  stop(): Promise<void>;
}

/** Starts a stand-in for DingTalk's side of the wire on loopback, built from dingtalk.md §7. */
export async function startLocalDingTalk(options: LocalDingTalkOptions): Promise<LocalDingTalk> {
  const parts = assemble(options);
  const { server, world, chat, connections, deliveries, pushes, faults, quota, todos } = parts;
  await server.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  return {
    ...actsOf(chat),
    baseUrl: server.baseUrl,
    world,
    faults: {
      next: (fault, path) => faults.next(fault, path),
      breakOne: (fault) => pushes.breakOne(fault),
      follow: (plan) => faults.follow(plan),
    },
    ledger: ledgerOf(parts),
    messages: (of) => world.messages(of),
    read: (staffId) => world.read(world.loadPerson(staffId).staffId),
    todosOf: (staffId) => todos.of(staffId),
    onMessage: (listener) => world.onMessage(listener),
    redeliver: (msgId) => void deliveries.send(msgId),
    deliveryOf: (msgId) => deliveries.find(msgId),
    get lost() {
      return deliveries.lost;
    },
    quiet: () => deliveries.quiet(),
    connections: () => connections.live.length,
    connected: (count = 1) => connections.settledAt(count),
    ping: () => connections.ping(),
    disconnect: (reason = "connection is expired") => {
      for (const connection of connections.live) connections.dismiss(connection, reason);
    },
    usage: (month) => quota.usage(month),
    async stop() {
      pushes.stop();
      deliveries.stop();
      connections.stop();
      await server.stop();
    },
  };
}

/** Connects all parts, from the wire inwards. */
function assemble(options: LocalDingTalkOptions) {
  const { clientId, clientSecret, now, random = unseeded, faultPlan: plan = {}, tenant = {} } = options;
  const { robotCode = clientId, robotName = "安月" } = options;
  const { qpsPerApi = 20, monthlyQuota = { apiCalls: 5000, streamMessages: 3000 } } = options;
  const { redeliverAfterMs = 60_000, maxPushes = 3, keepsUndelivered = false } = options;
  const { pingEveryMs = 30_000, disconnectGraceMs = 10_000, delayedPushMs = 1000, slowAnswerMs = 5000 } = options;

  const app = new Hono<ApiEnv>();
  const server = new HttpServer(app);
  const baseUrl = () => server.baseUrl;
  const world = new World({ people: options.people, groups: options.groups, now });
  const quota = new Quota({ now, qpsPerApi, monthlyQuota });
  const sessions = new Sessions(now);
  const tokens = new Tokens(now);
  const receipts = new Receipts(now);
  const todos = new Todos(now);
  const calls = new Calls(now);
  const faults = new Faults({ random, plan });

  const connections = new Connections({ now, random, pingEveryMs, disconnectGraceMs });
  const oddFrames = new OddFrames({ now, clientId });
  const onPush = () => quota.countStreamMessage();
  const redelivery = { redeliverAfterMs, maxPushes, keepsUndelivered };
  const deliveries = new Deliveries({ connections, faults, now, onPush, ...redelivery });
  const pushes = new FaultyPush({ deliveries, connections, oddFrames, faults, delayedPushMs });
  const gateway = new Gateway({ clientId, clientSecret, now, baseUrl, connections, deliveries, oddFrames });
  server.onUpgrade((...given) => gateway.upgrade(...given));
  const chat = new Chat({ world, pushes, sessions, quota, clientId, robotCode, robotName, baseUrl });

  const api = { clientId, clientSecret, robotCode, baseUrl, world, quota, tokens, receipts, todos, tenant };
  app.route("/", downloads(world.files));
  app.use(door({ calls, faults, tokens, slowAnswerMs, stopped: server.stopped }));
  const apis = [openApi, readStatus, dings, todosApi, oapi].map((it) => it(api));
  for (const part of [gateway.routes, ...apis, webhook({ world, sessions, quota })]) app.route("/", part);
  app.notFound(({ req }) => (req.path.startsWith("/v1.0/") ? apiNotFound() : oapiAnswer(404, "请求的URI地址不存在")));
  return { server, world, chat, connections, deliveries, pushes, oddFrames, calls, todos, faults, quota };
}
