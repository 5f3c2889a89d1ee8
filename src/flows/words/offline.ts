import { type Amount, amountsText, dateText, rowName } from "./figures.ts";
import { type Message, message } from "./format.ts";

/** What a time without a connection means for whom it may concern. */
export interface OfflineText {
  from: string;
  to: string;
}

export const offlineWords = {
  offlineNotice({ from, to }: OfflineText): Message {
    return message([
      `${from} 至 ${to} 机器人没有连上钉钉，这段时间发给我的消息收不到，钉钉也不会补发。`,
      "已记录的数字都在。联络员下次发消息时会看到本单位目前记到哪里；要紧的请提醒他们核对。",
    ]);
  },

  recordedSoFar(
    data: OfflineText & {
      filled: number;
      expected: number;
      last: { no: number; name: string; date: string | null; dateFrom: string | null; said: Amount[] } | null;
    },
  ): Message {
    const { from, to, filled, expected, last } = data;
    const said =
      last === null ? "还没有报送" : `最近一条是 ${rowName(last)}${dateText(last)} ${amountsText(last.said)}`;
    return message(
      [
        `${from} 至 ${to} 我没有连上钉钉，您那时发的消息可能没有收到。`,
        `本单位已填 ${filled}/${expected} 行，${said}。有漏的请再发一次，重复的我会先问您。`,
      ],
      ["预览"],
    );
  },
};
