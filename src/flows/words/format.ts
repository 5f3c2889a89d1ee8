/** How the bot puts values into words. Everything that came from a person or a file is escaped: the bot speaks markdown. */
export interface Message {
  /** Markdown, in DingTalk's subset (dingtalk.md §5.3). */
  text: string;
  /** Each is at once the label and the very text that a tap sends (design §5.3). */
  buttons: string[];
}

export function message(lines: readonly (string | null)[], buttons: readonly string[] = []): Message {
  return { text: lines.filter((it) => it !== null).join("\n\n"), buttons: [...buttons] };
}

/** Keeps a person's text from being read as markdown, or as an @ of somebody. */
export function plain(text: string): string {
  return text
    .replace(/[\r\n]+/g, " ")
    .replace(/([\\`*_[\]#>!~|<])/g, "\\$1")
    .replaceAll("@", "＠");
}

/** 1,250: the way the sheets print it. */
export function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

const weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/** `2023-06-13` → 6月13日. */
export function shortDay(day: string): string {
  const [, month, date] = day.split("-").map(Number);
  return `${month}月${date}日`;
}

/** `2023-06-30`, 5 → 6月30日（周五）. */
export function namedDay(day: string, weekday: number): string {
  return `${shortDay(day)}（${weekdays[weekday] ?? ""}）`;
}

export interface Due {
  at: string;
  isPast: boolean;
}

/** 在 7月1日 18:00 前; after it, what is left to say. */
export function by({ at, isPast }: Due): string {
  return isPast ? `尽快（${at} 已截止）` : `在 ${at} 前`;
}

/** Row numbers with their runs drawn together: 1–6、9、13–16. */
export function rowList(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const it of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === it - 1) last[1] = it;
    else runs.push([it, it]);
  }
  return runs
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}、${to}` : `${from}–${to}`))
    .join("、");
}

/** At most `limit` names, then how many there are: a message must stay readable on a phone. */
export function listed(names: readonly string[], limit = 8): string {
  if (names.length <= limit) return names.join("、");
  return `${names.slice(0, limit).join("、")}等 ${names.length} 个`;
}
