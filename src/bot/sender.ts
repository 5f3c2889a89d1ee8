import type { Message } from "../flows/words/format.ts";
import type { OutboxMessage } from "../store/store.ts";
import { ApiError } from "./api-call.ts";
import type { OpenApi, Upload } from "./openapi.ts";
import { type RobotMessage, render, renderFile, renderImage } from "./render.ts";

/** What goes out: the whole of DingTalk as the dispatcher sees it. */
export interface Sender {
  send(outgoing: Outgoing): Promise<SendOutcome>;
}

export interface Outgoing {
  key: string;
  to: OutboxMessage["to"];
  body: { kind: "message"; message: Message } | Upload;
}

export type SendOutcome =
  | { kind: "sent"; receipt: string | null }
  | { kind: "retry"; afterMs: number; problem: string }
  | { kind: "refused"; problem: string };

/** Sends through the robot's API. A long text goes in parts; a retry begins with the part that failed, and uploads no file twice. */
export function createSender(api: OpenApi): Sender {
  const begun = new Map<string, readonly RobotMessage[]>();

  async function prepare({ key, to, body }: Outgoing): Promise<readonly RobotMessage[]> {
    if (body.kind === "message") return render(body.message, to.kind);
    const mediaId = await api.uploadMedia(body);
    const parts = [body.kind === "image" ? renderImage(mediaId) : renderFile(mediaId, body.fileName)];
    begun.set(key, parts);
    return parts;
  }

  async function sendParts(outgoing: Outgoing): Promise<string | null> {
    const { key, to } = outgoing;
    const parts = [...(begun.get(key) ?? (await prepare(outgoing)))];
    let receipt: string | null = null;
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      receipt = await sendOne(api, to, part);
      begun.set(key, [...parts]);
    }
    return receipt;
  }

  return {
    async send(outgoing) {
      try {
        const receipt = await sendParts(outgoing);
        begun.delete(outgoing.key);
        return { kind: "sent", receipt };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const { code: problem, retryAfterMs } = error;
        if (retryAfterMs !== null) return { kind: "retry", afterMs: retryAfterMs, problem };
        begun.delete(outgoing.key);
        return { kind: "refused", problem };
      }
    },
  };
}

function sendOne(api: OpenApi, to: OutboxMessage["to"], message: RobotMessage): Promise<string | null> {
  switch (to.kind) {
    case "person":
      return api.sendToPerson(to.staffId, message);
    case "group":
      return api.sendToGroup(to.conversationId, message);
    default:
      return to satisfies never;
  }
}
