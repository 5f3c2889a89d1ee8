import { randomBytes } from "node:crypto";
import type { ConversationRef } from "./world.ts";

/** What every capture shows: ninety minutes and a bit (dingtalk.md §3.1). */
const lifeMs = 5_400_213;

/** Session webhooks: one id for each conversation, whose expiry slides with every message said in it. */
export class Sessions {
  readonly #now: () => Date;
  readonly #byConversation = new Map<string, { id: string; expiresAtMs: number; conversation: ConversationRef }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  renew(conversation: ConversationRef, at: Date): { id: string; expiresAtMs: number } {
    const key = "staffId" in conversation ? `person ${conversation.staffId}` : `group ${conversation.conversationId}`;
    const id = this.#byConversation.get(key)?.id ?? randomBytes(16).toString("hex");
    const session = { id, expiresAtMs: at.getTime() + lifeMs, conversation };
    this.#byConversation.set(key, session);
    return session;
  }

  /** Undefined when unknown or expired. */
  find(id: string | undefined): ConversationRef | undefined {
    for (const session of this.#byConversation.values()) {
      if (session.id === id && this.#now().getTime() < session.expiresAtMs) return session.conversation;
    }
    return undefined;
  }
}
