import { Hono } from "hono";
import { z } from "zod";
import { isJson, oapiAnswer, oapiLimitError, webhookTooFast } from "./api-errors.ts";
import type { ApiEnv } from "./calls.ts";
import type { Quota } from "./quota.ts";
import type { Sessions } from "./sessions.ts";
import type { MessageBody, World } from "./world.ts";

export const webhookPath = "/robot/sendBySession";

const maxBytes = 20_000;
const text = z.string().min(1);

const textMessage = z.looseObject({ text: z.looseObject({ content: text }) });
const markdownMessage = z.looseObject({ markdown: z.looseObject({ title: text, text }) });
const cardMessage = z.looseObject({
  actionCard: z.looseObject({
    title: text,
    text,
    btns: z.array(z.looseObject({ title: text, actionURL: text })).optional(),
    singleTitle: text.optional(),
    singleURL: text.optional(),
  }),
});
const linkMessage = z.looseObject({
  link: z.looseObject({ title: text, text, messageUrl: text, picUrl: z.string().default("") }),
});
const feedMessage = z.looseObject({
  feedCard: z.looseObject({ links: z.array(z.looseObject({ title: text, messageURL: text, picURL: text })).min(1) }),
});

/** Replies through a session webhook: no token, and every answer is HTTP 200 (dingtalk.md §4.3). */
export function webhook({ world, sessions, quota }: { world: World; sessions: Sessions; quota: Quota }): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.post(webhookPath, async (context) => {
    const { req } = context;
    const conversation = sessions.find(req.query("session"));
    if (conversation === undefined) return oapiAnswer(300001, "session 不存在");
    if (!isJson(req.raw)) return oapiAnswer(43004, "无效的HTTP HEADER Content-Type");
    const raw = await req.text();
    if (Buffer.byteLength(raw) > maxBytes) return oapiAnswer(460101, `message too long, exceed ${maxBytes} bytes`);
    const said = readReply(raw);
    if (said instanceof Response) return said;
    const admission = quota.admitWebhookReply(webhookPath);
    if (admission === "tooFast") return webhookTooFast();
    const limited = oapiLimitError(admission);
    if (limited !== undefined) return limited;
    if (said !== "empty") {
      context.get("call").delivered.push(world.record({ conversation, from: "bot", body: said }).id);
    }
    return oapiAnswer(0, "ok");
  });
  return routes;
}

function readReply(raw: string): MessageBody | "empty" | Response {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return oapiAnswer(40035, "缺少参数 json");
  }
  const msgtype = typeof json === "object" && json !== null && "msgtype" in json ? json.msgtype : undefined;
  switch (msgtype) {
    case "text":
      return shaped(textMessage, json, (it) => ({ kind: "text", text: it.text.content }));
    case "markdown":
      return shaped(markdownMessage, json, ({ markdown: { title, text } }) => ({ kind: "markdown", title, text }));
    case "actionCard":
      return shaped(cardMessage, json, ({ actionCard: card }) => ({
        kind: "actionCard",
        title: card.title,
        text: card.text,
        buttons: card.btns?.map((it) => ({ title: it.title, url: it.actionURL })) ?? [
          { title: card.singleTitle ?? "", url: card.singleURL ?? "" },
        ],
      }));
    case "link":
      return shaped(linkMessage, json, ({ link }) => ({
        kind: "link",
        title: link.title,
        text: link.text,
        url: link.messageUrl,
        pictureUrl: link.picUrl,
      }));
    case "feedCard":
      return shaped(feedMessage, json, ({ feedCard }) => ({
        kind: "feedCard",
        links: feedCard.links.map((it) => ({ title: it.title, url: it.messageURL, pictureUrl: it.picURL })),
      }));
    case "empty":
      return "empty";
    default:
      return oapiAnswer(400105, "不支持的消息类型");
  }
}

/** Only a missing title and a missing text have codes that somebody saw; the rest takes the latter. */
function shaped<T>(schema: z.ZodType<T>, json: unknown, body: (message: T) => MessageBody): MessageBody | Response {
  const parsed = schema.safeParse(json);
  if (parsed.success) return body(parsed.data);
  const [type, ...field] = parsed.error.issues[0]?.path ?? [];
  const errcode = field[0] === "title" ? 400402 : 400403;
  const name = field.join(".") || "内容";
  return oapiAnswer(
    errcode,
    `错误描述:参数 ${String(type)} --》 ${name} 缺失，或者参数格式不正确;解决方案:请填充上对应参数;`,
  );
}
