import { robotTopic } from "./connection.ts";
import type { FaultyPush } from "./faulty-push.ts";
import { extensionOf } from "./files.ts";
import {
  type Forwarded,
  type Heard,
  heardFile,
  heardForwarded,
  heardPicture,
  heardRichText,
  heardText,
  heardUnknown,
  heardVideo,
  heardVoice,
} from "./heard.ts";
import { overQuotaPayload, robotPayload } from "./payload.ts";
import type { Quota } from "./quota.ts";
import type { Sessions } from "./sessions.ts";
import { webhookPath } from "./webhook.ts";
import type { LocalGroup, MessageBody, World } from "./world.ts";

/** The only spelling that clients react to: another case does nothing at all (dingtalk.md §5.1). */
const dtmdPrefix = "dtmd://dingtalkclient/sendMessage?content=";

const silentAmr = new TextEncoder().encode("#!AMR\n");

export interface ChatParts {
  world: World;
  pushes: FaultyPush;
  sessions: Sessions;
  quota: Quota;
  clientId: string;
  robotCode: string;
  robotName: string;
  baseUrl: () => string;
}

export type RichItem = { text: string } | { bytes: Uint8Array };

/** What people see of a message, and what the robot hears of it. */
interface Said {
  body: MessageBody;
  heard: Heard;
}

/** What people do in their clients. Every method returns the msgId of what was said. */
export class Chat {
  readonly #parts: ChatParts;

  constructor(parts: ChatParts) {
    this.#parts = parts;
  }

  /** To the robot alone, or in a group with a mention of it, which people see and the robot's text lacks. */
  say(staffId: string, text: string, conversationId?: string): string {
    if (conversationId === undefined) return this.#toRobot(staffId, { body: textBody(text), heard: heardText(text) });
    const said = { body: textBody(`${this.#mention} ${text}`), heard: heardText(` ${text}`) };
    return this.#toRobot(staffId, said, conversationId);
  }

  sayUnheard(staffId: string, text: string, conversationId: string): string {
    this.#parts.world.loadGroupOf(staffId, conversationId);
    const conversation = { conversationId };
    return this.#parts.world.record({ conversation, from: { staffId }, body: textBody(text) }).id;
  }

  /** One-to-one only: in groups the robot cannot be mentioned with a file (dingtalk.md §3.2). */
  sendFile(staffId: string, { fileName, bytes }: { fileName: string; bytes: Uint8Array }): string {
    const { files } = this.#parts.world;
    const mediaId = files.store({ bytes, fileName, type: "file" });
    const body = { kind: "file" as const, mediaId, fileName, fileType: extensionOf(fileName) };
    return this.#toRobot(staffId, { body, heard: heardFile(files, body) });
  }

  sendPicture(staffId: string, given: { bytes: Uint8Array; fileName?: string }, conversationId?: string): string {
    const { files } = this.#parts.world;
    const { bytes, fileName = "image.png" } = given;
    const mediaId = files.store({ bytes, fileName, type: "image" });
    const said = { body: { kind: "picture" as const, mediaId, fileName }, heard: heardPicture(files, mediaId) };
    return this.#toRobot(staffId, said, conversationId);
  }

  /** Text and pictures in one message. In a group the mention stays in it as text (dingtalk.md §3.1). */
  sendRichText(staffId: string, items: readonly RichItem[], conversationId?: string): string {
    const { files } = this.#parts.world;
    const stored = items.map((it) =>
      "text" in it ? it : { mediaId: files.store({ bytes: it.bytes, fileName: "image.png", type: "image" }) },
    );
    const all = conversationId === undefined ? stored : [{ text: `${this.#mention} ` }, ...stored];
    const seen = all.map((it) => ("text" in it ? it.text : `![](${it.mediaId})`)).join("");
    const said = { body: { kind: "markdown" as const, title: "", text: seen }, heard: heardRichText(files, all) };
    return this.#toRobot(staffId, said, conversationId);
  }

  sendSticker(staffId: string): string {
    return this.#toRobot(staffId, { body: { kind: "sticker" }, heard: heardUnknown() });
  }

  /** One-to-one only, like files. */
  sendVoice(staffId: string, recognition: string): string {
    const { files } = this.#parts.world;
    const mediaId = files.store({ bytes: silentAmr, fileName: "voice.amr", type: "voice" });
    const body = { kind: "voice" as const, mediaId, recognition };
    return this.#toRobot(staffId, { body, heard: heardVoice(files, body) });
  }

  /** One-to-one only, like files. */
  sendVideo(staffId: string, { bytes, seconds }: { bytes: Uint8Array; seconds: number }): string {
    const { files } = this.#parts.world;
    const mediaId = files.store({ bytes, fileName: "video.mp4", type: "video" });
    const body = { kind: "video" as const, mediaId, durationSeconds: seconds };
    return this.#toRobot(staffId, { body, heard: heardVideo(files, { mediaId, seconds }) });
  }

  /** One-to-one; people see its title or its text. */
  forward(staffId: string, what: Forwarded): string {
    const seen = "title" in what ? what.title : "text" in what ? what.text : "转发的消息";
    return this.#toRobot(staffId, { body: textBody(seen), heard: heardForwarded(what) });
  }

  /**
   * Taps a quick-reply button: the client says its text as the person. In a group that is a plain message; whether a
   * written mention becomes a real one is unverified, here it does. Throws for a link that clients ignore.
   */
  tap(staffId: string, dtmdUrl: string, conversationId?: string): string {
    if (!dtmdUrl.startsWith(dtmdPrefix)) throw new Error(`a client does nothing with ${dtmdUrl}`);
    const text = decodeURIComponent(dtmdUrl.slice(dtmdPrefix.length));
    if (conversationId === undefined) return this.say(staffId, text);
    if (!text.includes(this.#mention)) return this.sayUnheard(staffId, text, conversationId);
    return this.say(staffId, text.replace(this.#mention, "").trim(), conversationId);
  }

  get #mention(): string {
    return `@${this.#parts.robotName}`;
  }

  #toRobot(staffId: string, { body, heard }: Said, conversationId?: string): string {
    const { world, sessions, quota, pushes, baseUrl } = this.#parts;
    if (conversationId === undefined) world.loadPerson(staffId);
    else this.#loadGroupWithRobot(staffId, conversationId);
    const conversation = conversationId === undefined ? { staffId } : { conversationId };
    const message = world.record({ conversation, from: { staffId }, body });
    const session = sessions.renew(conversation, message.at);
    const webhook = { url: `${baseUrl()}${webhookPath}?session=${session.id}`, expiresAtMs: session.expiresAtMs };
    const context = { ...this.#parts, webhook };
    const payload = quota.hasStreamMessagesLeft()
      ? robotPayload(message, heard, context)
      : overQuotaPayload(message, context);
    pushes.push(message.id, robotTopic, payload);
    return message.id;
  }

  #loadGroupWithRobot(staffId: string, conversationId: string): LocalGroup {
    const group = this.#parts.world.loadGroupOf(staffId, conversationId);
    if (group.hasRobot === false) throw new Error(`the robot is not in the group ${group.title}`);
    return group;
  }
}

function textBody(text: string): MessageBody {
  return { kind: "text", text };
}
