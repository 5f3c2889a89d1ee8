import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { apiNotFound, oapiAnswer } from "./api-errors.ts";
import { Chat } from "./chat.ts";
import { Connections } from "./connections.ts";
import { Deliveries, type Delivery } from "./deliveries.ts";
import type { Files } from "./files.ts";
import { Gateway } from "./gateway.ts";
import { oapi } from "./oapi.ts";
import { openApi } from "./openapi.ts";
import { Quota, type Usage } from "./quota.ts";
import { Sessions } from "./sessions.ts";
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
  /** Real time; default 60,000. A message is delivered three times at most. */
  redeliverAfterMs?: number;
  /** Real time; default 30,000. */
  pingEveryMs?: number;
  /** Real time between the `disconnect` frame and the end of TCP; default 10,000. */
  disconnectGraceMs?: number;
  /** For each API path, in real time; default 20. */
  qpsPerApi?: number;
  /** Default 5,000 calls and 3,000 stream messages, the free edition's. */
  monthlyQuota?: { apiCalls: number; streamMessages: number };
}

/** A DingTalk with one application in it. What people do is a method; what they see is `messages`. */
export interface LocalDingTalk
  extends Pick<Chat, "say" | "sayUnheard" | "sendFile" | "sendPicture" | "sendSticker" | "sendVoice" | "tap"> {
  /** `http://127.0.0.1:PORT`: gateway and both API hosts. */
  readonly baseUrl: string;
  readonly world: World;
  messages(of: ConversationRef): ChatMessage[];
  /** Everything said by people or the robot. Returns the way to stop listening. */
  onMessage(listener: (message: ChatMessage) => void): () => void;
  /** Pushes the same data again under a new frame id. */
  redeliver(msgId: string): void;
  /** How a message reached the robot; undefined for one that was not meant for it. */
  deliveryOf(msgId: string): Delivery | undefined;
  /** Those that found no connection, or that nobody acknowledged. */
  readonly lost: Delivery[];
  /** Resolves when every pushed frame is acknowledged or given up. */
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
  const { clientId, clientSecret, now } = options;
  const { robotCode = clientId, robotName = "安月", host = "127.0.0.1" } = options;
  const { qpsPerApi = 20, monthlyQuota = { apiCalls: 5000, streamMessages: 3000 } } = options;
  const { redeliverAfterMs = 60_000, pingEveryMs = 30_000, disconnectGraceMs = 10_000 } = options;

  const server = createServer();
  const authority = () => `${host}:${(server.address() as AddressInfo).port}`;
  const baseUrl = () => `http://${authority()}`;
  const world = new World({ people: options.people, groups: options.groups, now });
  const quota = new Quota({ now, qpsPerApi, monthlyQuota });
  const sessions = new Sessions(now);
  const connections = new Connections({ now, pingEveryMs, disconnectGraceMs });
  const deliveries = new Deliveries({ connections, redeliverAfterMs, onPush: () => quota.countStreamMessage() });
  const endpoint = () => `ws://${authority()}/connect`;
  const gateway = new Gateway({ clientId, clientSecret, now, endpoint, connections, deliveries });
  const api = { clientId, clientSecret, robotCode, baseUrl, world, quota, tokens: new Tokens(now) };
  const chat = new Chat({ world, deliveries, sessions, quota, clientId, robotCode, robotName, baseUrl });

  const app = new Hono();
  for (const part of [gateway.routes, openApi(api), oapi(api), webhook({ world, sessions, quota })])
    app.route("/", part);
  app.get("/download/:name", ({ req }) => download(world.files, req.param("name"), req.query("Signature")));
  app.notFound(({ req }) => (req.path.startsWith("/v1.0/") ? apiNotFound() : oapiAnswer(404, "请求的URI地址不存在")));
  server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.on("upgrade", (request, socket, head) => gateway.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });

  return {
    baseUrl: baseUrl(),
    world,
    messages: (of) => world.messages(of),
    onMessage: (listener) => world.onMessage(listener),
    say: (...given) => chat.say(...given),
    sayUnheard: (...given) => chat.sayUnheard(...given),
    sendFile: (...given) => chat.sendFile(...given),
    sendPicture: (...given) => chat.sendPicture(...given),
    sendSticker: (...given) => chat.sendSticker(...given),
    sendVoice: (...given) => chat.sendVoice(...given),
    tap: (...given) => chat.tap(...given),
    redeliver: (msgId) => deliveries.again(msgId),
    deliveryOf: (msgId) => deliveries.find(msgId),
    get lost() {
      return deliveries.lost;
    },
    quiet: () => deliveries.quiet(),
    connections: () => connections.live.length,
    connected: (count = 1) => connections.settledAt(count),
    ping: () => connections.ping(),
    disconnect: (reason = "connection is expired") => connections.disconnect(reason),
    usage: (month) => quota.usage(month),
    async stop() {
      deliveries.stop();
      connections.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** Like the object store behind real download links: no token, only the signature in the link, and it ages. */
function download(files: Files, name: string, signature: string | undefined): Response {
  const file = files.download(name, signature);
  if (file === undefined) {
    const body = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>';
    return new Response(body, { status: 403, headers: { "content-type": "application/xml" } });
  }
  return new Response(Uint8Array.from(file.bytes), { headers: { "content-type": "application/octet-stream" } });
}
