import type { Heard } from "./heard.ts";
import { corpIdOf, encryptedId, privateConversationId, unionIdOf } from "./ids.ts";
import type { ChatMessage, LocalPerson, World } from "./world.ts";

export interface PayloadContext {
  world: World;
  clientId: string;
  robotCode: string;
  /** Where a reply may be posted, and until when. */
  webhook: { url: string; expiresAtMs: number };
}

/** What the robot gets for a person's message: the envelope of dingtalk.md §3.1 around what is heard of it. */
export function robotPayload(message: ChatMessage, heard: Heard, context: PayloadContext): object {
  return { ...envelope(message, context), ...heard };
}

/** What comes in place of the message when the month's allowance is used up: nothing of what was said (dingtalk.md §3.1). */
export function overQuotaPayload(message: ChatMessage, context: PayloadContext): object {
  return {
    ...envelope(message, context),
    msgtype: "text",
    errorCode: 20001,
    errorMessage: "受调用量超量影响，当前我的消息服务已经暂停。请联系你所在的组织管理员并予以处理",
  };
}

function envelope(message: ChatMessage, context: PayloadContext): object {
  const sender = context.world.loadPerson(message.from === "bot" ? "" : message.from.staffId);
  const corpId = corpIdOf(context.clientId);
  const chatbotUserId = encryptedId(`robot ${context.robotCode}`);
  const isGroup = "conversationId" in message.conversation;
  const conversationId =
    "conversationId" in message.conversation
      ? message.conversation.conversationId
      : privateConversationId(message.conversation.staffId);
  return {
    senderPlatform: "Win",
    conversationId,
    ...(isGroup && { atUsers: [{ dingtalkId: chatbotUserId }] }),
    chatbotCorpId: corpId,
    chatbotUserId,
    openThreadId: conversationId,
    msgId: message.id,
    senderNick: sender.name,
    isAdmin: false,
    ...staffIdentity(sender, corpId),
    sessionWebhookExpiredTime: context.webhook.expiresAtMs,
    createAt: message.at.getTime(),
    conversationType: isGroup ? "2" : "1",
    senderId: encryptedId(sender.staffId),
    ...(isGroup && { conversationTitle: context.world.findGroup(conversationId)?.title, isInAtList: true }),
    sessionWebhook: context.webhook.url,
    robotCode: context.robotCode,
  };
}

function staffIdentity(sender: LocalPerson, corpId: string): object {
  if (sender.isExternal) return {};
  return { senderStaffId: sender.staffId, senderUnionId: unionIdOf(sender.staffId), senderCorpId: corpId };
}
