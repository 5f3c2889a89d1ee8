import type { Call, Digest } from "../../campaign/reminder.ts";
import { type Message, message, plain } from "./format.ts";

export const digestWords = {
  digest(data: Digest): Message {
    return message([`应报 ${data.expected}，已交 ${data.submitted}。`], ["进度"]);
  },
  callList({ calls }: { day: string; calls: Call[] }): Message {
    return message([`请电话联系：${calls.map((it) => plain(it.unit)).join("、")}`], []);
  },
};
