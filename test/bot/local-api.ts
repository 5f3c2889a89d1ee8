import { Hono } from "hono";
import { ApiError } from "../../src/bot/api-call.ts";
import { OpenApi } from "../../src/bot/openapi.ts";
import type { LocalDingTalk, LocalDingTalkOptions } from "../../src/playground/local-dingtalk.ts";
import { local, TestClock } from "../playground/robot.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";

export interface LocalApi {
  dingtalk: LocalDingTalk;
  api: OpenApi;
  clock: TestClock;
  /** How many calls the bot has counted against the month. */
  counted: () => number;
}

/** The bot's side of the API against a local DingTalk of its own, both on one clock. */
export async function localApi(options: Partial<LocalDingTalkOptions> = {}): Promise<LocalApi> {
  const clock = new TestClock();
  const dingtalk = await local({ now: clock.now, ...options });
  let counted = 0;
  const onCounted = () => {
    counted += 1;
  };
  const api = new OpenApi({ credentials: credentialsFor(dingtalk.baseUrl), clock, onCounted });
  return { dingtalk, api, clock, counted: () => counted };
}

/** The same against a server that answers every call but that for the token as the test says. */
export async function answeredApi(answer: (request: Request) => Response | Promise<Response>): Promise<OpenApi> {
  const app = new Hono();
  app.post("/v1.0/oauth2/accessToken", () => Response.json({ accessToken: "t", expireIn: 7200 }));
  app.all("*", ({ req }) => answer(req.raw));
  const { url } = await serveOnLoopback(app);
  return new OpenApi({ credentials: credentialsFor(url), clock: new TestClock() });
}

/** What a call failed with. */
export async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => new Error("it worked"),
    (error: unknown) => error,
  );
  if (!(error instanceof ApiError)) throw error;
  return error;
}
