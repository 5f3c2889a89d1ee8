import { once } from "node:events";
import { DWClient, type DWClientDownStream, TOPIC_ROBOT } from "dingtalk-stream";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import {
  type LocalDingTalk,
  type LocalDingTalkOptions,
  startLocalDingTalk,
} from "../../src/playground/local-dingtalk.ts";

export const app = { clientId: "dingtest", clientSecret: "s3cret" };
export const group = { conversationId: "cidBureau+/==", title: "测试群", memberIds: ["zhang", "boss", "guest"] };
export const dumbGroup = {
  conversationId: "cidDumb==",
  title: "没有机器人的群",
  memberIds: ["zhang"],
  hasRobot: false,
};

/** 2023-06-01 12:00 in China, moved by hand. */
export class TestClock {
  #now = Date.parse("2023-06-01T12:00:00+08:00");
  readonly now = () => new Date(this.#now);
  advance(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

export async function local(given: Partial<LocalDingTalkOptions> = {}): Promise<LocalDingTalk> {
  const dingtalk = await startLocalDingTalk({
    ...app,
    people: [
      { staffId: "zhang", name: "张甲", mobile: "19900000001", title: "科长" },
      { staffId: "boss", name: "赵乙", mobile: "19900000002" },
      { staffId: "guest", name: "钱丙", mobile: "19900000003", isExternal: true },
    ],
    groups: [group, dumbGroup],
    now: new TestClock().now,
    ...given,
  });
  onTestFinished(() => dingtalk.stop());
  return dingtalk;
}

/** The unmodified SDK; only where its gateway request goes is overridden. */
export class Robot extends DWClient {
  readonly frames: DWClientDownStream[] = [];
  readonly #baseUrl: string;
  acks = true;

  constructor(dingtalk: LocalDingTalk, given: { clientSecret?: string; topics?: string[] } = {}) {
    const topics = given.topics ?? [TOPIC_ROBOT];
    const untyped = { autoReconnect: false, subscriptions: topics.map((topic) => ({ type: "CALLBACK", topic })) };
    super({ ...app, ...given, ...untyped });
    this.#baseUrl = dingtalk.baseUrl;
    for (const topic of topics) {
      this.on(topic, (frame: DWClientDownStream) => {
        this.frames.push(frame);
        if (this.acks) this.socketCallBackResponse(frame.headers.messageId, null);
        this.emit("heard");
      });
    }
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, subscriptions } = this.getConfig();
    const answer = await openGateway(this.#baseUrl, { clientId, clientSecret, subscriptions, ua: "" });
    const { endpoint, ticket } = (await answer.json()) as { endpoint?: string; ticket?: string };
    if (endpoint === undefined) throw new Error(`gateway answered ${answer.status}`);
    Reflect.set(this, "dw_url", `${endpoint}?ticket=${ticket}`);
    return this;
  }

  /** The payloads heard so far. */
  get heard(): Payload[] {
    return this.frames.map((it) => JSON.parse(it.data));
  }

  /** Resolves when so many frames have arrived in all. */
  async hears(count: number): Promise<void> {
    while (this.frames.length < count) await once(this, "heard");
  }
}

export async function connect(dingtalk: LocalDingTalk, topics?: string[]): Promise<Robot> {
  const robot = new Robot(dingtalk, topics && { topics });
  await robot.connect();
  if (!robot.connected) throw new Error("the robot could not connect");
  return robot;
}

export const robotSubscription = [{ type: "CALLBACK", topic: TOPIC_ROBOT }];

export function openGateway(baseUrl: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${baseUrl}/v1.0/gateway/connections/open`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

export async function ticketUrl(dingtalk: LocalDingTalk): Promise<string> {
  const answer = await openGateway(dingtalk.baseUrl, { ...app, subscriptions: robotSubscription });
  const { endpoint, ticket } = (await answer.json()) as Record<string, string>;
  return `${endpoint}?ticket=${ticket}`;
}

/** A robot without the SDK: it sees every text that comes, and acknowledges what can be while `acks` is set. */
export class Wire {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  readonly acks: boolean;

  private constructor(url: string, acks: boolean) {
    this.acks = acks;
    this.socket = new WebSocket(url);
    this.socket.on("error", () => {});
    this.socket.on("message", (data) => {
      this.texts.push(String(data));
      const { type, headers, data: echo } = this.last ?? {};
      if (headers !== undefined && (this.acks || type === "SYSTEM")) {
        this.socket.send(JSON.stringify({ code: 200, headers, message: "OK", data: echo }));
      }
      this.socket.emit("took");
    });
  }

  static async open(dingtalk: LocalDingTalk, { acks = true } = {}): Promise<Wire> {
    const wire = new Wire(await ticketUrl(dingtalk), acks);
    onTestFinished(() => wire.socket.terminate());
    await once(wire.socket, "open");
    return wire;
  }

  get last(): Frame | undefined {
    try {
      return JSON.parse(this.texts.at(-1) ?? "");
    } catch {
      return undefined;
    }
  }

  /** The frames of the robot's messages, and what was said in them. */
  get messages(): { frameId: string; msgId: string; text: string }[] {
    return this.texts.flatMap((it) => {
      if (!it.includes("msgtype")) return [];
      const { headers, data } = JSON.parse(it);
      const { msgId, text } = JSON.parse(data);
      return [{ frameId: headers.messageId, msgId, text: text?.content }];
    });
  }

  /** Resolves when so many texts have arrived in all. */
  async takes(count: number): Promise<void> {
    while (this.texts.length < count) await once(this.socket, "took");
  }

  get closed(): Promise<unknown> {
    return once(this.socket, "close");
  }
}

/** Whatever else there is, and what tests read by name: which of it is there depends on what was asked for. */
interface Loose {
  readonly [name: string]: unknown;
}

/** What a robot hears (dingtalk.md §3). */
export interface Payload extends Loose {
  msgId: string;
  msgtype: string;
  conversationId: string;
  conversationType: string;
  senderStaffId: string;
  createAt: number;
  sessionWebhook: string;
  sessionWebhookExpiredTime: number;
  text: { content: string };
  content: Loose & { downloadCode: string };
}

/** A frame of the stream, as it came. */
export interface Frame extends Loose {
  type: string;
  headers: Record<string, string>;
  data: string;
}

/** Of a call: the new API's, the old one's and the gateway's. */
export interface AnswerBody extends Loose {
  code: string;
  errcode: number;
  accessToken: string;
  access_token: string;
  processQueryKey: string;
  media_id: string;
  downloadUrl: string;
  invalidStaffIdList: string[];
  /** Of a to-do. */
  id: string;
}

/** What a test knows to be there. */
export function sure<T>(it: T | undefined): T {
  if (it === undefined) throw new Error("there is none");
  return it;
}

export interface Answer {
  status: number;
  body: AnswerBody;
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return request("POST", { url, body, headers });
}

interface Asked {
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function request(method: string, { url, body, headers = {} }: Asked): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

export async function tokenOf(dingtalk: LocalDingTalk): Promise<string> {
  const { clientId: appKey, clientSecret: appSecret } = app;
  return (await post(`${dingtalk.baseUrl}/v1.0/oauth2/accessToken`, { appKey, appSecret })).body.accessToken;
}

/** A caller of the new API with a fresh token. */
export async function caller(dingtalk: LocalDingTalk): Promise<(path: string, body: unknown) => Promise<Answer>> {
  const headers = { "x-acs-dingtalk-access-token": await tokenOf(dingtalk) };
  return (path, body) => post(dingtalk.baseUrl + path, body, headers);
}

/** The same for those of its calls that are no POST: `GET /v1.0/…`, `PUT /v1.0/…`. */
export async function asker(dingtalk: LocalDingTalk): Promise<(call: string, body?: unknown) => Promise<Answer>> {
  const headers = { "x-acs-dingtalk-access-token": await tokenOf(dingtalk) };
  return (call, body) => {
    const [method = "", path = ""] = call.split(" ");
    return request(method, { url: dingtalk.baseUrl + path, body, headers });
  };
}
