import { Hono } from "hono";
import { apiError, apiLimitError } from "./api-errors.ts";
import type { ApiEnv, OpenCall } from "./calls.ts";
import { type Body, guarded, missingField, textsOf, withBody } from "./guard.ts";
import { newProcessQueryKey } from "./ids.ts";
import type { Quota } from "./quota.ts";
import type { Receipts, Sent } from "./receipts.ts";
import { isRefusal, type Refusal, readRobotMessage } from "./robot-messages.ts";
import type { Tenant } from "./tenant.ts";
import type { Todos } from "./todos.ts";
import type { Tokens } from "./tokens.ts";
import type { MessageBody, World } from "./world.ts";

export interface ApiParts {
  clientId: string;
  clientSecret: string;
  robotCode: string;
  baseUrl: () => string;
  world: World;
  tokens: Tokens;
  quota: Quota;
  receipts: Receipts;
  todos: Todos;
  tenant: Tenant;
}

type Answer = (body: Body, parts: ApiParts, call: OpenCall) => Response;

const maxUserIds = 20;

/** The new API, `https://api.dingtalk.com/v1.0/…`: what the robot needs of it (dingtalk.md §4.2, §4.4, §4.5, §4.8). */
export function openApi(parts: ApiParts): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.post("/v1.0/oauth2/accessToken", async ({ req }) => {
    const limited = apiLimitError(parts.quota.admitCall(req.path, "free"));
    return limited ?? withBody(req.raw, (body) => accessToken(body, parts));
  });
  const post = (path: string, answer: Answer) =>
    routes.post(
      path,
      guarded(path, parts, (body, call) => answer(body, parts, call)),
    );
  post("/v1.0/robot/oToMessages/batchSend", sendToPeople);
  post("/v1.0/robot/groupMessages/send", sendToGroup);
  post("/v1.0/robot/messageFiles/download", downloadUrl);
  return routes;
}

function accessToken({ appKey, appSecret }: Body, { clientId, clientSecret, tokens }: ApiParts): Response {
  if (appKey !== clientId || appSecret !== clientSecret) {
    return apiError(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret");
  }
  const { token, lifeSeconds } = tokens.issue();
  return Response.json({ accessToken: token, expireIn: lifeSeconds });
}

function sendToPeople(body: Body, { robotCode, world, receipts }: ApiParts, call: OpenCall): Response {
  const missing = missingField(body, ["robotCode", "userIds", "msgKey", "msgParam"]);
  if (missing !== undefined) return missing;
  if (body.robotCode === "") return badParameter("robotCode.empty", "机器人 robotCode 为空");
  if (body.robotCode !== robotCode) return badParameter("robotCode.notExsit", "机器人不存在");
  const userIds = textsOf(body.userIds);
  if (userIds.length === 0) return badParameter("userIds.empty", "userIds 为空");
  if (userIds.length > maxUserIds) return badParameter("userIds.overMax", `userIds 超过 ${maxUserIds} 个`);
  const said = messageOf(body, world);
  if (isRefusal(said)) return refused(said);

  const invalidStaffIdList = userIds.filter((it) => world.findStaff(it) === undefined);
  const sent: Sent[] = [];
  for (const staffId of new Set(userIds)) {
    if (world.findStaff(staffId) === undefined) continue;
    const messageId = world.record({ conversation: { staffId }, from: "bot", body: said }).id;
    call.delivered.push(messageId);
    sent.push({ staffId, messageId });
  }
  return Response.json({
    processQueryKey: receipts.issue(sent),
    invalidStaffIdList,
    flowControlledStaffIdList: [],
  });
}

function sendToGroup(body: Body, { robotCode, world }: ApiParts, call: OpenCall): Response {
  const missing = missingField(body, ["robotCode", "msgKey", "msgParam"]);
  if (missing !== undefined) return missing;
  if (body.robotCode === "") return badParameter("robotCode.empty", "机器人 robotCode 为空");
  if (body.robotCode !== robotCode) {
    return badParameter("robotCode.auth", "此应用appkey和机器人robotCode不匹配，请使用机器人应用的appkey");
  }
  const conversationId = body.openConversationId;
  if (typeof conversationId !== "string" || conversationId === "") {
    return apiError(400, "miss.openConversationId", "openConversationId 缺失");
  }
  const group = world.findGroup(conversationId);
  if (group === undefined) return apiError(400, "invalid.openConversationId", "无效的 openConversationId");
  if (group.hasRobot === false) {
    return badParameter("robotCode.invalid", "机器人 robotCode 无效，请检查机器人是否在群内");
  }
  const said = messageOf(body, world);
  if (isRefusal(said)) return refused(said);

  call.delivered.push(world.record({ conversation: { conversationId }, from: "bot", body: said }).id);
  return Response.json({ processQueryKey: newProcessQueryKey() });
}

function downloadUrl(body: Body, { robotCode, world, baseUrl }: ApiParts): Response {
  const missing = missingField(body, ["robotCode", "downloadCode"]);
  if (missing !== undefined) return missing;
  if (body.robotCode === "") return badParameter("robotCode.empty", "机器人 robotCode 为空");
  if (body.robotCode !== robotCode) return badParameter("robotCode.auth", "robotCode 与应用不匹配");
  const url = world.files.downloadUrl(String(body.downloadCode), baseUrl());
  if (url === undefined) return badParameter("robotCode.downloadCode", "downloadCode 无效或已过期");
  return Response.json({ downloadUrl: url });
}

function messageOf(body: Body, world: World): MessageBody | Refusal {
  const { msgKey, msgParam } = body;
  if (msgKey === "") return { code: "invalidParameter.msgKey.empty", message: "msgKey 为空" };
  return readRobotMessage(String(msgKey), msgParam, world.files);
}

function badParameter(what: string, message: string): Response {
  return apiError(400, `invalidParameter.${what}`, message);
}

function refused({ code, message }: Refusal): Response {
  return apiError(400, code, message);
}
