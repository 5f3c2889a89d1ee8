import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Credentials } from "../config.ts";
import { ApiError, apiUrl, callNew, callOld } from "./api-call.ts";
import { isCounted, isTooFast } from "./failure.ts";
import { Pace } from "./pace.ts";
import type { RobotMessage } from "./render.ts";
import type { RobotCode } from "./robot-code.ts";
import { AccessToken } from "./token.ts";

export interface Upload {
  bytes: Uint8Array;
  fileName: string;
  kind: "file" | "image";
}

/** Real time. With a token that is asked for and renewed a send takes four times this at most; see `lease.ts`. */
export const callLimitMs = 8000;
const uploadLimitMs = 25_000;

const tokenAfterMs = 10_000;

const staffIds = z.array(z.string()).nullish();
const peopleAnswer = z.looseObject({
  processQueryKey: z.string().nullish(),
  invalidStaffIdList: staffIds,
  flowControlledStaffIdList: staffIds,
});
const groupAnswer = z.looseObject({ processQueryKey: z.string().nullish() });
const uploadAnswer = z.looseObject({ media_id: z.string().min(1) });
const downloadAnswer = z.looseObject({ downloadUrl: z.url() });
const mobileAnswer = z.looseObject({ result: z.looseObject({ userid: z.string().min(1) }) });

/** Contacts are free of count (dingtalk.md §4.1). */
const contactsApis = "/topapi/v2/user/";
/** Nobody has the number, or it is none (dingtalk.md §4.12). */
const nobodyCodes = new Set(["60121", "40104"]);

/** Of those asked for: everybody else was sent the message. */
export interface PeopleAnswer {
  receipt: string | null;
  /** Unknown, left the organisation, or out of the app's visible range. */
  invalid: readonly string[];
  /** To be sent again later. */
  throttled: readonly string[];
}

export interface OpenApiOptions {
  credentials: Credentials;
  /** Measures the token's life; time-outs and pace are real time. */
  clock: Clock;
  /** Of one API path. */
  callsPerSecond?: number;
  /** Called for each call that DingTalk counts against the month. */
  onCounted?: () => void;
  /** Watches over the calls that name the robot. */
  robotCode?: Pick<RobotCode, "calling">;
}

/** A little less than the 20 that DingTalk allows one app on one API path (dingtalk.md §4.1). */
const standardCallsPerSecond = 18;
/** Staff ids that one call takes (dingtalk.md §4.4). */
export const maxPeople = 20;

/** The calls of DingTalk's server API that the bot needs. Each may throw `ApiError`. */
export class OpenApi {
  readonly #credentials: Credentials;
  readonly #token: AccessToken;
  readonly #pace: Pace;
  readonly #onCounted: () => void;
  readonly #robotCode: Pick<RobotCode, "calling">;

  constructor(options: OpenApiOptions) {
    const { credentials, clock, callsPerSecond = standardCallsPerSecond, onCounted = () => {} } = options;
    this.#credentials = credentials;
    this.#token = new AccessToken({ credentials, clock });
    this.#pace = new Pace(callsPerSecond);
    this.#onCounted = onCounted;
    this.#robotCode = options.robotCode ?? { calling: (_, call) => call() };
  }

  /** One message to at most 20 people: an answer that it was sent may still name some whom it was not (dingtalk.md §4.4). */
  async sendToPeople(staffIds: readonly string[], message: RobotMessage): Promise<PeopleAnswer> {
    const body = { robotCode: this.#credentials.robotCode, userIds: staffIds, ...message };
    const send = () => this.#new("/v1.0/robot/oToMessages/batchSend", body, peopleAnswer);
    const answer = await this.#robotCode.calling("person", send);
    const { processQueryKey, invalidStaffIdList, flowControlledStaffIdList } = answer;
    return {
      receipt: processQueryKey ?? null,
      invalid: invalidStaffIdList ?? [],
      throttled: flowControlledStaffIdList ?? [],
    };
  }

  /** Returns DingTalk's receipt (dingtalk.md §4.5). */
  async sendToGroup(openConversationId: string, message: RobotMessage): Promise<string | null> {
    const body = { robotCode: this.#credentials.robotCode, openConversationId, ...message };
    const send = () => this.#new("/v1.0/robot/groupMessages/send", body, groupAnswer);
    return (await this.#robotCode.calling("group", send)).processQueryKey ?? null;
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
    const ask = () => this.#new("/v1.0/robot/messageFiles/download", body, downloadAnswer);
    return (await this.#robotCode.calling("file", ask)).downloadUrl;
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
    return this.#withToken(async (token) => {
      const headers = { "x-acs-dingtalk-access-token": token };
      await this.#pace.turn(path);
      return this.#counted(path, callNew({ url, headers, body, limitMs: callLimitMs }, answer));
    });
  }

  #old<T>(path: string, request: { body: object | FormData; limitMs: number }, answer: z.ZodType<T>): Promise<T> {
    return this.#withToken(async (token) => {
      const url = new URL(apiUrl(this.#credentials.oapiBase, path));
      await this.#pace.turn(url.pathname);
      url.searchParams.set("access_token", token);
      return this.#counted(url.pathname, callOld({ url: url.href, ...request }, answer));
    });
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
