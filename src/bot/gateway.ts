import { z } from "zod";
import type { Credentials } from "../config.ts";
import { apiUrl, fromJson, isBan } from "./api-call.ts";

const gatewayPath = "/v1.0/gateway/connections/open";

const ticketSchema = z.looseObject({ endpoint: z.url(), ticket: z.string().min(1) });
const refusalSchema = z.looseObject({ code: z.string() });

/** The gateway gave no ticket; `status` is its HTTP status, `code` DingTalk's own, or `banned`, or `unknown`. */
export class GatewayRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`the gateway answered ${status} ${code}`);
    this.name = "GatewayRefusal";
    this.status = status;
    this.code = code;
  }
}

/** There was a ticket, but its WebSocket did not open; `cause` says why. */
export class HandshakeFailure extends Error {
  readonly host: string;

  constructor(host: string, cause: unknown) {
    super("the WebSocket did not open", { cause });
    this.name = "HandshakeFailure";
    this.host = host;
  }
}

export interface TicketRequest {
  credentials: Credentials;
  subscriptions: readonly { type: string; topic: string }[];
  signal: AbortSignal;
}

/** The WebSocket URL for one connection (dingtalk.md §2.1). Throws `GatewayRefusal`, or what network and signal throw. */
export async function askForTicket({ credentials, subscriptions, signal }: TicketRequest): Promise<string> {
  const { clientId, clientSecret, apiBase } = credentials;
  const answer = await fetch(apiUrl(apiBase, gatewayPath), {
    method: "POST",
    // Without this wish the gateway answers in XML.
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ clientId, clientSecret, ua: "", subscriptions }),
    signal,
  });
  const body = fromJson(await answer.text());
  const granted = ticketSchema.safeParse(body);
  if (!answer.ok || !granted.success) throw new GatewayRefusal(answer.status, codeOf(body));
  const { endpoint, ticket } = granted.data;
  return `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
}

function codeOf(body: unknown): string {
  if (isBan(body)) return "banned";
  return refusalSchema.safeParse(body).data?.code ?? "unknown";
}
