import type { Compiled } from "./compiled.ts";
import { matchesOf } from "./matches.ts";
import { sayings } from "./noise-patterns.ts";
import { notDoneNumbers } from "./not-done.ts";
import type { Span } from "./span.ts";

/** What a character belongs to: nothing yet, a name or number that counts nothing, or a date. */
export const free = 0;
export const noise = 1;
export const dated = 2;
/** A numeral inside a name (五带头): no count, but still part of the words that tell the row. */
export const named = 3;

/** Marks what counts nothing. Measures counted in % or money keep theirs. */
export function markNoise(
  plain: string,
  marks: Uint8Array,
  { numberNames, dottedNames, noisePatterns }: Compiled,
): void {
  if (!/[\d零〇一二两俩仨三四五六七八九十半几百千万每个@]/.test(plain)) return;
  for (const name of numberNames) {
    for (let at = plain.indexOf(name); at >= 0; at = plain.indexOf(name, at + name.length)) {
      markNumerals(plain, marks, { start: at, end: at + name.length });
    }
  }
  for (const { pattern, followers } of dottedNames) {
    for (const match of matchesOf(pattern, plain)) {
      if (followers.has(match[1] ?? ""))
        mark(marks, { start: match.index, end: match.index + match[0].length - 2 }, noise);
    }
  }
  for (const match of matchesOf(sayings, plain)) mark(marks, spanOfMatch(match), named);
  for (const [needs, pattern] of noisePatterns) {
    if (!needs.test(plain)) continue;
    for (const match of matchesOf(pattern, plain)) mark(marks, spanOfMatch(match), noise);
  }
  for (const [needs, pattern] of notDoneNumbers) {
    if (!needs.test(plain)) continue;
    for (const match of matchesOf(pattern, plain)) markNumerals(plain, marks, spanOfMatch(match));
  }
}

/** In a name like 五带头 only the numeral is marked: the rest still tells the row. */
function markNumerals(plain: string, marks: Uint8Array, { start, end }: Span): void {
  for (let i = start; i < end; i++) {
    if (/[\d零〇一二两俩仨三四五六七八九十百千万]/.test(plain.charAt(i))) marks[i] = named;
  }
}

export function spanOfMatch(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

export function mark(marks: Uint8Array, { start, end }: Span, kind: number): void {
  for (let i = start; i < end; i++) if (marks[i] === free) marks[i] = kind;
}
