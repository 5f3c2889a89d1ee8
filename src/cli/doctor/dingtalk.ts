import { ApiError } from "../../bot/api-call.ts";
import { explain } from "../../bot/complaint.ts";
import { isAllowanceUsedUp, isOfRobotCode } from "../../bot/failure.ts";
import { askForTicket } from "../../bot/gateway.ts";
import { OpenApi } from "../../bot/openapi.ts";
import { AccessToken } from "../../bot/token.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import type { Clock } from "../../clock.ts";
import type { Credentials } from "../../config.ts";
import { type Finding, fault, fine, note } from "./finding.ts";

export interface DingTalkOptions {
  credentials: Credentials;
  campaign: Campaign;
  managers: readonly string[];
  clock: Clock;
}

/** Nothing that there is: whatever is asked about it is refused, but not before who asks is looked at. */
const nothing = "anyue-doctor";
const limitMs = 8000;
const robotTopic = { type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" };
const permissions = "请在开发者后台“权限管理”里开通";

/** Asks DingTalk what it can be asked without anybody being written to, and says which calls that took. */
export async function dingTalkFindings(options: DingTalkOptions): Promise<Finding[]> {
  const { credentials, clock } = options;
  const about = "凭证";
  const token = new AccessToken({ credentials, clock });
  const refused = await failureOf(token.using(async () => {}));
  if (refused !== null)
    return [fault(about, `换不到 access token（${refused.code}）`, tokenTodo(refused, credentials))];
  let counted = 0;
  const onCounted = () => {
    counted += 1;
  };
  const api = new OpenApi({ credentials, clock, onCounted });
  const findings = [
    fine(about, `Client ID 和 Client Secret 有效（${new URL(credentials.apiBase).host}）`),
    await streamFinding(credentials),
    await robotFinding(api, credentials),
    ...(await peopleFindings(api, options)),
    ...(await optionalFindings(api, options)),
  ];
  const calls = `取 token、开 Stream 票据（不连接）、下载一个不存在的文件、查管理员和联系人${options.campaign.reminders.todo ? "、完成一个不存在的待办" : ""}`;
  return [...findings, fine("本次调用的接口", `${calls}；计入当月额度 ${counted} 次，没有给任何人发消息`)];
}

/** `null`: it worked. */
async function failureOf(call: Promise<unknown>): Promise<ApiError | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

const isUnreachable = ({ code }: ApiError) => /^(unreachable|network|timeout|notJson|banned|http)/.test(code);
const lacksPermission = ({ failure }: ApiError) => failure.kind === "refused" && failure.cause === "permission";

function tokenTodo(error: ApiError, { apiBase }: Credentials): string {
  if (isUnreachable(error))
    return `请检查网络、DNS，以及防火墙是否放行到 ${new URL(apiBase).host} 443 端口的外连；要走代理的，请核对代理设置。`;
  if (/IpNotInWhite/i.test(error.code)) return "请在开放平台“安全设置”的服务器出口 IP 里加上本机的出口 IP。";
  return "请到开放平台“凭证与基础信息”核对 Client ID 和 Client Secret，改 .env。";
}

async function streamFinding(credentials: Credentials): Promise<Finding> {
  try {
    await askForTicket({ credentials, subscriptions: [robotTopic], signal: AbortSignal.timeout(limitMs) });
    return fine("Stream 模式", "钉钉允许连接");
  } catch (error) {
    const [text = "", ...todo] = explain(error, credentials.apiBase).words.split(/(?<=[：。])/);
    return fault("Stream 模式", text.replace(/[：。]$/, ""), todo.join(""));
  }
}

/** DingTalk knows the robot before it looks for the file. */
async function robotFinding(api: OpenApi, { robotCode, clientId }: Credentials): Promise<Finding> {
  const about = "机器人";
  const error = await failureOf(api.downloadUrl(nothing));
  if (error === null || error.code === "invalidParameter.robotCode.downloadCode")
    return fine(about, `钉钉认识 RobotCode${robotCode === clientId ? "（就是 Client ID）" : ""}`);
  const { code } = error;
  if (isOfRobotCode(code)) {
    const todo =
      "请在开放平台“应用能力 → 机器人”里核对 RobotCode，改 DINGTALK_ROBOT_CODE；机器人被停用的，请重新启用并发布。";
    return fault(about, `钉钉不认识 RobotCode（${code}）`, todo);
  }
  if (lacksPermission(error))
    return fault(about, `应用不能收发机器人消息（${code}）`, `${permissions} qyapi_robot_sendmsg。`);
  if (isAllowanceUsedUp(code))
    return fault(
      about,
      `本月接口调用量已用完（${code}）`,
      "请到开发者后台“资源管理”核对，必要时增购；到下月初自动恢复。",
    );
  return note(about, `没能确认钉钉是否认识 RobotCode（${code}）`, "请过几分钟再自检一次。");
}

async function peopleFindings(api: OpenApi, { managers, campaign }: DingTalkOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const staffId of managers) findings.push(await managerFinding(api, staffId));
  const contacts = campaign.units.flatMap((it) => it.contacts);
  const mobile = contacts.flatMap((it) => ("mobile" in it ? [it.mobile] : []))[0];
  if (mobile === undefined) return findings;
  const about = "按手机号找人";
  const error = await failureOf(api.staffIdByMobile(mobile));
  if (error === null) findings.push(fine(about, "可以（用活动文件里第一个手机号试的）"));
  else if (lacksPermission(error))
    findings.push(fault(about, `没有权限（${error.code}）`, `${permissions} qyapi_get_member_by_mobile。`));
  else findings.push(note(about, `没能确认（${error.code}）`, "请过几分钟再自检一次。"));
  return findings;
}

