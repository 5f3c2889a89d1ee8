import { robotTopic } from "./connection.ts";
import type { FaultyPush } from "./faulty-push.ts";
import { extensionOf } from "./files.ts";
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

/** What people do in their clients. Every method returns the msgId of what was said. */
export class Chat {
  readonly #parts: ChatParts;

  constructor(parts: ChatParts) {
    this.#parts = parts;
  }

  /** To the robot alone, or in a group with a mention of it, which people see and the robot's text lacks. */
  say(staffId: string, text: string, conversationId?: string): string {
    if (conversationId === undefined) return this.#toRobot(staffId, { kind: "text", text }, text);
    this.#loadGroupWithRobot(staffId, conversationId);
    const seen = `@${this.#parts.robotName} ${text}`;
    return this.#toRobot(staffId, { kind: "text", text: seen }, ` ${text}`, conversationId);
  }

  sayUnheard(staffId: string, text: string, conversationId: string): string {
    this.#parts.world.loadGroupOf(staffId, conversationId);
    return this.#parts.world.record({
      conversation: { conversationId },
      from: { staffId },
      body: { kind: "text", text },
    }).id;
  }

  /** One-to-one only: in groups the robot cannot be mentioned with a file (dingtalk.md §3.2). */
  sendFile(staffId: string, { fileName, bytes }: { fileName: string; bytes: Uint8Array }): string {
    const mediaId = this.#parts.world.files.store({ bytes, fileName, type: "file" });
    return this.#toRobot(staffId, { kind: "file", mediaId, fileName, fileType: extensionOf(fileName) });
  }

  sendPicture(staffId: string, given: { bytes: Uint8Array; fileName?: string }, conversationId?: string): string {
    if (conversationId !== undefined) this.#loadGroupWithRobot(staffId, conversationId);
    const { bytes, fileName = "image.png" } = given;
    const mediaId = this.#parts.world.files.store({ bytes, fileName, type: "image" });
    return this.#toRobot(staffId, { kind: "picture", mediaId, fileName }, "", conversationId);
  }

  sendSticker(staffId: string): string {
    return this.#toRobot(staffId, { kind: "sticker" });
  }

  sendVoice(staffId: string, recognition: string): string {
    const mediaId = this.#parts.world.files.store({ bytes: silentAmr, fileName: "voice.amr", type: "voice" });
    return this.#toRobot(staffId, { kind: "voice", mediaId, recognition });
  }

  /**
   * Taps a quick-reply button: the client says its text as the person. In a group that is a plain message; whether a
   * written mention becomes a real one is unverified, here it does. Throws for a link that clients ignore.
   */
  tap(staffId: string, dtmdUrl: string, conversationId?: string): string {
    if (!dtmdUrl.startsWith(dtmdPrefix)) throw new Error(`a client does nothing with ${dtmdUrl}`);
    const text = decodeURIComponent(dtmdUrl.slice(dtmdPrefix.length));
    if (conversationId === undefined) return this.say(staffId, text);
    const mention = `@${this.#parts.robotName}`;
    if (!text.includes(mention)) return this.sayUnheard(staffId, text, conversationId);
    return this.say(staffId, text.replace(mention, "").trim(), conversationId);
  }

  #toRobot(staffId: string, body: MessageBody, heardText = "", conversationId?: string): string {
    const { world, sessions, quota, pushes, baseUrl } = this.#parts;
    world.loadPerson(staffId);
    const conversation = conversationId === undefined ? { staffId } : { conversationId };
    const message = world.record({ conversation, from: { staffId }, body });
    const session = sessions.renew(conversation, message.at);
    const webhook = { url: `${baseUrl()}${webhookPath}?session=${session.id}`, expiresAtMs: session.expiresAtMs };
    const context = { ...this.#parts, webhook };
    const payload = quota.hasStreamMessagesLeft()
      ? robotPayload(message, heardText, context)
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
