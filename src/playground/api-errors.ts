import { randomBytes, randomUUID } from "node:crypto";
import type { Admission } from "./quota.ts";

/** The new API's error: a real status, and `requestid` all in lower case (dingtalk.md §4.0). */
export function apiError(status: number, code: string, message: string): Response {
  const requestid = randomUUID().toUpperCase();
  return Response.json({ code, requestid, message }, { status, headers: { "x-acs-request-id": requestid } });
}

/** The new API's way of saying that there were too many calls; undefined when admitted. */
export function apiLimitError(admission: Admission): Response | undefined {
  const prefix = "Forbidden.AccessDenied.";
  if (admission === "tooFast") return apiError(403, `${prefix}QpsLimitForAppkeyAndApi`, "应用调用该接口的频率超限");
  if (admission === "overQuota") return apiError(403, `${prefix}ApiCountLimitForOrg`, "组织本月的接口调用量已用完");
  return undefined;
}

export function apiNotFound(): Response {
  return apiError(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
}

/** The old API's answer: always HTTP 200, the outcome in `errcode` (dingtalk.md §4.0). */
export function oapiAnswer(errcode: number, errmsg: string, more: object = {}): Response {
  return Response.json({ errcode, errmsg, ...more, request_id: randomBytes(6).toString("hex") });
}

/** Errcode 88 wraps what the old API's door refuses. */
export function oapiLimitError(admission: Admission): Response | undefined {
  if (admission === "admitted") return undefined;
  const [subCode, subMsg] =
    admission === "tooFast"
      ? ["90018", "您的服务器调用钉钉开放平台当前接口的所有请求都被限流了"]
      : ["90020", "本月调用量已用完"];
  return oapiAnswer(88, `ding talk error[subcode=${subCode},submsg=${subMsg}]`, { sub_code: subCode, sub_msg: subMsg });
}

/** The backend failed before it did anything. */
export function unavailableError(path: string): Response {
  return isNewApi(path) ? apiError(500, "system.error", "系统错误") : oapiAnswer(-1, "系统繁忙");
}

/** The backend took longer than three seconds; whether it did the work is not said (dingtalk.md §4.0). */
export function timeoutError(path: string): Response {
  if (isNewApi(path)) return apiError(504, "system.error", "Gateway Timeout");
  return oapiAnswer(15, "Remote service error", { sub_code: "isp.top-remote-connection-timeout" });
}

export function tooFastError(path: string): Response | undefined {
  return isNewApi(path) ? apiLimitError("tooFast") : oapiLimitError("tooFast");
}

export function webhookTooFast(): Response {
  return oapiAnswer(130101, "send too fast, exceed 20 times per minute");
}

function isNewApi(path: string): boolean {
  return path.startsWith("/v1.0/");
}

/** Undefined when there is no JSON object or it is not called JSON. */
export async function readJsonBody(request: Request): Promise<Record<string, unknown> | undefined> {
  if (!isJson(request)) return undefined;
  try {
    const value: unknown = JSON.parse(await request.text());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

export function isJson(request: Request): boolean {
  return request.headers.get("content-type")?.toLowerCase().startsWith("application/json") ?? false;
}
