import { z } from "zod";
import { ApiError } from "./api-call.ts";
import { ApiCalls, type ApiCallsOptions, callLimitMs } from "./api-calls.ts";
import { type DingOutcome, ding } from "./ding.ts";
import { type ReadStatus, readStatus } from "./read-status.ts";
import type { RobotMessage } from "./render.ts";
import type { RobotCode } from "./robot-code.ts";
import { closeTodo, type NewTodo, openTodo } from "./todo.ts";
import { UnionIds } from "./union-ids.ts";

export interface Upload {
  bytes: Uint8Array;
  fileName: string;
  kind: "file" | "image";
}

const uploadLimitMs = 25_000;

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

export interface OpenApiOptions extends ApiCallsOptions {
  /** Watches over the calls that name the robot. */
  robotCode?: Pick<RobotCode, "calling">;
}

/** Staff ids that one call takes (dingtalk.md §4.4). */
export const maxPeople = 20;

/** The calls of DingTalk's server API that the bot needs. Each may throw `ApiError`. */
export class OpenApi {
  readonly #calls: ApiCalls;
  readonly #robotCode: Pick<RobotCode, "calling">;
  readonly #unionIds: UnionIds;

  constructor(options: OpenApiOptions) {
    this.#calls = new ApiCalls(options);
    this.#robotCode = options.robotCode ?? { calling: (_, call) => call() };
    this.#unionIds = new UnionIds(this.#calls);
  }

  /** One message to at most 20 people: an answer that it was sent may still name some whom it was not (dingtalk.md §4.4). */
  async sendToPeople(staffIds: readonly string[], message: RobotMessage): Promise<PeopleAnswer> {
    const body = { robotCode: this.#calls.robotCode, userIds: staffIds, ...message };
    const send = () => this.#calls.ofNew({ path: "/v1.0/robot/oToMessages/batchSend", body }, peopleAnswer);
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
    const body = { robotCode: this.#calls.robotCode, openConversationId, ...message };
    const send = () => this.#calls.ofNew({ path: "/v1.0/robot/groupMessages/send", body }, groupAnswer);
    return (await this.#robotCode.calling("group", send)).processQueryKey ?? null;
  }

  /** Returns a media id: permanent, and shown only inside DingTalk (dingtalk.md §4.8). */
  async uploadMedia({ bytes, fileName, kind }: Upload): Promise<string> {
    const form = new FormData();
    form.set("media", new Blob([Uint8Array.from(bytes)]), fileName);
    const path = `/media/upload?type=${kind}`;
    return (await this.#calls.ofOld(path, { body: form, limitMs: uploadLimitMs }, uploadAnswer)).media_id;
  }

  /** A temporary link for the code of a received file (dingtalk.md §4.8). */
  async downloadUrl(downloadCode: string): Promise<string> {
    const body = { robotCode: this.#calls.robotCode, downloadCode };
    const ask = () => this.#calls.ofNew({ path: "/v1.0/robot/messageFiles/download", body }, downloadAnswer);
    return (await this.#robotCode.calling("file", ask)).downloadUrl;
  }

  /** `null`: nobody in the organisation has this mobile (dingtalk.md §4.12). */
  async staffIdByMobile(mobile: string): Promise<string | null> {
    try {
      const request = { body: { mobile }, limitMs: callLimitMs };
      return (await this.#calls.ofOld("/topapi/v2/user/getbymobile", request, mobileAnswer)).result.userid;
    } catch (error) {
      if (error instanceof ApiError && nobodyCodes.has(error.code)) return null;
      throw error;
    }
  }

  /** Who has read what `sendToPeople` gave this receipt for: see `read-status.ts`. */
  readStatus(receipt: string): Promise<ReadStatus> {
    return readStatus(this.#calls, receipt);
  }

  /** See `ding.ts`. */
  ding(staffIds: readonly string[], text: string): Promise<DingOutcome> {
    return ding(this.#calls, staffIds, text);
  }

  /** Returns the task id: see `todo.ts`. */
  openTodo(todo: NewTodo): Promise<string> {
    return openTodo(this.#calls, todo);
  }

  closeTodo(todo: { unionId: string; taskId: string }): Promise<void> {
    return closeTodo(this.#calls, todo);
  }

  /** `null`: the organisation has nobody of this staff id. */
  unionIdOf(staffId: string): Promise<string | null> {
    return this.#unionIds.of(staffId);
  }
}
