import type { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Credentials } from "../config.ts";
import { ApiError, type ApiRequest, apiUrl, callNew, callOld } from "./api-call.ts";
import { isCounted, isTooFast } from "./failure.ts";
import { Pace } from "./pace.ts";
import { AccessToken } from "./token.ts";

export interface ApiCallsOptions {
  credentials: Credentials;
  /** Measures the token's life; time-outs and pace are real time. */
  clock: Clock;
  /** Of one API path. */
  callsPerSecond?: number;
  /** Called for each call that DingTalk counts against the month. */
  onCounted?: () => void;
}

export interface NewApiCall {
  method?: ApiRequest["method"];
  /** As documented: what stands in braces, as in `/users/{unionId}`, is taken from `params`. */
  path: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
}

/** Real time. With a token that is asked for and renewed a send takes four times this at most; see `lease.ts`. */
export const callLimitMs = 8000;

const tokenAfterMs = 10_000;

/** Contacts are free of count (dingtalk.md §4.1). */
const contactsApis = "/topapi/v2/user/";

/** A little less than the 20 that DingTalk allows one app on one API path (dingtalk.md §4.1). */
const standardCallsPerSecond = 18;

/** How each call of the server API is made: with the token, at the pace, counted. Calls may throw `ApiError`. */
export class ApiCalls {
  readonly robotCode: string;
  readonly #credentials: Credentials;
  readonly #token: AccessToken;
  readonly #pace: Pace;
  readonly #onCounted: () => void;

  constructor(options: ApiCallsOptions) {
    const { credentials, clock, callsPerSecond = standardCallsPerSecond, onCounted = () => {} } = options;
    this.robotCode = credentials.robotCode;
    this.#credentials = credentials;
    this.#token = new AccessToken({ credentials, clock });
    this.#pace = new Pace(callsPerSecond);
    this.#onCounted = onCounted;
  }

  ofNew<T>(call: NewApiCall, answer: z.ZodType<T>): Promise<T> {
    const { method = "POST", path, body } = call;
    const url = this.#urlOf(call);
    return this.#withToken(async (token) => {
      const headers = { "x-acs-dingtalk-access-token": token };
      await this.#pace.turn(path);
      const request = { url, method, headers, limitMs: callLimitMs, ...(body !== undefined && { body }) };
      return this.#counted(path, callNew(request, answer));
    });
  }

  ofOld<T>(path: string, request: { body: object | FormData; limitMs: number }, answer: z.ZodType<T>): Promise<T> {
    return this.#withToken(async (token) => {
      const url = new URL(apiUrl(this.#credentials.oapiBase, path));
      await this.#pace.turn(url.pathname);
      url.searchParams.set("access_token", token);
      return this.#counted(url.pathname, callOld({ url: url.href, ...request }, answer));
    });
  }

  #urlOf({ path, params = {}, query = {} }: NewApiCall): string {
    const named = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`${path} lacks its ${name}`);
      return encodeURIComponent(value);
    });
    const search = new URLSearchParams(query).toString();
    return apiUrl(this.#credentials.apiBase, search === "" ? named : `${named}?${search}`);
  }

  async #counted<T>(path: string, call: Promise<T>): Promise<T> {
    const isFree = path.startsWith(contactsApis);
    try {
      const answer = await call;
      if (!isFree) this.#onCounted();
      return answer;
    } catch (error) {
      if (error instanceof ApiError && isTooFast(error.code)) this.#pace.slowDown(path);
      if (!isFree && error instanceof ApiError && isCounted(error.code)) this.#onCounted();
      throw error;
    }
  }

  async #withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
    try {
      return await this.#token.using(call);
    } catch (error) {
      if (!(error instanceof ApiError && error.isTokenRefusal)) throw error;
      // Even the fresh token was refused: nothing is wrong with what was asked.
      throw new ApiError(error.code, { kind: "notDone", afterMs: tokenAfterMs });
    }
  }
}
