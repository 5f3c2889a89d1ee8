import type { Campaign } from "../../campaign/campaign.ts";
import type { WantedTodo } from "../../campaign/todo.ts";
import { obligationText } from "./duty.ts";
import { shortDay } from "./format.ts";
import { periodText } from "./period.ts";

type Named = Pick<Campaign, "title" | "period">;

/** 6月“安全生产月”统计表（7月1日 18:00 前）: the line that DingTalk shows in 待办, which is no markdown. */
export function todoSubject(
  { title, period: { start, end } }: Named,
  { obligation, period, due, dueTime, unit }: Pick<WantedTodo, "obligation" | "period" | "due" | "dueTime" | "unit">,
): string {
  const whose = unit === null ? "" : `${unit}：`;
  const month = start.slice(0, 7) === end.slice(0, 7) ? `${Number(start.slice(5, 7))}月` : "";
  const [quoted] = /“[^”]+”/.exec(title) ?? [];
  // A title that is said in full has its year, and needs no month.
  const name = quoted === undefined ? `“${title}”` : period === null ? `${month}${quoted}` : quoted;
  const which = period === null ? "" : periodText(period);
  return `${whose}${name}${which}${obligationText[obligation]}（${shortDay(due)} ${dueTime} 前）`;
}
