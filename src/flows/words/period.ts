import { type Message, message, plain, rowList, shortDay } from "./format.ts";

/** What an answer is about where the form is owed again and again: one period, or the sum over so many. */
export type PeriodText = (OnePeriod | { whole: number }) & { number?: NumberTaken };

/** A bare number in a command, and what it was taken for. */
export interface NumberTaken {
  said: string;
  as: "period" | "row";
}

export interface OnePeriod {
  no: number;
  start: string;
  end: string;
  /** Other periods that the unit still owes, by number. */
  owed?: number[];
}

/** 第2期（6月2日–6月8日）, and of a period of one day 第2期（6月2日）. */
export function periodText({ no, start, end }: OnePeriod): string {
  return `第${no}期（${shortDay(start)}${start === end ? "" : `–${shortDay(end)}`}）`;
}

/** 第1期、第2期, and of many 第1–4、6期. */
export function periodNames(numbers: readonly number[]): string {
  return numbers.length < 3 ? numbers.map((it) => `第${it}期`).join("、") : `第${rowList(numbers)}期`;
}

/** Buttons that mean a period: each says which, for messages stay tappable when that period is long over. */
const periodButtons = /^(?:报送|继续|预览|提交|表格|汇总|导出|发布|通过 .+|查看 .+)$/;

/** The answer with the period it is about, in its heading and on its buttons. */
export function aboutPeriod({ text, buttons }: Message, period: PeriodText): Message {
  if ("whole" in period) return message([`**全部 ${period.whole} 期**`, text], named(buttons, "全部"));
  const { owed = [], number } = period;
  const lines = [
    `**${periodText(period)}**${number === undefined ? "" : numberText(number)}`,
    text,
    owed.length === 0 ? null : `还欠 ${periodNames(owed)}。`,
  ];
  const first = owed[0];
  return message(lines, [...named(buttons, `第${period.no}期`), ...(first === undefined ? [] : [`报送 第${first}期`])]);
}

function numberText({ said, as }: NumberTaken): string {
  return as === "period"
    ? `（“${said}”按第${said}期理解）`
    : `（“${said}”按行号理解；要指明哪一期，请写“第${said}期”）`;
}

function named(buttons: readonly string[], period: string): string[] {
  return buttons.map((it) => (periodButtons.test(it) ? `${it} ${period}` : it));
}

export const periodWords = {
  /** A command named a period that there is not, or not yet. */
  noSuchPeriod(data: { command: string; said: string; begun: OnePeriod[]; next: OnePeriod | null }): Message {
    const { command, said, begun, next } = data;
    const recent = begun.slice(-shownPeriods);
    const later = next === null ? "" : `${periodText(next)}还没有开始。`;
    return message(
      [
        `没有可以用的“${plain(said)}”，什么都没有改动。${later}`,
        recent.length === 0 ? null : `已开始的：${recent.map(periodText).join("、")}`,
      ],
      recent.map((it) => `${command} 第${it.no}期`),
    );
  },
};

const shownPeriods = 5;
