import type { Handler } from "hono";
import { streamSSE } from "hono/streaming";
import type { LocalDingTalk } from "./local-dingtalk.ts";
import { type MessagesEvent, type StatusView, viewMessage } from "./page-view.ts";
import type { ChatMessage } from "./world.ts";

/** Real time: how often a running clock, a moving clock or a vanished robot is noticed. */
const statusEveryMs = 500;

/**
 * Server-sent events: `messages` (first what this reader lacks, by its `Last-Event-ID`, then each as it is said) and
 * `status` (at once, then whenever it differs in what people see).
 */
export function pageEvents({ dingtalk, status }: { dingtalk: LocalDingTalk; status: () => StatusView }): Handler {
  return (context) =>
    streamSSE(context, async (stream) => {
      const send = (event: string, data: object, id?: string) =>
        stream.writeSSE({ event, data: JSON.stringify(data), ...(id !== undefined && { id }) });
      const sendMessages = (messages: readonly ChatMessage[], isAll: boolean) =>
        send("messages", { isAll, messages: messages.map(viewMessage) } satisfies MessagesEvent, messages.at(-1)?.id);

      let shown = "";
      const sendStatus = async () => {
        const current = status();
        const seen = JSON.stringify({ ...current, now: current.now.slice(0, "2023-06-01T09:00".length) });
        if (seen === shown) return;
        shown = seen;
        await send("status", current);
      };

      const { allMessages } = dingtalk.world;
      const last = allMessages.findIndex((it) => it.id === context.req.header("last-event-id"));
      // Nothing may be awaited between reading what there is and listening for more.
      const unlisten = dingtalk.onMessage((it) => void sendMessages([it], false));
      const backlog = sendMessages(allMessages.slice(last + 1), last < 0);
      const timer = setInterval(() => void sendStatus(), statusEveryMs);
      const aborted = new Promise<void>((resolve) => stream.onAbort(resolve));
      await Promise.all([backlog, sendStatus()]);
      await aborted;
      clearInterval(timer);
      unlisten();
    });
}
