import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Credentials } from "../config.ts";
import { ApiError, apiUrl, callNew, callOld } from "./api-call.ts";
import type { RobotMessage } from "./render.ts";
import { AccessToken } from "./token.ts";

export interface Upload {
  bytes: Uint8Array;
  fileName: string;
  kind: "file" | "image";
}

/** Real time. With a renewed token a send may take both twice; the dispatcher's lease is longer. */
const callLimitMs = 8000;
const uploadLimitMs = 25_000;

const flowControlledAfterMs = 5000;
const tokenAfterMs = 10_000;

const staffIds = z.array(z.string()).nullish();
const personAnswer = z.looseObject({
  processQueryKey: z.string().nullish(),
  invalidStaffIdList: staffIds,
  flowControlledStaffIdList: staffIds,
});
const groupAnswer = z.looseObject({ processQueryKey: z.string().nullish() });
const uploadAnswer = z.looseObject({ media_id: z.string().min(1) });
const downloadAnswer = z.looseObject({ downloadUrl: z.url() });
const mobileAnswer = z.looseObject({ result: z.looseObject({ userid: z.string().min(1) }) });

/** Nobody has the number, or it is none (dingtalk.md §4.12). */
const nobodyCodes = new Set(["60121", "40104"]);

/** The calls of DingTalk's server API that the bot needs. Each may throw `ApiError`. */
export class OpenApi {
  readonly #credentials: Credentials;
  readonly #token: AccessToken;

  /** The clock measures the token's life; time-outs are real time. */
  constructor(given: { credentials: Credentials; clock: Clock }) {
    this.#credentials = given.credentials;
    this.#token = new AccessToken(given);
  }

  /** Returns DingTalk's receipt. A staff id that is unknown or out of the app's range is a refusal (dingtalk.md §4.4). */
  async sendToPerson(staffId: string, message: RobotMessage): Promise<string | null> {
    const body = { robotCode: this.#credentials.robotCode, userIds: [staffId], ...message };
    const answer = await this.#new("/v1.0/robot/oToMessages/batchSend", body, personAnswer);
    if (answer.invalidStaffIdList?.includes(staffId)) throw new ApiError("invalidStaffId", null);
    if (answer.flowControlledStaffIdList?.includes(staffId))
      throw new ApiError("flowControlled", flowControlledAfterMs);
    return answer.processQueryKey ?? null;
  }

  /** Returns DingTalk's receipt (dingtalk.md §4.5). */
  async sendToGroup(openConversationId: string, message: RobotMessage): Promise<string | null> {
    const body = { robotCode: this.#credentials.robotCode, openConversationId, ...message };
    return (await this.#new("/v1.0/robot/groupMessages/send", body, groupAnswer)).processQueryKey ?? null;
  }

  /** Returns a media id: permanent, and shown only inside DingTalk (dingtalk.md §4.8). */
  async uploadMedia({ bytes, fileName, kind }: Upload): Promise<string> {
    const form = new FormData();
    form.set("media", new Blob([Uint8Array.from(bytes)]), fileName);
    const path = `/media/upload?type=${kind}`;
    return (await this.#old(path, { body: form, limitMs: uploadLimitMs }, uploadAnswer)).media_id;
  }

  /** A temporary link for the code of a received file (dingtalk.md §4.8). */
  async downloadUrl(downloadCode: string): Promise<string> {
    const body = { robotCode: this.#credentials.robotCode, downloadCode };
    return (await this.#new("/v1.0/robot/messageFiles/download", body, downloadAnswer)).downloadUrl;
  }

  /** `null`: nobody in the organisation has this mobile (dingtalk.md §4.12). */
  async staffIdByMobile(mobile: string): Promise<string | null> {
    try {
      const request = { body: { mobile }, limitMs: callLimitMs };
      return (await this.#old("/topapi/v2/user/getbymobile", request, mobileAnswer)).result.userid;
    } catch (error) {
      if (error instanceof ApiError && nobodyCodes.has(error.code)) return null;
      throw error;
    }
  }

  #new<T>(path: string, body: object, answer: z.ZodType<T>): Promise<T> {
    const url = apiUrl(this.#credentials.apiBase, path);
    return this.#withToken((token) => {
      const headers = { "x-acs-dingtalk-access-token": token };
      return callNew({ url, headers, body, limitMs: callLimitMs }, answer);
    });
  }

  #old<T>(path: string, request: { body: object | FormData; limitMs: number }, answer: z.ZodType<T>): Promise<T> {
    return this.#withToken((token) => {
      const url = new URL(apiUrl(this.#credentials.oapiBase, path));
      url.searchParams.set("access_token", token);
      return callOld({ url: url.href, ...request }, answer);
    });
  }

  async #withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
    try {
      return await this.#token.using(call);
    } catch (error) {
      // Even the fresh token was refused: nothing is wrong with what was asked.
      if (error instanceof ApiError && error.isTokenRefusal) throw new ApiError(error.code, tokenAfterMs);
      throw error;
    }
  }
}
