import type { Clock } from "../clock.ts";
import type { Credentials } from "../config.ts";
import { messageOf } from "../flows/words/words.ts";
import { faultOf, type Log } from "../log.ts";
import type { Decoding, Session } from "./inbound.ts";
import { postToSession, type SessionOptions } from "./session-webhook.ts";

/** `notKept`: the database takes nothing at the moment. */
export type AsideProblem = Extract<Decoding, { ok: false }>["problem"] | "notKept";

/** Messages that become no turn: nobody knows who sent them, or what they are, or they can't be kept. */
export interface LeftAside {
  /** Answers in the background, at most once an hour in one conversation, where there is a way to. */
  answer(problem: AsideProblem, session: Session): void;
  /** Resolves when no answer is on its way. */
  idle(): Promise<void>;
}

export interface LeftAsideParts {
  credentials: Credentials;
  clock: Clock;
  log: Log;
}

const hourMs = 60 * 60_000;
const maxConversations = 1000;
const limitMs = 5000;
const tags = { noStaffId: "senderUnknown", malformed: "unreadable", notKept: "notKept" } as const;

export function createLeftAside({ credentials, clock, log }: LeftAsideParts): LeftAside {
  const { apiBase, oapiBase } = credentials;
  const options: SessionOptions = { place: "person", apiBases: [apiBase, oapiBase], limitMs };
  /** When each conversation was answered, oldest first. */
  const answeredAt = new Map<string, number>();
  const underWay = new Set<Promise<void>>();

  function claim(conversation: string): boolean {
    const nowMs = clock.now().getTime();
    if (nowMs - (answeredAt.get(conversation) ?? Number.NEGATIVE_INFINITY) < hourMs) return false;
    answeredAt.delete(conversation);
    answeredAt.set(conversation, nowMs);
    const [oldest] = answeredAt.keys();
    if (answeredAt.size > maxConversations && oldest !== undefined) answeredAt.delete(oldest);
    return true;
  }

  async function post(url: string, conversation: string, problem: keyof typeof tags): Promise<void> {
    const words = messageOf({ tag: tags[problem], data: {} });
    try {
      const outcome = await postToSession(url, words, options);
      log.info({ problem, outcome }, "a message that was left aside was answered");
      // The next message of the conversation may have better luck.
      if (outcome.kind !== "sent") answeredAt.delete(conversation);
    } catch (error) {
      log.error({ fault: faultOf(error) }, "a message that was left aside could not be answered");
    }
  }

  return {
    answer(problem, { msgId, conversationId, sessionWebhook }) {
      log.warn({ problem, msgId }, "a message was left aside");
      if (problem === "notJson" || sessionWebhook === null) return;
      // Whoever was not recorded must know it of every message, however often each comes.
      const conversation = problem === "notKept" ? (msgId ?? sessionWebhook) : (conversationId ?? sessionWebhook);
      if (!claim(conversation)) return;
      const posted = post(sessionWebhook, conversation, problem).finally(() => underWay.delete(posted));
      underWay.add(posted);
    },
    async idle() {
      await Promise.all(underWay);
    },
  };
}
