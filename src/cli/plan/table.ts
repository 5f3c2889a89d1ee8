import type { CalendarLine } from "./calendar.ts";

const titles = ["日期", "星期", "性质", "时间", "内容", "发给", "怎么算的"];

/** Columns that stand under each other where a Chinese character is as wide as two letters. */
export function planTable(lines: readonly CalendarLine[]): string {
  const rows = [titles, ...lines.map((it) => [it.day, it.weekday, it.kind, it.clock, it.what, it.to, it.counted])];
  const widths = titles.map((_, n) => Math.max(...rows.map((row) => widthOf(row[n] ?? ""))));
  return rows
    .map((row) =>
      row
        .map((cell, n) => cell + " ".repeat((widths[n] ?? 0) - widthOf(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function widthOf(text: string): number {
  return [...text].reduce((width, it) => width + (/[\u2E80-\uFFEF“”]/.test(it) ? 2 : 1), 0);
}
