import { z } from "zod";
import type { Inbound, InboundContent } from "../flows/flow.ts";

/** Where an answer may be posted without the robot's API, and without knowing who asked. */
export interface Session {
  msgId: string | null;
  conversationId: string | null;
  sessionWebhook: string | null;
}

export type Decoding =
  | { ok: true; inbound: Inbound; session: Session }
  /** `notJson`; `malformed`; `noStaffId`: a sender outside the organisation, or an app not yet published. */
  | { ok: false; problem: "notJson" | "malformed" | "noStaffId"; session: Session };

const maxTextLength = 4000;
const maxFileNameLength = 200;

const stringOrNumber = z.union([z.string(), z.number()]).transform(String);
const instant = z.coerce.number().int().positive().max(8.64e15);

/** The envelope (dingtalk.md §3.1): numbers may come as strings, and what is not needed is not looked at. */
const envelopeSchema = z.looseObject({
  msgId: z.string().min(1),
  createAt: instant,
  conversationType: stringOrNumber,
  conversationId: z.string().min(1),
  conversationTitle: z.string().nullish(),
  senderStaffId: z.string().nullish(),
  senderNick: z.string().nullish(),
  msgtype: z.string().nullish(),
  text: z.unknown().optional(),
  content: z.unknown().optional(),
  errorCode: stringOrNumber.nullish(),
});
type Envelope = z.infer<typeof envelopeSchema>;

const whoAsked = z.object({
  msgId: z.string().nullable().catch(null),
  conversationId: z.string().nullable().catch(null),
  sessionWebhook: z.url().nullable().catch(null),
});

/** The bodies that are understood (dingtalk.md §3.2). */
const textSchema = z.looseObject({ content: z.string() });
const audioSchema = z.looseObject({ recognition: z.string() });
const fileSchema = z.looseObject({ fileName: z.string().min(1), downloadCode: z.string().min(1) });
const pictureSchema = z
  .looseObject({ downloadCode: z.string().min(1).optional(), pictureDownloadCode: z.string().min(1).optional() })
  .transform((it) => it.downloadCode ?? it.pictureDownloadCode);
const richTextSchema = z.looseObject({ richText: z.array(z.unknown()) });
const richTextItem = z.looseObject({ type: z.string().optional(), text: z.string().optional() });

/** The `data` of a robot frame → an Inbound. Never throws. */
export function decode(data: string): Decoding {
  const payload = fromJson(data);
  const session = whoAsked.safeParse(payload).data ?? { msgId: null, conversationId: null, sessionWebhook: null };
  const refusal = { ok: false, session } as const;
  if (payload === undefined) return { ...refusal, problem: "notJson" };
  const parsed = envelopeSchema.safeParse(payload);
  if (!parsed.success) return { ...refusal, problem: "malformed" };
  const envelope = parsed.data;
  if (!envelope.senderStaffId) return { ...refusal, problem: "noStaffId" };
  const isGroup = envelope.conversationType === "2";
  const group = { conversationId: envelope.conversationId, title: envelope.conversationTitle ?? "" };
  return {
    ok: true,
    session,
    inbound: {
      key: envelope.msgId,
      at: new Date(envelope.createAt),
      sender: { staffId: envelope.senderStaffId, nick: envelope.senderNick ?? "" },
      group: isGroup ? group : null,
      ...contentOf(envelope, isGroup),
    },
  };
}

function contentOf({ msgtype, text, content, errorCode }: Envelope, isGroup: boolean): InboundContent {
  const body = typeof content === "string" ? fromJson(content) : content;
  // Over the organisation's monthly quota the payload has an error in place of what was said.
  if (errorCode != null && text === undefined && content === undefined) return unsupported("overQuota");
  switch (msgtype) {
    case "text": {
      const parsed = textSchema.safeParse(text);
      return parsed.success ? { kind: "text", text: tidy(parsed.data.content) } : unsupported(msgtype);
    }
    case "audio": {
      const recognised = tidy(audioSchema.safeParse(body).data?.recognition ?? "");
      return recognised === "" ? unsupported(msgtype) : { kind: "voice", text: recognised };
    }
    case "richText":
      return richText(body, isGroup);
    case "picture": {
      const downloadCode = pictureSchema.safeParse(body).data;
      return downloadCode === undefined ? unsupported(msgtype) : { kind: "picture", downloadCode };
    }
    case "file": {
      const parsed = fileSchema.safeParse(body);
      if (!parsed.success) return unsupported(msgtype);
      const { fileName, downloadCode } = parsed.data;
      return { kind: "file", fileName: shortened(fileName, maxFileNameLength), downloadCode };
    }
    default:
      return unsupported(msgtype ?? "none");
  }
}

/** Its texts joined; only without any does its first picture count. */
function richText(body: unknown, isGroup: boolean): InboundContent {
  const items = richTextSchema.safeParse(body).data?.richText ?? [];
  const joined = items.map((it) => richTextItem.safeParse(it).data?.text ?? "").join("");
  // In rich text, unlike in text, the mention of the robot is left in.
  const text = tidy(isGroup ? joined.trimStart().replace(/^@\S+/, "") : joined);
  if (text !== "") return { kind: "text", text };
  for (const item of items) {
    const downloadCode = pictureSchema.safeParse(item).data;
    if (downloadCode !== undefined) return { kind: "picture", downloadCode };
  }
  return unsupported("richText");
}

function unsupported(messageType: string): InboundContent {
  return { kind: "unsupported", messageType: messageType.slice(0, 40) };
}

/** PostgreSQL takes neither NUL nor half a surrogate pair; nobody means to write them. */
function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

function tidy(text: string): string {
  return shortened(text.trim(), maxTextLength);
}

/** At most so many UTF-16 units, and no half of a surrogate pair. */
function shortened(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? storable(value) : value));
  } catch {
    return undefined;
  }
}
