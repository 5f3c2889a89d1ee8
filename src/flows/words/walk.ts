import { exampleFigures, type MeasureText, rowName, type StateText, stateText } from "./figures.ts";
import { type Message, message, plain, rowList } from "./format.ts";
import { type OnePeriod, periodText } from "./period.ts";

/** A page of the walk: one section's rows that apply to the unit. */
export interface PageText {
  index: number;
  total: number;
  title: string;
  /** Where it is not the one that the answer is about. */
  period?: OnePeriod;
  rows: { no: number; name: string; measures: MeasureText[]; state: StateText }[];
}

export const walkWords = {
  walkPage(data: { page: PageText; resumed: boolean }): Message {
    return message([data.resumed ? "接着上次的地方：" : null, ...pageLines(data.page)], pageButtons(data.page));
  },

  walkDone(data: { leftOpen: number[] }): Message {
    const buttons = data.leftOpen.length === 0 ? ["提交", "预览"] : ["其余无", "预览"];
    return message([leftOpenLine(data.leftOpen)], buttons);
  },

  conversationReset(_: Record<string, never>): Message {
    return message(["系统升级后需要从头开始这次填报，已记录的数字都在。"], ["报送", "预览"]);
  },
};

export function pageLines({ index, total, title, period, rows }: PageText): string[] {
  const open = rows.filter((it) => it.state.kind === "open");
  const which = period === undefined ? "" : periodText(period);
  const heading = `**${which}第 ${index + 1}/${total} 页 ${plain(title)}**（已填 ${rows.length - open.length}/${rows.length}）`;
  const list = rows.map((it) => `${rowName(it)}${unitHint(it)}　${stateText(it.state)}`).join("  \n");
  const [first, second] = open;
  if (first === undefined) return [heading, list, "本页都填过了；要改请用“修改 行号 数字”。"];
  const example = [first, second].flatMap((it) => (it === undefined ? [] : `${it.no} ${exampleFigures(it.measures)}`));
  return [heading, list, `一条消息报完本页即可，例：${example.join("，")}，其余无`];
}

function unitHint({ measures }: { measures: MeasureText[] }): string {
  const units = measures.map((it) => it.unit);
  return units.length === 1 ? `（${units.join()}）` : "";
}

export function pageButtons({ index, period, rows }: PageText): string[] {
  const which = period === undefined ? "" : ` 第${period.no}期`;
  const isOpen = rows.some((it) => it.state.kind === "open");
  return [...(isOpen ? ["其余无"] : []), "跳过", ...(index > 0 ? ["返回"] : []), `预览${which}`];
}

export function leftOpenLine(open: readonly number[]): string {
  return open.length === 0
    ? "各行都已填过，可以提交了。"
    : `还差 ${open.length} 行：${rowList(open)}。没有开展的可以一次报“其余无”。`;
}
