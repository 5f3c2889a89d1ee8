import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { apiError } from "./api-errors.ts";
import type { ApiEnv, OpenCall } from "./calls.ts";
import { type Body, guarded, missingField, textsOf } from "./guard.ts";
import type { ApiParts } from "./openapi.ts";
import { dingRefusal } from "./tenant.ts";

const path = "/v1.0/robot/ding/send";
/** Documented as at most 200 in one place and fewer than 200 in another: here the smaller (kb/0712). */
const maxReceivers = 199;

/** DING inside the app (dingtalk.md §4.9). By text message and telephone it is not for sale here. */
export function dings(parts: ApiParts): Hono<ApiEnv> {
  return new Hono<ApiEnv>().post(
    path,
    guarded(path, parts, (body, call) => send(body, parts, call)),
  );
}

/** That strangers are named under a reason, and the others get theirs, follows the documented shape; unverified. */
function send(body: Body, { robotCode, world, tenant }: ApiParts, call: OpenCall): Response {
  const missing = missingField(body, ["robotCode", "remindType", "receiverUserIdList", "content"]);
  const refusal = missing ?? dingRefusal(tenant.ding);
  if (refusal !== undefined) return refusal;
  if (body.robotCode !== robotCode) return apiError(400, "invalid.chatbotId", "invalid.chatbotId 无效的机器人id");
  if (body.remindType !== 1) return apiError(400, "ding.serverquota.insufficient", "ding server quota insufficient");
  if (body.content === "") return apiError(400, "invalidParameter.param.invalid", "参数不合法 content");
  const receivers = [...new Set(textsOf(body.receiverUserIdList))];
  if (receivers.length > maxReceivers) {
    return apiError(400, "ding.receivercount.limit", "ding receiver count limit");
  }
  const known = receivers.filter((it) => world.findStaff(it) !== undefined);
  if (known.length === 0) return apiError(400, "miss.staffId", "miss.staffId 无效的接收者id");
  const said = { kind: "ding" as const, text: String(body.content) };
  for (const staffId of known) {
    call.delivered.push(world.record({ conversation: { staffId }, from: "bot", body: said }).id);
  }
  const strangers = receivers.filter((it) => !known.includes(it));
  const failedList = strangers.length === 0 ? {} : { 无效的接收者: strangers };
  return Response.json({ openDingId: randomBytes(12).toString("hex"), failedList });
}
