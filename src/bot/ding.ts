import { z } from "zod";
import { ApiError } from "./api-call.ts";
import type { ApiCalls } from "./api-calls.ts";
import { isAllowanceUsedUp } from "./failure.ts";

export type DingOutcome =
  /** To all but those whom it failed for, by staff id. */
  { kind: "sent"; failed: readonly string[] } | { kind: "refused"; refusal: DingRefusal };

/** Why nobody can be DINGed, until somebody changes the settings or buys more. */
export type DingRefusal = "notPermitted" | "notInEdition" | "quotaUsedUp" | "callsUsedUp";

const path = "/v1.0/robot/ding/send";
/** Of one call: documented as at most 200 in one place and fewer than 200 in another. */
export const maxDinged = 199;
const insideApp = 1;

/** By reason. A shape that is not the documented one names nobody: the DING went out, and must not be repeated for it. */
const failedList = z.record(z.string(), z.array(z.string())).nullish().catch(null);
const answerSchema = z.looseObject({ openDingId: z.string().min(1), failedList });

/**
 * DINGs people inside the app (dingtalk.md §4.9, kb/0712); at most `maxDinged` of them, with one call. There is no
 * idempotency key: after a doubtful failure a repeat may be a second DING. Whether somebody who left fails alone or with all
 * others (`miss.staffId`, refused) is unverified. Which code an edition without DING answers is
 * documented nowhere: the one taken for it is what other APIs of paid editions give, and `quotaUsedUp` may mean that too
 * (unverified). Throws `ApiError` for whatever is no refusal of DINGs as such.
 */
export async function ding(calls: ApiCalls, staffIds: readonly string[], text: string): Promise<DingOutcome> {
  if (staffIds.length === 0) return { kind: "sent", failed: [] };
  const { robotCode } = calls;
  const body = { robotCode, remindType: insideApp, receiverUserIdList: staffIds, content: text };
  try {
    const answer = await calls.ofNew({ path, body }, answerSchema);
    return { kind: "sent", failed: [...new Set(Object.values(answer.failedList ?? {}).flat())] };
  } catch (error) {
    const refusal = error instanceof ApiError ? refusalOf(error.code) : null;
    if (refusal === null) throw error;
    return { kind: "refused", refusal };
  }
}

function refusalOf(code: string): DingRefusal | null {
  if (isAllowanceUsedUp(code)) return "callsUsedUp";
  if (code === "ding.serverquota.insufficient") return "quotaUsedUp";
  if (code === "orgAuthLevelNotEnough") return "notInEdition";
  return code === "Forbidden.AccessDenied.AccessTokenPermissionDenied" ? "notPermitted" : null;
}
