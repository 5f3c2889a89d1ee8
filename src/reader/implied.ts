import { characterSet } from "./characters.ts";
import { type Counters, counterAt } from "./counters.ts";
import { type Figure, plainFigure } from "./figure.ts";
import { numeralAt } from "./numeral.ts";

/** 百分之九十二点五, for forms that ask for percentages. */
export function percentAt(plain: string, at: number): Figure | null {
  if (!plain.startsWith("百分之", at)) return null;
  const numeral = plain.charAt(at + 3) === "百" ? null : numeralAt(plain, at + 3);
  if (numeral === null && plain.charAt(at + 3) !== "百") return null;
  const whole = numeral?.value ?? 100;
  const end = numeral?.end ?? at + 4;
  const decimals = /^点([零〇一二三四五六七八九]+)/.exec(plain.slice(end, end + 8))?.[1] ?? "";
  const digits = [...decimals].map((it) => numeralAt(it, 0)?.value ?? 0).join("");
  const value = Number(`${whole}${digits === "" ? "" : `.${digits}`}`);
  return plainFigure({
    start: at,
    end: decimals === "" ? end : end + 1 + decimals.length,
    value,
    counter: "%",
    problem: numeral?.isVague ? "vague" : null,
  });
}

/** The first characters of counts without a number. */
export const startsImplied = characterSet("个场次期堂一大多若许不好半");
/** 搞了个演练 is one. */
const doneOnce = /[开搞办做弄织举展][了过]个(?!会[，,。；;\s])[一-龥]/;
const someOf = /(?:一半|大半|多数|若干|许多|不少|一批|好多|多|半)/y;

/** Counts without a number: 搞了场演练 is one, 半场 a half, 多次 nobody knows. */
export function impliedFigure(plain: string, at: number, counters: Counters): Figure | null {
  if (/[了过]/.test(plain.charAt(at - 1))) {
    const one = /^(?:个)?(场|次|期|堂)(?![次数地馆景面合所站外内])/.exec(plain.slice(at, at + 4));
    if (one)
      return plainFigure({ start: at, end: at + one[0].length, value: 1, counter: one[1] ?? null, problem: null });
  }
  if (plain.charAt(at) === "个" && doneOnce.test(plain.slice(Math.max(0, at - 3), at + 3)))
    return plainFigure({ start: at, end: at + 1, value: 1, counter: "个", problem: null });
  someOf.lastIndex = at;
  const some = someOf.exec(plain)?.[0];
  if (some === undefined) return null;
  const counter = counterAt(plain, at + some.length, counters);
  if (some === "多" && /[很许众更诸]/.test(plain.charAt(at - 1))) return null;
  if (some !== "一半" && some !== "大半" && !counter) return null;
  return plainFigure({
    start: at,
    end: counter?.end ?? at + some.length,
    value: some === "半" ? 0.5 : Number.NaN,
    counter: counter ? counters.canonical(counter.word) : null,
    problem: some === "半" ? "fraction" : "vague",
  });
}
