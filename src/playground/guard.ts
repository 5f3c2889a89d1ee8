import type { Context } from "hono";
import { apiError, apiLimitError, readJsonBody } from "./api-errors.ts";
import type { ApiEnv, OpenCall } from "./calls.ts";
import type { Quota } from "./quota.ts";
import type { Tokens } from "./tokens.ts";

export type Body = Record<string, unknown>;

interface GuardParts {
  tokens: Tokens;
  quota: Quota;
}

/** Why a call of the new API goes no further than its door; undefined when it does. `path` is the API's, as documented. */
export function turnedAway(
  { req }: Context<ApiEnv>,
  path: string,
  { tokens, quota }: GuardParts,
): Response | undefined {
  if (tokens.check(req.header("x-acs-dingtalk-access-token")) !== "valid") {
    return apiError(400, "InvalidAuthentication", "不合法的access_token");
  }
  return apiLimitError(quota.admitCall(path, "counted"));
}

export type BodyAnswer = (body: Body, call: OpenCall) => Response;

/** What a route does with a JSON body, behind the door. */
export function guarded(path: string, parts: GuardParts, answer: BodyAnswer) {
  return async (context: Context<ApiEnv>): Promise<Response> =>
    turnedAway(context, path, parts) ?? withBody(context.req.raw, (body) => answer(body, context.get("call")));
}

export async function withBody(request: Request, answer: (body: Body) => Response): Promise<Response> {
  const body = await readJsonBody(request);
  return body === undefined ? apiError(400, "Missingbody", "body is mandatory for this action") : answer(body);
}

/** An absent field is refused at the door, like an absent body; an empty one by the service behind it. */
export function missingField(body: Body, names: string[]): Response | undefined {
  const name = names.find((it) => body[it] === undefined || body[it] === null);
  return name === undefined ? undefined : apiError(400, `Missing${name}`, `${name} is mandatory for this action.`);
}

/** A list of texts, or an empty one. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
