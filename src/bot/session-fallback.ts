import type { Credentials } from "../config.ts";
import type { Inbound } from "../flows/flow.ts";
import { causeOf } from "./failure.ts";
import type { Session } from "./inbound.ts";
import type { Addressed, Fallback } from "./sender.ts";
import { postToSession } from "./session-webhook.ts";

/** The sessions of the latest messages: the way to whoever wrote a short while ago, where the OpenAPI is closed. */
export interface SessionFallback {
  keep(inbound: Inbound, session: Session): void;
  /** `null`: the person has not written lately, or the session is over. */
  readonly send: Fallback;
  /** Whether somebody may be reached this way. */
  has(to: Addressed): boolean;
}

export interface SessionFallbackParts {
  credentials: Credentials;
  /** Called for each part of a message that went this way, or may have, which counts against the organisation's allowance. */
  onSent: () => void;
}

/** A session lives for 90 minutes (dingtalk.md §4.3); more people than this do not write in that time. */
const maxSessions = 2000;
const limitMs = 5000;
/** What came but in part is begun anew, as a possible repeat. */
const againAfterMs = 60_000;

export function createSessionFallback({ credentials, onSent }: SessionFallbackParts): SessionFallback {
  const apiBases = [credentials.apiBase, credentials.oapiBase];
  /** Oldest first. */
  const urls = new Map<string, string>();
  return {
    keep({ group, sender }, { sessionWebhook }) {
      if (sessionWebhook === null) return;
      const to: Addressed =
        group === null
          ? { kind: "person", staffId: sender.staffId }
          : { kind: "group", conversationId: group.conversationId };
      urls.delete(keyOf(to));
      urls.set(keyOf(to), sessionWebhook);
      const [oldest] = urls.keys();
      if (urls.size > maxSessions && oldest !== undefined) urls.delete(oldest);
    },
    has: (to) => urls.has(keyOf(to)),
    async send(to, message) {
      const url = urls.get(keyOf(to));
      if (url === undefined) return null;
      let partsSent = 0;
      const counting = () => {
        partsSent += 1;
        onSent();
      };
      const outcome = await postToSession(url, message, { place: to.kind, apiBases, limitMs, onSent: counting });
      switch (outcome.kind) {
        case "sent":
          return { kind: "sent", receipt: null };
        case "retry":
          return { ...outcome, isDoubtful: outcome.isDoubtful || partsSent > 0 };
        case "expired":
        case "refused":
          if (outcome.kind === "refused" && isOfMessage(outcome.problem, to)) return outcome;
          // They may have written again meanwhile.
          if (urls.get(keyOf(to)) === url) urls.delete(keyOf(to));
          return partsSent === 0
            ? null
            : { kind: "retry", afterMs: againAfterMs, problem: "expired", isDoubtful: true };
        default:
          return outcome satisfies never;
      }
    },
  };
}

/** Whether the message itself is refused, or its group: the OpenAPI would refuse it as well. Anything else closes but this way. */
function isOfMessage(problem: string, to: Addressed): boolean {
  const cause = causeOf(problem, to.kind);
  return cause === "content" || cause === "group";
}

function keyOf(to: Addressed): string {
  return to.kind === "person" ? `person:${to.staffId}` : `group:${to.conversationId}`;
}
