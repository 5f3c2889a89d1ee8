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
  /** Answers in the background where there is a way to: once an hour in one conversation, and each message not kept. */
  answer(problem: AsideProblem, session: Session): void;
  /** Resolves when no answer is on its way. */
  idle(): Promise<void>;
}

export interface LeftAsideParts {
  credentials: Credentials;
  clock: Clock;
  log: Log;
  /** Called for each part that was sent: it counts against the month. */
  onSent?: () => void;
}

const hourMs = 60 * 60_000;
const maxOccasions = 1000;
const limitMs = 5000;
const tags = { noStaffId: "senderUnknown", malformed: "unreadable", notKept: "notKept" } as const;

export function createLeftAside({ credentials, clock, log, onSent = () => {} }: LeftAsideParts): LeftAside {
  const { apiBase, oapiBase } = credentials;
  const options: SessionOptions = { place: "person", apiBases: [apiBase, oapiBase], limitMs, onSent };
  /** What was answered when, oldest first: a conversation, or one message of it that was not kept. */
  const answeredAt = new Map<string, number>();
  const underWay = new Set<Promise<void>>();

  function claim(occasion: string): boolean {
    const nowMs = clock.now().getTime();
    if (nowMs - (answeredAt.get(occasion) ?? Number.NEGATIVE_INFINITY) < hourMs) return false;
    answeredAt.delete(occasion);
    answeredAt.set(occasion, nowMs);
    const [oldest] = answeredAt.keys();
    if (answeredAt.size > maxOccasions && oldest !== undefined) answeredAt.delete(oldest);
    return true;
  }

  async function post(url: string, occasion: string, problem: keyof typeof tags): Promise<void> {
    const words = messageOf({ tag: tags[problem], data: {} });
    try {
      const outcome = await postToSession(url, words, options);
      log.info({ problem, outcome }, "a message that was left aside was answered");
      // The next message of the conversation may have better luck.
      if (outcome.kind !== "sent") answeredAt.delete(occasion);
    } catch (error) {
      log.error({ fault: faultOf(error) }, "a message that was left aside could not be answered");
    }
  }

  return {
    answer(problem, { msgId, conversationId, sessionWebhook }) {
      log.warn({ problem, msgId }, "a message was left aside");
      if (problem === "notJson" || sessionWebhook === null) return;
      // Whoever was not recorded must know it of every message, however often each comes.
      const occasion = (problem === "notKept" ? msgId : conversationId) ?? sessionWebhook;
      if (!claim(occasion)) return;
      const posted = post(sessionWebhook, occasion, problem).finally(() => underWay.delete(posted));
      underWay.add(posted);
    },
    async idle() {
      await Promise.all(underWay);
    },
  };
}
