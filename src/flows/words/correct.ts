import {
  type Amount,
  amountsText,
  dateText,
  type EffectText,
  effectLine,
  rowName,
  type StateText,
  stateText,
} from "./figures.ts";
import { type Message, message, plain } from "./format.ts";
import { type OnePeriod, periodNames, periodText } from "./period.ts";

interface Undoable {
  no: number;
  name: string;
  date: string | null;
  dateFrom: string | null;
  said: StateText;
}

export const correctWords = {
  withdrawn(data: {
    rows: { no: number; name: string; before: Amount[]; after: Amount[]; period?: OnePeriod }[];
    effects: EffectText[];
  }): Message {
    const lines = data.rows.map(
      (it) =>
        `${it.period === undefined ? "" : periodText(it.period)}${rowName(it)}：${amountsText(it.before)} → ${amountsText(it.after)}`,
    );
    return message(["已撤销 ✓", ...lines, ...data.effects.map(effectLine)]);
  },

  withdrawnBefore(data: { no: number; at: string }): Message {
    return message([`${data.no} 号已经在 ${data.at} 撤销过了，没有再改动。`]);
  },

  noSuchEntry(data: { no: number }): Message {
    return message([`本单位没有 ${data.no} 号报送，什么都没有改动。回复“撤销”可以查看最近几条。`], ["撤销"]);
  },

  nothingToWithdraw(_: Record<string, never>): Message {
    return message(["本单位还没有可以撤销的报送。"], ["报送"]);
  },

  whichToWithdraw(data: { recent: { no: number; rows: Undoable[]; periods?: number[] }[] }): Message {
    const lines = data.recent.map((it) => {
      const periods = it.periods === undefined ? "" : `${periodNames(it.periods)} `;
      return `${it.no} 号：${periods}${withdrawable(it.rows)}`;
    });
    return message(
      ["撤销哪一条？", ...lines],
      data.recent.map((it) => `撤销 ${it.no}`),
    );
  },

  cancelled(data: { wasAnything: boolean; isLiaison: boolean }): Message {
    const kept = data.isLiaison ? "记过的数字都在，随时可以继续。" : "";
    return message(
      [data.wasAnything ? `好的，已停下。${kept}` : "现在没有进行中的事，什么都没有改动。"],
      data.isLiaison ? ["报送", "帮助"] : ["帮助"],
    );
  },

  unknownRow(data: { rows: string; max: number }): Message {
    return message(
      [
        `没有第 ${plain(data.rows)} 行，或这一行不归本单位填，什么都没有改动。行号是 1 到 ${data.max}，回复“预览”可以查看。`,
      ],
      ["预览"],
    );
  },

  nothingToZero(data: { open: { no: number; name: string }[] }): Message {
    const [first] = data.open;
    if (first === undefined) return message(["各行都已填过，没有空着的行。"], ["预览", "提交"]);
    const rows = data.open.map(rowName).join("、");
    return message(
      [`没有可以记为 0 的空行；还没填完的：${rows}。请补上缺的数，例：修改 ${first.no}`],
      [`修改 ${first.no}`, "跳过", "预览"],
    );
  },
};

function withdrawable(rows: readonly Undoable[]): string {
  const shown = rows.slice(0, 3).map((row) => {
    const isDateOnly = row.said.kind === "filled" && row.said.amounts.length === 0;
    return `${rowName(row)}${dateText(row)} ${isDateOnly ? "的日期" : stateText(row.said)}`;
  });
  return rows.length > shown.length ? `${shown.join("；")} 等 ${rows.length} 行` : shown.join("；");
}
