import { matchesOf } from "./matches.ts";
import { free, mark, noise, spanOfMatch } from "./noise.ts";

const marker =
  /(?=[(\d一二三四五六七八九十])(?<=^|[\n。；;，,:!?]\s*|\s)(?:\((\d{1,2})\)|(\d{1,2})(?:[、)](?!\d+(?:\.\d+)?\s*[、)])|\.(?!\d)|\.(?=\d+\s*[场次期人]))|\(?[一二三四五六七八九十]{1,3}[、.)](?![一二三四五六七八九十两]))/g;
const chinese = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/**
 * Marks the numbers of a list (`1、…；2、…`). They count up from one; `3、4场` alone is a rough count, not a list. Returns the
 * text with an edge before each: `1.演练1场 2.宣讲2场` has one sentence an item.
 */
export function markListNumbers(plain: string, marks: Uint8Array): string {
  if (!/[、.)]/.test(plain)) return plain;
  let expected = 1;
  const edges: number[] = [];
  for (const match of matchesOf(marker, plain)) {
    const number = match[1] ?? match[2];
    const value = number === undefined ? chinese.indexOf(match[0].replace(/[(、.)]/g, "")) : Number(number);
    const after = plain.slice(match.index + match[0].length);
    const isPlain = /^\s*(?:[^\d\s一二两三四五六七八九十]|$)/.test(after);
    if (marks[match.index] !== free || (value !== expected && !isPlain)) continue;
    // `1、2场` alone may be one or two sessions
    if (value === 1 && !isPlain && !/(?:^|[\n；;。，,\s])\(?(?:2|二)[、.)]/.test(after)) continue;
    mark(marks, spanOfMatch(match), noise);
    if (value > 1 && value === expected && plain.charAt(match.index - 1) === " ") edges.push(match.index - 1);
    expected = value + 1;
  }
  return edges.reduce((text, at) => `${text.slice(0, at)};${text.slice(at + 1)}`, plain);
}
