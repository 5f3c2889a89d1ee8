import type { Chat } from "./chat.ts";

/** What people do: every public method of a chat. */
export type Acts = Pick<Chat, keyof Chat>;

/** Bound, to be spread into something else. */
export function actsOf(chat: Chat): Acts {
  return {
    say: (...given) => chat.say(...given),
    sayUnheard: (...given) => chat.sayUnheard(...given),
    sendFile: (...given) => chat.sendFile(...given),
    sendPicture: (...given) => chat.sendPicture(...given),
    sendRichText: (...given) => chat.sendRichText(...given),
    sendSticker: (...given) => chat.sendSticker(...given),
    sendVoice: (...given) => chat.sendVoice(...given),
    sendVideo: (...given) => chat.sendVideo(...given),
    forward: (...given) => chat.forward(...given),
    tap: (...given) => chat.tap(...given),
  };
}
