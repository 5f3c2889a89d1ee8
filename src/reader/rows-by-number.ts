import type { Zone } from "./clauses.ts";
import type { Counters } from "./counters.ts";
import { free, mark, noise } from "./noise.ts";
import { numeralStart } from "./numeral.ts";
import type { Compiled } from "./phrases.ts";

const start =
  /(\d{1,3})(?:\s*(?:[、,，]|和|及|-|~|至|到)\s*\d{1,3})*\s*([行项]?\s*(?:[.、:)]\s*|(?= )|(?=[^\d.,，、:)\s万千百十亿-])))/y;

/**
 * Rows named by their number at the start of a clause, in the walk: `1 2场80人`, `3、4无`, `6看了3场`. The number is
 * marked, so that it counts nothing.
 */
export function rowsByNumber(
  plain: string,
  marks: Uint8Array,
  { compiled, rowNumbers }: { compiled: Compiled; rowNumbers: readonly number[] },
): Zone[] {
  const zones: Zone[] = [];
  let hasFigures = false;
  for (let at = 0; at < plain.length; at++) {
    const before = plain.slice(0, at).trimEnd().at(-1) ?? "\n";
    const isEdge = /[，,。；;\n!?]/.test(before);
    // In a line without commas a number may start the next row after a figure with its counting word
    const isGap = plain.charAt(at - 1) === " " && zones.length > 0 && hasFigures && /[一-龥]/.test(before);
    if (/[一-龥]/.test(plain.charAt(at)) && !isEdge) hasFigures = true;
    if (marks[at] !== free || !/\d/.test(plain.charAt(at)) || /\d/.test(plain.charAt(at - 1)) || !(isEdge || isGap))
      continue;
    start.lastIndex = at;
    const found = start.exec(plain);
    if (!found) continue;
    const numbers = numbersIn(found[0], rowNumbers);
    const rest = plain.slice(at + found[0].length).trimStart();
    if (
      numbers === null ||
      !isFollowed(rest, found[2] ?? "", { counters: compiled.counters, isList: numbers.length > 1 })
    )
      continue;
    const rows = compiled.rows.filter((it) => numbers.includes(it.no));
    mark(marks, at, at + found[0].length, noise);
    zones.push({
      start: at,
      end: at + found[0].length,
      rows,
      measureId: null,
      isDoubtful: false,
      parts: rows.map((it) => [it]),
      isList: rows.length > 1,
    });
    hasFigures = false;
    at += found[0].length - 1;
  }
  return zones;
}

/** `3-6` is four rows, `3、4` two; `null` if one of them may not be named here. */
function numbersIn(text: string, rowNumbers: readonly number[]): number[] | null {
  const numbers: number[] = [];
  let isRange = false;
  for (const part of text.match(/\d+|[-~至到]/g) ?? []) {
    if (!/\d/.test(part)) isRange = true;
    else {
      const from = isRange ? (numbers.at(-1) ?? 0) + 1 : Number(part);
      for (let number = from; number <= Number(part); number++) numbers.push(number);
      isRange = false;
    }
  }
  return numbers.length > 0 && numbers.every((it) => rowNumbers.includes(it)) ? numbers : null;
}

function isFollowed(
  rest: string,
  marker: string,
  { counters, isList }: { counters: Counters; isList: boolean },
): boolean {
  if (rest === "") return false;
  const isZero = /^(?:都|均|全|也|还)*(?:是|为)?(?:没|无|不适用|不涉及|未|零|0|暂无)/.test(rest);
  if (isList || isZero) return isZero;
  counters.pattern.lastIndex = 0;
  if (counters.pattern.test(rest) && !/[.、:)项行]/.test(marker)) return false;
  return numeralStart.test(rest.charAt(0)) || /^[-负一-龥“"《(a-z]/.test(rest);
}
