import type { Message } from "../flows/words/format.ts";
import { messageOf } from "../flows/words/words.ts";
import type { OutboxMessage } from "../store/store.ts";
import type { Attachments } from "./dispatcher.ts";
import type { Outgoing } from "./sender.ts";

/** One message, or several that tell different people the same, put into words or loaded. Rejects where that fails. */
export async function outgoingOf(messages: readonly OutboxMessage[], attachments: Attachments): Promise<Outgoing> {
  const [first] = messages;
  if (first === undefined) throw new Error("nothing to send");
  const { key, content, partsSent, isDoubtful } = first;
  const outgoing = { key, to: messages.map((it) => it.to), partsSent, isDoubtful };
  switch (content.kind) {
    case "say":
      return { ...outgoing, body: { kind: "message", message: messageOf(content.say) } };
    case "ding":
      return { ...outgoing, body: { kind: "ding", text: plainText(messageOf(content.say)) } };
    case "attach":
      return { ...outgoing, body: await attachments.load(content.attachment) };
    default:
      return content satisfies never;
  }
}

/** A DING shows neither markdown nor buttons. */
function plainText({ text }: Message): string {
  return text.replace(/\*\*/g, "").replace(/\\(?=[^\w\s])/g, "");
}
