import { ApiError } from "./api-call.ts";
import { dingProblem } from "./failure.ts";
import type { OpenApi } from "./openapi.ts";
import type { Addressed, SendOutcome } from "./sender.ts";

/** A DING repeated disturbs more than one missing helps: what may have arrived is left at that. */
export async function sendDing(api: Pick<OpenApi, "ding">, to: Addressed, text: string): Promise<SendOutcome> {
  if (to.kind !== "person") throw new Error("a group is no addressee of a DING");
  try {
    const outcome = await api.ding([to.staffId], text);
    if (outcome.kind === "refused") return { kind: "refused", problem: dingProblem(outcome.refusal) };
    if (outcome.failed.length > 0) return { kind: "refused", problem: dingProblem("failed") };
    return { kind: "sent", receipt: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { failure, code } = error;
    if (failure.kind === "doubtful") return { kind: "sent", receipt: null };
    if (failure.kind === "notDone") return { kind: "retry", afterMs: failure.afterMs, problem: code };
    return { kind: "refused", problem: dingProblem(code) };
  }
}
