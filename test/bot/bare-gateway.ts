import { once } from "node:events";
import { Hono } from "hono";
import { onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { type Stream, type StreamOptions, startStream } from "../../src/bot/stream.ts";
import { logged } from "./logged.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";

export const fast = { firstBackoffMs: 1, longestBackoffMs: 5 };

/** A stream that ends with the test, and what it logs. */
export async function streamTo(
  url: string,
  more: Partial<StreamOptions> = {},
): Promise<{ stream: Stream; lines: string[] }> {
  const { log, lines } = logged();
  const given = {
    credentials: credentialsFor(url),
    log,
    now: () => new Date(),
    onMessage: async () => {},
    timing: fast,
  };
  const stream = await startStream({ ...given, ...more });
  onTestFinished(() => stream.stop());
  return { stream, lines };
}

export interface BareGateway {
  url: string;
  sockets: WebSocketServer;
  /** The next WebSocket that opens. */
  next(): Promise<WebSocket>;
  /** Answers the gateway's calls in place of a ticket; `null`: tickets again. */
  refuseWith: ((asked: number) => Response | Promise<Response>) | null;
  readonly asked: number;
  /** The most WebSockets that were open at one time. */
  readonly most: number;
}

/** A gateway and WebSockets that do just what a test says. */
export async function bareGateway({ autoPong = true } = {}): Promise<BareGateway> {
  const app = new Hono();
  const { url, server } = await serveOnLoopback(app);
  const sockets = new WebSocketServer({ server, path: "/connect", autoPong });
  const ticket = { endpoint: `${url.replace("http", "ws")}/connect`, ticket: "a+b" };
  let asked = 0;
  let most = 0;
  const gateway = {
    url,
    sockets,
    next: async () => (await once(sockets, "connection"))[0],
    refuseWith: null as BareGateway["refuseWith"],
    get asked() {
      return asked;
    },
    get most() {
      return most;
    },
  };
  app.post("/v1.0/gateway/connections/open", ({ json }) => {
    asked += 1;
    return gateway.refuseWith?.(asked) ?? json(ticket);
  });
  sockets.on("connection", () => {
    most = Math.max(most, sockets.clients.size);
  });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
  });
  return gateway;
}

export function frame(type: string, topic: string, more: object = {}): string {
  return JSON.stringify({ specVersion: "1.0", type, headers: { topic, messageId: `m-${topic}` }, data: "{}", ...more });
}

/** The next frame that the robot sends. */
export async function answerOn(socket: WebSocket): Promise<unknown> {
  const [data] = await once(socket, "message");
  return JSON.parse(String(data));
}
