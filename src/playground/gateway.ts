import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Hono } from "hono";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { apiError, readJsonBody } from "./api-errors.ts";
import type { ApiEnv } from "./calls.ts";
import type { Connection, Subscription } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Deliveries } from "./deliveries.ts";
import type { OddFrames } from "./odd-frames.ts";

export const gatewayPath = "/v1.0/gateway/connections/open";

const ticketLifeMs = 90_000;

/** Event types are ticked in the developer console; a connection can only ask for all of them. */
const subscriptionsSchema = z
  .array(
    z.union([
      z.looseObject({ type: z.literal("EVENT"), topic: z.literal("*") }),
      z.looseObject({ type: z.literal("CALLBACK"), topic: z.string().min(1) }),
    ]),
  )
  .min(1);

const upstreamFrame = z.looseObject({
  code: z.number(),
  headers: z.looseObject({ messageId: z.string() }),
  data: z.string().optional(),
});

export interface GatewayParts {
  clientId: string;
  clientSecret: string;
  now: () => Date;
  /** Known once the server listens. */
  baseUrl: () => string;
  connections: Connections;
  deliveries: Deliveries;
  oddFrames: OddFrames;
}

/** The door of Stream mode: a ticket for an application's id and secret, a WebSocket for a ticket (dingtalk.md §2.1, §2.2). */
export class Gateway {
  readonly routes = new Hono<ApiEnv>();
  readonly #parts: GatewayParts;
  readonly #tickets = new Map<string, { expiresAtMs: number; subscriptions: Subscription[] }>();
  readonly #sockets = new WebSocketServer({ noServer: true });

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.routes.post(gatewayPath, async (context) => {
      const granted = this.#open(await readJsonBody(context.req.raw));
      if (granted instanceof Response) return granted;
      // What a ticket that somebody used before is like: nobody knows it any more.
      if (context.get("call").fault === "usedTicket") this.#tickets.delete(granted.ticket);
      return acceptsJson(context.req.header("accept")) ? Response.json(granted) : xml(granted);
    });
  }

  /** A ticket that is unknown, used or expired is refused with 401 before the upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whoever asked may be gone before they are answered; without a listener that would end this process.
    socket.on("error", () => socket.destroy());
    const url = new URL(request.url ?? "/", "http://localhost");
    const ticket = url.searchParams.get("ticket") ?? "";
    const granted = url.pathname === "/connect" ? this.#tickets.get(ticket) : undefined;
    this.#tickets.delete(ticket);
    if (granted === undefined || this.#parts.now().getTime() >= granted.expiresAtMs) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = this.#parts.connections.add({ socket: webSocket, tcp: request.socket }, granted.subscriptions);
      webSocket.on("message", (data) => this.#take(connection, String(data)));
    });
  }

  #open(body: Record<string, unknown> | undefined): { endpoint: string; ticket: string } | Response {
    if (body === undefined) return apiError(400, "Missingbody", "body is mandatory for this action");
    const { clientId, clientSecret } = this.#parts;
    if (body.clientId !== clientId || body.clientSecret !== clientSecret) {
      return apiError(401, "authFailed", "鉴权失败");
    }
    const parsed = subscriptionsSchema.safeParse(body.subscriptions);
    if (!parsed.success) return apiError(400, "invalidParameter", "subscriptions 缺失或不支持");
    const subscriptions = parsed.data;
    const ticket = randomUUID();
    this.#tickets.set(ticket, { expiresAtMs: this.#parts.now().getTime() + ticketLifeMs, subscriptions });
    return { endpoint: `${this.#parts.baseUrl().replace("http", "ws")}/connect`, ticket };
  }

  #take(connection: Connection, text: string): void {
    const frame = upstreamFrame.safeParse(parseJson(text));
    // Nobody knows what DingTalk does with a frame that is none: this stand-in drops it.
    if (!frame.success) return;
    const { code, headers, data } = frame.data;
    if (this.#parts.connections.takeEcho(connection, headers.messageId, data)) return;
    this.#parts.oddFrames.acknowledge(connection.id, headers.messageId, { code, data });
    this.#parts.deliveries.acknowledge(connection.id, headers.messageId, { code, data });
  }
}

/** Without an explicit wish for JSON the real gateway answers in XML (dingtalk.md §1.3). */
function acceptsJson(accept: string | undefined): boolean {
  return accept?.includes("application/json") ?? false;
}

function xml({ endpoint, ticket }: { endpoint: string; ticket: string }): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?><result><endpoint>${endpoint}</endpoint><ticket>${ticket}</ticket></result>`;
  return new Response(body, { headers: { "content-type": "application/xml" } });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
