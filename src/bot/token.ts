import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Credentials } from "../config.ts";
import { ApiError, apiUrl, callNew } from "./api-call.ts";

const limitMs = 8000;
const configuredWronglyAfterMs = 60_000;
const answerSchema = z.looseObject({ accessToken: z.string().min(1), expireIn: z.number().positive() });

/** The app's access token: cached, renewed a little before it expires, asked for once however many wait (dingtalk.md §4.2). */
export class AccessToken {
  readonly #credentials: Credentials;
  readonly #clock: Clock;
  #cached: { value: string; renewAt: number } | null = null;
  #asked: Promise<string> | null = null;

  constructor({ credentials, clock }: { credentials: Credentials; clock: Clock }) {
    this.#credentials = credentials;
    this.#clock = clock;
  }

  /** Calls with a token; one that is refused before its time is renewed once and the call repeated. */
  async using<T>(call: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#current();
    try {
      return await call(token);
    } catch (error) {
      if (!(error instanceof ApiError && error.isTokenRefusal)) throw error;
      // Another caller may have renewed it already.
      if (this.#cached?.value === token) this.#cached = null;
    }
    return call(await this.#current());
  }

  #current(): Promise<string> {
    const cached = this.#cached;
    if (cached !== null && this.#clock.now().getTime() < cached.renewAt) return Promise.resolve(cached.value);
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }

  async #ask(): Promise<string> {
    const { clientId: appKey, clientSecret: appSecret, apiBase } = this.#credentials;
    const askedAt = this.#clock.now().getTime();
    const url = apiUrl(apiBase, "/v1.0/oauth2/accessToken");
    try {
      const { accessToken, expireIn } = await callNew({ url, body: { appKey, appSecret }, limitMs }, answerSchema);
      this.#cached = { value: accessToken, renewAt: askedAt + expireIn * 900 };
      return accessToken;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A wrong secret is no fault of the message that waits to be sent, and of that nothing was sent yet.
      const afterMs = error.retryAfterMs ?? configuredWronglyAfterMs;
      throw new ApiError(error.code, { kind: "notDone", afterMs });
    }
  }
}
