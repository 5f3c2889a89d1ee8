import { characterSet } from "./characters.ts";

/** A number as written, Arabic, Chinese or mixed (`1,250` `1.2万` `二百零五` `四百八` `1万2`). */
export interface Numeral {
  start: number;
  end: number;
  /** Without the last 万: `1.2万` has 1.2 here, which is what a measure counted in 万元 asks for. */
  beforeWan: number | null;
  value: number;
  /** A figure nobody can sign: `两三` `几十` `百来` – the value is then meaningless. */
  isVague: boolean;
  isChinese: boolean;
  /** 万 or 亿 is said in it. */
  hasWan: boolean;
  /** Grouped by the full-width comma, which may as well separate two figures. */
  hasWideComma: boolean;
}

type Atom =
  | { kind: "number"; value: number; isDigit: boolean; text: string }
  | { kind: "zero" }
  | { kind: "times"; value: number }
  | { kind: "some" };

const digits = new Map<string, number>(
  [..."零〇○一二三四五六七八九"].map((it, i) => [it, Math.max(0, i - 2)] as [string, number]),
);
for (const [i, it] of [..."壹贰叁肆伍陆柒捌玖"].entries()) digits.set(it, i + 1);
digits.set("两", 2);
// 俩场, 仨人: as it is said, counter and all
digits.set("俩", 2);
digits.set("仨", 3);
const multipliers = new Map<string, number>(
  Object.entries({ 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000, 万: 10_000, 亿: 100_000_000 }),
);
const arabic = /(?:\d{1,3}(?:([,，])\d{3})(?:\1\d{3})*(?!\d)|\d+)(?:\.\d+)?/y;
export const startsNumeral = characterSet(
  "0123456789零〇○一二三四五六七八九十百千万亿两俩仨廿卅几数壹贰叁肆伍陆柒捌玖拾佰仟",
);

/** What `chineseAtom` knows. */
const isInNumeral = characterSet([...digits.keys(), ...multipliers.keys(), ..."廿卅几数wk"]);

/** The number that starts at `start`, as long as it goes, or `null`. */
export function numeralAt(plain: string, start: number): Numeral | null {
  const atoms: Atom[] = [];
  let hasWideComma = false;
  let isChinese = false;
  let end = start;
  while (end < plain.length) {
    arabic.lastIndex = end;
    const found = arabic.exec(plain);
    const atom = found ? null : chineseAtom(plain, end);
    if (found) {
      hasWideComma ||= found[1] === "，";
      const text = found[1] === undefined ? found[0] : found[0].replaceAll(found[1], "");
      atoms.push({ kind: "number", value: Number(text), isDigit: text.length === 1, text });
      end += found[0].length;
    } else if (atom) {
      isChinese = true;
      atoms.push(...atom);
      end += 1;
    } else break;
  }
  if (atoms.length === 0) return null;
  const hasWan = atoms.some((it) => it.kind === "times" && it.value >= 10_000);
  const { value, beforeWan, isVague } = evaluate(atoms);
  return { start, end, beforeWan, value, isVague, isChinese, hasWan, hasWideComma };
}

function chineseAtom(plain: string, at: number): Atom[] | null {
  const code = plain.charCodeAt(at);
  if (!isInNumeral(code)) return null;
  const character = plain.charAt(at);
  const next = plain.charAt(at + 1);
  const digit = digits.get(character);
  if (digit === 0) return [{ kind: "zero" }];
  if (digit !== undefined) return [{ kind: "number", value: digit, isDigit: true, text: String(digit) }];
  const times = multipliers.get(character);
  if (times !== undefined) return [{ kind: "times", value: times }];
  if (character === "廿" || character === "卅") {
    const tens = character === "廿" ? 2 : 3;
    return [
      { kind: "number", value: tens, isDigit: true, text: String(tens) },
      { kind: "times", value: 10 },
    ];
  }
  if (character === "几") return [{ kind: "some" }];
  // 数十 is some tens, 人数 is a heading
  if (character === "数" && multipliers.has(next)) return [{ kind: "some" }];
  // 1.2w and 3k, as typed in a hurry
  const letter = character === "w" ? 10_000 : character === "k" ? 1000 : null;
  const isSuffix = /\d/.test(plain.charAt(at - 1)) && !/[a-z\d]/.test(next);
  return letter !== null && isSuffix ? [{ kind: "times", value: letter }] : null;
}

type Value = Pick<Numeral, "value" | "beforeWan" | "isVague">;
const vague: Value = { value: Number.NaN, beforeWan: null, isVague: true };

function evaluate(atoms: readonly Atom[]): Value {
  if (atoms.some((it) => it.kind === "some")) return vague;
  if (!atoms.some((it) => it.kind === "times")) return digitByDigit(atoms);

  let total = 0;
  let section = 0;
  let pending: number | null = null;
  let last = Number.POSITIVE_INFINITY;
  let lastInSection = Number.POSITIVE_INFINITY;
  let isAfterZero = false;
  let beforeWan: number | null = null;
  for (const [index, atom] of atoms.entries()) {
    if (atom.kind === "zero") {
      if (pending !== null || index === 0) return vague;
      isAfterZero = true;
    } else if (atom.kind === "number") {
      if (pending !== null) return vague;
      pending = atom.value;
    } else if (atom.kind === "times" && atom.value < 10_000) {
      if (pending === null && (atom.value > 10 || (index > 0 && !isAfterZero && last <= 10))) return vague;
      if (atom.value >= lastInSection) return vague;
      section += (pending ?? 1) * atom.value;
      pending = null;
      last = lastInSection = atom.value;
      isAfterZero = false;
    } else if (atom.kind === "times") {
      if (atom.value >= last && total > 0) return vague;
      section += pending ?? 0;
      if (section === 0) return vague;
      beforeWan = index === atoms.length - 1 && atom.value === 10_000 && total === 0 ? section : null;
      total += section * atom.value;
      section = 0;
      pending = null;
      last = atom.value;
      lastInSection = Number.POSITIVE_INFINITY;
      isAfterZero = false;
    }
  }
  if (pending !== null) {
    const end = atoms.at(-1);
    const isSpokenShort = end?.kind === "number" && end.isDigit && !isAfterZero && last >= 100;
    if (!isSpokenShort && pending >= last) return vague;
    section += isSpokenShort ? (pending * last) / 10 : pending;
  }
  return { value: tidy(total + section), beforeWan, isVague: false };
}

/** `120`, `一二〇`, `二〇五`; two plain digits side by side (`两三`, `五六`) are a range. */
function digitByDigit(atoms: readonly Atom[]): Value {
  const only = atoms[0];
  if (atoms.length === 1 && only?.kind === "number") return { value: only.value, beforeWan: null, isVague: false };
  const isPositional =
    atoms.every((it) => it.kind === "zero" || (it.kind === "number" && it.isDigit)) &&
    (atoms.length === 1 || (atoms.some((it) => it.kind === "zero") && atoms[0]?.kind === "number"));
  if (!isPositional) return vague;
  const text = atoms.map((it) => (it.kind === "number" ? it.text : "0")).join("");
  return { value: Number(text), beforeWan: null, isVague: false };
}

/** 1.1 × 10,000 is 11,000.000000000002 in floating point. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
