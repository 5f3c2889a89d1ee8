import { count, listed, type Message, message, plain } from "./format.ts";

/** Why messages do not arrive, as far as it says what to do about it. */
export type UndeliveredCause = "person" | "chat" | "group" | "permission" | "content" | "ding" | "other";

export type Who =
  | { kind: "person"; staffId: string; name: string | null; unit: string | null }
  | { kind: "group"; title: string | null };

export interface UndeliveredTo {
  who: Who;
  cause: UndeliveredCause;
  /** DingTalk's own word for it, for the administrator. */
  code: string;
}

const causeTexts: Record<UndeliveredCause, (names: string, codes: string) => string> = {
  person: (names) =>
    `收不到我的消息：${names}。可能已离开组织，或不在应用的可使用范围内。还在岗的，请系统管理员在钉钉开发者后台把本人加入可使用范围；已离开的，请单位重新推荐联络员。`,
  chat: (names) => `还没有和我的单聊：${names}。请本人在钉钉里搜索机器人，先给我发一句“帮助”。`,
  group: (names) =>
    `群里发不了：${names}。我可能已被移出该群，或该群已解散。请把我加回群里，再在群里 @我 说“绑定本群”。`,
  permission: (names, codes) => `没有发送权限：${names}。请系统管理员在钉钉开发者后台检查机器人权限（${codes}）。`,
  content: (names, codes) => `钉钉没有接受消息的内容：${names}（${codes}）。`,
  ding: (names, codes) =>
    `DING 没有发出：${names}。提醒本身已照常用普通消息发。${dingAdvice(codes)}不用 DING 的话，请把活动文件里 reminders.escalation.ding 改为 false。`,
  other: (names, codes) => `没有发出：${names}（${codes}）。`,
};

/** What can be done about it, from DingTalk's word or ours (see bot/ding.ts). */
function dingAdvice(codes: string): string {
  if (codes.includes("notPermitted"))
    return "机器人没有发 DING 的权限，请系统管理员在钉钉开发者后台“权限管理”里开通 Premium.Ding.Write。";
  if (codes.includes("notInEdition")) return "本组织的钉钉版本不支持机器人发 DING（专业版、专属版可用）。";
  if (codes.includes("quotaUsedUp")) return "发 DING 的额度不足，请系统管理员在钉钉管理后台核对，必要时增购。";
  if (codes.includes("callsUsedUp")) return "本月钉钉接口调用量已用完，到下月初才能再发 DING。";
  return `钉钉的说明：${codes}。`;
}

function whoText(who: Who): string {
  if (who.kind === "group") return who.title === null ? "一个群" : `“${plain(who.title)}”`;
  const { staffId, name, unit } = who;
  if (name !== null) return `${plain(name)}（${plain(unit ?? staffId)}）`;
  return unit === null ? `userId ${plain(staffId)}` : `${plain(unit)}的联系人（userId ${plain(staffId)}）`;
}

export const deliveryWords = {
  /** To managers: whom messages do not reach, each told once until one arrives again. */
  undelivered(data: { refused: UndeliveredTo[] }): Message {
    const causes = [...new Set(data.refused.map((it) => it.cause))];
    return message([
      `**有 ${data.refused.length} 处消息没有送达**`,
      ...causes.map((cause) => {
        const own = data.refused.filter((it) => it.cause === cause);
        const codes = [...new Set(own.map((it) => plain(it.code)))].join("、");
        const names = listed(
          own.map((it) => whoText(it.who)),
          20,
        );
        return causeTexts[cause](names, codes);
      }),
    ]);
  },

  /** To managers, once: the application may not write people's to-dos. */
  todosNotPermitted(data: { code: string }): Message {
    return message([
      "**待办没有写进钉钉：应用没有这项权限**",
      `提醒照常用消息发。请系统管理员在钉钉开发者后台“权限管理”里开通 Todo.Todo.Write，开通后会自动补上；不用待办的话，请把活动文件里 reminders.todo 改为 false。钉钉的说明：${plain(data.code)}。`,
    ]);
  },

  /** To managers: so much of the organisation's monthly allowance is used. */
  quotaNear(data: { what: "calls" | "stream"; percent: number; used: number; allowed: number }): Message {
    const used = `${count(data.used)}/${count(data.allowed)}`;
    const isNearlyUp = data.percent >= 95;
    return message([
      data.what === "calls"
        ? `**本月我的钉钉接口调用已用 ${used} 次（已达 ${data.percent}%）**`
        : `**本月发给我的消息已有 ${used} 条（已达 ${data.percent}%）**`,
      data.what === "calls"
        ? `用完后，我到下月初才能再主动发消息。${isNearlyUp ? "从现在起，同一个人的几条提醒会合成一条；回复照常。" : ""}`
        : "用完后，到下月初我都收不到大家的消息。",
      "额度是整个组织共用的，其他应用的用量不在此数内。请系统管理员在钉钉开发者后台“资源管理”里核对，必要时增购。",
    ]);
  },
};

/** Stands before what may have arrived already: DingTalk did not say whether it sent it. */
export const repeatLine = "（网络异常，这条可能重复）";
export const repeatFileLine = "（网络异常，下面的文件可能重复）";
