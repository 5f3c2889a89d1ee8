import { queriedAfter } from "./figure-words.ts";
import type { Group } from "./group.ts";
import { asked } from "./words.ts";

/** Every question has one of these characters, and most messages have none. */
const mayAsk = /[吗?？还哪几少怎请第算不]/;

export function hasQuestion(plain: string): boolean {
  return mayAsk.test(plain);
}

/** Whether a group's clauses ask something, and so report nothing. 宣讲2场，50人? asks of its figure alone, which is rough then. */
export function isAsked(plain: string, { clauses, figures }: Group): boolean {
  const text = clauses.map((it) => plain.slice(it.start, it.end + 1)).join("");
  if (!asked.test(text)) return false;
  const isOfFigure = figures.some(
    ({ figure: { value, end } }) => !Number.isNaN(value) && queriedAfter.test(plain.slice(end, end + 4)),
  );
  return !isOfFigure || asked.test(text.replace(/[吧呢啊哦]?\s*[?？]+\s*$/, ""));
}
