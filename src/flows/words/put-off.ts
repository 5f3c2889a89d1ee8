import { type Message, message, plain } from "./format.ts";

export type PutOffText =
  | { kind: "owesNothing" | "onPaper" | "noSuchTime" }
  | { kind: "past"; at: string }
  | ({ kind: "tooLate"; deadline: string } & Put)
  | ({ kind: "tooFar"; mostDays: number; last: string } & Put)
  | ({ kind: "until" } & Put);

interface Put {
  at: string;
  /** What was asked for, where reminders are not sent then. */
  movedFrom: string | null;
  windows: string[];
  owed: string[];
}

export const putOffWords = {
  /** To who wants to be reminded later. */
  putOff(data: PutOffText): Message {
    switch (data.kind) {
      case "owesNothing":
        return message(["您现在没有要报送的，我不会提醒您，不用推后。"], ["进度"]);
      case "onPaper":
        return message(["您说过已线下报送，我不会再提醒您，不用推后。"], ["进度"]);
      case "noSuchTime":
        return message(["没有这个时间，提醒照旧。请换个说法，例：明天提醒、今天17点提醒、周五上午提醒"], ["明天提醒"]);
      case "past":
        return message([`${data.at} 已经过了，提醒照旧。要推后请说以后的时间，例：明天提醒、半小时后提醒`]);
      case "tooLate":
        return message([
          movedText(data),
          `${data.at} 已过 ${data.deadline} 的截止时间，所以没有推后，我照常提醒：${data.owed.map(plain).join("、")}。`,
        ]);
      case "tooFar":
        return message(
          [
            `最多推后 ${data.mostDays} 天，也就是到 ${data.last}。这次没有推后，我照常提醒：${data.owed.map(plain).join("、")}。`,
          ],
          ["明天提醒"],
        );
      case "until":
        return message([
          movedText(data),
          `好的，${data.at} 提醒您：${data.owed.map(plain).join("、")}。在那之前不再提醒。`,
        ]);
      default:
        return data satisfies never;
    }
  },
};

function movedText({ movedFrom, windows }: Put): string | null {
  if (movedFrom === null) return null;
  return `${movedFrom} 不发提醒（只在工作日 ${windows.join("、")} 发），顺延到下一个可发的时间。`;
}
