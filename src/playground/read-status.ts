import { Hono } from "hono";
import { apiError } from "./api-errors.ts";
import type { ApiEnv } from "./calls.ts";
import { turnedAway } from "./guard.ts";
import type { ApiParts } from "./openapi.ts";

const path = "/v1.0/robot/oToMessages/readStatus";

/** Who has read a message to people (dingtalk.md §4.7). A key that was never given out is told like one that is too old: unverified. */
export function readStatus(parts: ApiParts): Hono<ApiEnv> {
  const { world, receipts } = parts;
  return new Hono<ApiEnv>().get(path, (context) => {
    const refusal = turnedAway(context, path, parts);
    if (refusal !== undefined) return refusal;
    const { robotCode, processQueryKey } = context.req.query();
    if (robotCode !== parts.robotCode) return apiError(400, "invalidParameter.robotCode.notExsit", "机器人不存在");
    const sent = receipts.find(processQueryKey ?? "");
    if (sent === undefined) return apiError(400, "processQueryKey.expireTime", "processQueryKey 已过期");
    const messageReadInfoList = sent.map(({ staffId, messageId }) => ({
      name: world.loadPerson(staffId).name,
      userId: staffId,
      readStatus: world.hasRead(staffId, messageId) ? "READ" : "UNREAD",
    }));
    return Response.json({ sendStatus: "SUCCESS", messageReadInfoList });
  });
}
