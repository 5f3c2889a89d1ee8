import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import { apiError, timeoutError, tooFastError, unavailableError, webhookTooFast } from "./api-errors.ts";
import type { ApiEnv, Calls, OpenCall } from "./calls.ts";
import { type CallFault, callFaults, type Faults, type GatewayFault, gatewayFaults } from "./faults.ts";
import { gatewayPath } from "./gateway.ts";
import { documentedPath } from "./todos-api.ts";
import type { Tokens } from "./tokens.ts";
import { webhookPath } from "./webhook.ts";

export interface DoorParts {
  calls: Calls;
  faults: Faults;
  tokens: Tokens;
  slowAnswerMs: number;
  /** Ends what is slow. */
  stopped: AbortSignal;
}

type ApiContext = Context<ApiEnv>;

/** A token cannot be too old for them. */
const tokenlessPaths = ["/v1.0/oauth2/accessToken", "/gettoken", webhookPath];

const answerCode = z.union([
  z.looseObject({ code: z.string() }).transform((it) => it.code),
  z.looseObject({ errcode: z.number() }).transform((it) => String(it.errcode)),
]);

/** Every call goes through it: it is written down, and a fault may strike before or after the work is done. */
export function door(parts: DoorParts): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const { method, path } = context.req;
    const call = parts.calls.begin(method, path);
    context.set("call", call);
    watchAnswer(context, call);
    const fault = parts.faults.draw(possibleAt(path), documentedPath(path));
    if (fault !== undefined) call.fault = fault;
    const answer = await misanswer(context, next, parts);
    if (answer !== undefined) {
      context.res = undefined;
      context.res = answer;
    }
    if (context.res === RESPONSE_ALREADY_SENT) return;
    call.status = context.res.status;
    const code = answerCode.safeParse(
      await context.res
        .clone()
        .json()
        .catch(() => undefined),
    );
    if (code.success) call.code = code.data;
  };
}

function possibleAt(path: string): readonly (CallFault | GatewayFault)[] {
  if (path === gatewayPath) return gatewayFaults;
  return tokenlessPaths.includes(path) ? callFaults.filter((it) => it !== "expiredToken") : callFaults;
}

/** What takes the place of the true answer; undefined when that one is given. */
async function misanswer(
  context: ApiContext,
  work: () => Promise<void>,
  parts: DoorParts,
): Promise<Response | undefined> {
  const { path } = context.req;
  const { fault } = context.get("call");
  switch (fault) {
    case undefined:
    case "usedTicket":
      await work();
      return undefined;
    case "expiredToken":
      parts.tokens.expire();
      await work();
      return undefined;
    case "timeoutDelivered":
      await work();
      return timeoutError(path);
    case "cutDelivered":
      await work();
      context.env.incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case "slowAnswer":
      await work();
      await ended(context, parts.stopped, parts.slowAnswerMs);
      return undefined;
    case "noAnswer":
      await ended(context, parts.stopped);
      return RESPONSE_ALREADY_SENT;
    default:
      return refusal(fault, path);
  }
}

type Refusal = "refused401" | "refused400" | "refused500" | "error500" | "tooFast" | "timeoutUndelivered";

/** An answer before any work. The body of the gateway's 400 is unverified (dingtalk.md §2.1). */
function refusal(fault: Refusal, path: string): Response | undefined {
  switch (fault) {
    case "refused401":
      return apiError(401, "authFailed", "鉴权失败");
    case "refused400":
      return apiError(400, "invalidRequest", "应用未发布，或者机器人不是 Stream 模式");
    case "refused500":
    case "error500":
      return unavailableError(path);
    case "tooFast":
      return path === webhookPath ? webhookTooFast() : tooFastError(path);
    case "timeoutUndelivered":
      return timeoutError(path);
    default:
      return fault satisfies never;
  }
}

/** Resolves when nobody waits for the answer any more, when all is stopped, or when the time is over. */
function ended({ env: { outgoing } }: ApiContext, stopped: AbortSignal, limitMs?: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stopped.removeEventListener("abort", end);
      outgoing.off("close", end);
      resolve();
    };
    const timer = limitMs === undefined ? undefined : setTimeout(end, limitMs);
    stopped.addEventListener("abort", end);
    outgoing.once("close", end);
  });
}

function watchAnswer({ env: { outgoing } }: ApiContext, call: OpenCall): void {
  outgoing.once("finish", () => {
    call.answer = call.fault === "timeoutDelivered" || call.fault === "timeoutUndelivered" ? "falsified" : "told";
  });
  outgoing.once("close", () => {
    if (call.answer === "open") call.answer = "unheard";
  });
}
