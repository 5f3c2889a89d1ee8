import { z } from "zod";
import { ApiError } from "./api-call.ts";
import { type ApiCalls, callLimitMs } from "./api-calls.ts";

const path = "/topapi/v2/user/get";
const answerSchema = z.looseObject({ result: z.looseObject({ unionid: z.string().min(1) }) });
/** Nobody of the organisation has this staff id (dingtalk.md §4.12). */
const nobodyCodes = new Set(["33012", "60121"]);

/** Staff id → union id, which some APIs ask for: for ever the same, so kept for the process's life (dingtalk.md §4.12, kb/0056). */
export class UnionIds {
  readonly #calls: ApiCalls;
  readonly #known = new Map<string, string>();

  constructor(calls: ApiCalls) {
    this.#calls = calls;
  }

  /** `null`: the organisation has nobody of this staff id. Free of count. Throws `ApiError`. */
  async of(staffId: string): Promise<string | null> {
    const known = this.#known.get(staffId);
    if (known !== undefined) return known;
    try {
      const request = { body: { userid: staffId }, limitMs: callLimitMs };
      const { unionid } = (await this.#calls.ofOld(path, request, answerSchema)).result;
      this.#known.set(staffId, unionid);
      return unionid;
    } catch (error) {
      if (error instanceof ApiError && nobodyCodes.has(error.code)) return null;
      throw error;
    }
  }
}
