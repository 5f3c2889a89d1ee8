import { characterSet } from "./characters.ts";
import type { Zone } from "./clauses.ts";
import type { Compiled } from "./compiled.ts";
import type { Counters } from "./counters.ts";
import { free, mark, noise } from "./noise.ts";
import { numeralAt, startsNumeral } from "./numeral.ts";
import { isChinese } from "./text.ts";

const tail =
  "\\s*([行项]\\s*(?=\\d+\\s*[一-龥])|(?:行(?![业动政为人车程驶走])|项)?\\s*(?:\\.(?!\\d)\\s*|[、:)]\\s*|(?= )|(?=[^\\d.,，、:)\\s万千百十亿-])))";
/** Of a row: 3, 第3, and where no other number is written so, 第三行. */
const number = "(?:第?\\d{1,3}|第[一二三四五六七八九十]{1,3}(?=\\s*[行项]))";
/** Nobody lists more rows than forms have; without an end, each number of a long list would look through all behind it. */
const list = new RegExp(`第?\\d{1,3}(?:\\s*(?:[、,，]|和|及|-|~|至|到)\\s*\\d{1,3}){1,60}${tail}`, "y");
const single = new RegExp(`${number}${tail}`, "y");

const isEdge = characterSet("，,。；;\n!?");
const mayStartRow = characterSet("0123456789第");
const [space, lineBreak, listMark] = [" ".charCodeAt(0), "\n".charCodeAt(0), "、".charCodeAt(0)];

interface Naming {
  compiled: Compiled;
  /** Whether a row of this number may be named. */
  isNamable: (no: number) => boolean;
  /** Outside the walk a number alone is a count: only 第3行 and 3行 name a row. */
  isWalk: boolean;
}

/**
 * Rows named by their number at the start of a clause: `第3行2场30人`, and in the walk `1 2场80人`, `3、4无`, `6看了3场`. The
 * number is marked, so that it counts nothing.
 */
export function rowsByNumber(plain: string, marks: Uint8Array, naming: Naming): Zone[] {
  const zones: Zone[] = [];
  if (!naming.isWalk && !plain.includes("行")) return zones;
  let hasFigures = false;
  let before = lineBreak;
  for (let at = 0; at < plain.length; at++) {
    const code = plain.charCodeAt(at);
    const isBehindEdge = isEdge(before) || (before === listMark && plain.startsWith("第", at));
    // In a line without commas a number may start the next row after a figure with its counting word
    const isGap = plain.charCodeAt(at - 1) === space && zones.length > 0 && hasFigures && isChinese(before);
    if (code !== space) before = code;
    if (!isBehindEdge && isChinese(code)) hasFigures = true;
    const isPossible = (isBehindEdge || isGap) && marks[at] === free && mayStartRow(code);
    const zone = isPossible ? (zoneAt(plain, at, list, naming) ?? zoneAt(plain, at, single, naming)) : null;
    if (zone === null) continue;
    mark(marks, zone, noise);
    zones.push(zone);
    hasFigures = false;
    before = space;
    at = zone.end - 1;
  }
  return zones;
}

function zoneAt(plain: string, at: number, pattern: RegExp, naming: Naming): Zone | null {
  const { compiled, isNamable, isWalk } = naming;
  pattern.lastIndex = at;
  const found = pattern.exec(plain);
  const numbers = found && (isWalk || /行/.test(found[1] ?? "")) ? numbersIn(found[0], isNamable) : null;
  if (found === null || numbers === null) return null;
  const end = at + found[0].length;
  const isList = numbers.length > 1;
  if (!isFollowed(plain.slice(end, end + 12).trimStart(), found[1] ?? "", { counters: compiled.counters, isList }))
    return null;
  const rows = compiled.rows.filter((it) => numbers.includes(it.no));
  return { start: at, end, rows, measureId: null, isDoubtful: false, parts: rows.map((it) => [it]), isList };
}

/** `3-6` is four rows, `3、4` two; `null` if one of them may not be named here. */
function numbersIn(text: string, isNamable: Naming["isNamable"]): number[] | null {
  const numbers: number[] = [];
  let isRange = false;
  for (const part of text.match(/\d+|[一二三四五六七八九十]+|[-~至到]/g) ?? []) {
    const to = numeralAt(part, 0)?.value;
    if (to === undefined) isRange = true;
    else {
      const from = isRange ? (numbers.at(-1) ?? 0) + 1 : to;
      for (let no = from; no <= to; no++) numbers.push(no);
      isRange = false;
    }
  }
  return numbers.length > 0 && numbers.every(isNamable) ? numbers : null;
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
  return startsNumeral(rest.charCodeAt(0)) || /^[-负一-龥“"《(a-z]/.test(rest);
}