async function managerFinding(api: OpenApi, staffId: string): Promise<Finding> {
  let isKnown = false;
  const error = await failureOf(
    api.unionIdOf(staffId).then((it) => {
      isKnown = it !== null;
    }),
  );
  if (error !== null)
    return note(
      "管理员",
      `没能查到 ${staffId}（${error.code}）`,
      `${permissions} qyapi_get_member 后才能查；不开通也能用。`,
    );
  if (isKnown) return fine("管理员", `组织里有 ${staffId}`);
  return fault(
    "管理员",
    `组织里没有 ${staffId} 这个人`,
    "请在管理后台“通讯录”里找到这位管理员的 userId，改 MANAGERS。",
  );
}

async function optionalFindings(
  api: OpenApi,
  { campaign: { reminders }, managers }: DingTalkOptions,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (reminders.todo) findings.push(await todoFinding(api, managers));
  if (reminders.escalation?.ding === true)
    findings.push(note("DING", "能不能发 DING 要真发一条才知道，这里不试；发不出时管理员会收到原因"));
  return findings;
}

async function todoFinding(api: OpenApi, managers: readonly string[]): Promise<Finding> {
  let unionId: string | null = null;
  const unknown = await failureOf(
    (async () => {
      for (const it of managers) unionId ??= await api.unionIdOf(it);
    })(),
  );
  if (unknown !== null && lacksPermission(unknown))
    return fault(
      "待办",
      `查不到人（${unknown.code}），写不了待办`,
      `${permissions} qyapi_get_member，或把 reminders.todo 改为 false。`,
    );
  if (unionId === null) return note("待办", "没有可以用来试的管理员，没能确认");
  const error = await failureOf(api.closeTodo({ unionId, taskId: nothing }));
  if (error === null || (error.failure.kind === "refused" && !lacksPermission(error))) return fine("待办", "有权限");
  if (lacksPermission(error))
    return fault(
      "待办",
      `没有权限（${error.code}）`,
      `${permissions} Todo.Todo.Write，或把 reminders.todo 改为 false。`,
    );
  return note("待办", `没能确认（${error.code}）`, "请过几分钟再自检一次。");
}
