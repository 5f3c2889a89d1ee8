import { z } from "zod";
import type { Message } from "../flows/words/format.ts";
import { ApiError, callOld } from "./api-call.ts";
import { type Markdown, renderMarkdown } from "./render.ts";

export type SessionOutcome =
  | { kind: "sent" }
  /** The session is over or unknown: only a new message of the conversation brings another. */
  | { kind: "expired" }
  | { kind: "refused"; problem: string }
  /** Doubtful: nobody knows whether it was delivered. */
  | { kind: "retry"; afterMs: number; problem: string; isDoubtful: boolean };

export interface SessionOptions {
  place: "person" | "group";
  /** Base URLs of the configured APIs, whose own origins are allowed besides DingTalk's hosts. */
  apiBases: readonly string[];
  /** Real time, for each part of the message. */
  limitMs: number;
  /** Called for each part that was sent, or may have been: it counts against the month. */
  onSent?: () => void;
}

const expired = new Set(["300001", "300005", "400101"]);
const answerSchema = z.looseObject({});

/**
 * Replies through the session webhook of a message: no token, and errors come as HTTP 200 (dingtalk.md §4.3). A long text
 * goes in parts; the first that is not sent decides.
 */
export async function postToSession(url: string, message: Message, options: SessionOptions): Promise<SessionOutcome> {
  if (!isAllowed(url, options.apiBases)) return { kind: "refused", problem: "foreignUrl" };
  for (const markdown of renderMarkdown(message, options.place)) {
    const outcome = await post(url, markdown, options.limitMs);
    if (outcome.kind === "sent" || (outcome.kind === "retry" && outcome.isDoubtful)) options.onSent?.();
    if (outcome.kind !== "sent") return outcome;
  }
  return { kind: "sent" };
}

async function post(url: string, markdown: Markdown, limitMs: number): Promise<SessionOutcome> {
  try {
    await callOld({ url, body: { msgtype: "markdown", markdown }, limitMs }, answerSchema);
    return { kind: "sent" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code: problem, failure } = error;
    if (expired.has(problem)) return { kind: "expired" };
    if (failure.kind === "refused") return { kind: "refused", problem };
    return { kind: "retry", afterMs: failure.afterMs, problem, isDoubtful: failure.kind === "doubtful" };
  }
}

/** The URL comes with a message: whoever could forge one must not make the bot post to a host of their choice. */
function isAllowed(text: string, apiBases: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password, origin } = new URL(text);
  if (username !== "" || password !== "") return false;
  if (apiBases.some((it) => new URL(it).origin === origin)) return true;
  return protocol === "https:" && port === "" && (hostname === "dingtalk.com" || hostname.endsWith(".dingtalk.com"));
}
