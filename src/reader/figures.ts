import type { Counters } from "./counters.ts";
import {
  apieceBefore,
  clauseEdge,
  deniedBefore,
  differenceBefore,
  eachBefore,
  headings,
  headsNext,
  hesitantBefore,
  hesitantWords,
  listedRespectively,
  partBefore,
  personHeading,
  personNoun,
  replacedAfter,
  respectiveBefore,
  softAfterCounter,
  softTail,
  spacedThousands,
  totalBefore,
  withdrawnAfter,
} from "./figure-words.ts";
import { free } from "./noise.ts";
import { type Numeral, numeralAt, numeralStart } from "./numeral.ts";

/**
 * `each`: 每场40人; `apiece`: 各1场; `respective`: 分别30人、40人; `part`: 其中党员30人; `total`: 共120人; `denied`: 不是3场;
 * `withdrawn`: 3场不对.
 */
type Role = "plain" | "each" | "apiece" | "respective" | "part" | "total" | "denied" | "withdrawn";

/** A number of the text that may be a count, with the word it counts in and what the words around it make of it. */
export interface Figure {
  start: number;
  end: number;
  value: number;
  /** The value without its 万, for measures counted in 万元. */
  beforeWan: number | null;
  hasWan: boolean;
  /** 场, 人次 …, canonical; `null` where none stands behind or before it. */
  counter: string | null;
  problem: "vague" | "negative" | "fraction" | null;
  role: Role;
  isMisheard: boolean;
  hasWideComma: boolean;
  /** Where 其中 stands, for a `part`. */
  partAt: number;
  /** The counting word has a noun of its own behind it (5个单位, 3台设备). */
  isOfSomething: boolean;
}

/** All figures outside marked spans, in order. */
export function findFigures(plain: string, marks: Uint8Array, counters: Counters): Figure[] {
  const figures: Figure[] = [];
  const edges = { part: 0, clause: 0 };
  let at = 0;
  while (at < plain.length) {
    const character = plain.charAt(at);
    if (clauseEdge.test(character)) {
      edges.part = at + 1;
      if (character !== "、") edges.clause = at + 1;
    }
    const isOpen = marks[at] === free;
    const percent = isOpen && character === "百" ? percentAt(plain, at) : null;
    if (percent) {
      figures.push(percent);
      at = percent.end;
      continue;
    }
    if (isOpen && numeralStart.test(character) && !/^一[半]/.test(plain.slice(at, at + 2))) {
      const numeral = clipped(numeralAt(plain, at), marks);
      const previousEnd = figures.at(-1)?.end ?? 0;
      const figure =
        numeral &&
        figureOf(
          { plain, marks, counters, clauseStart: edges.clause, start: Math.max(edges.part, previousEnd) },
          numeral,
        );
      if (figure) figures.push(figure);
      at = Math.max(at + 1, figure?.end ?? numeral?.end ?? 0);
    } else {
      const implied = isOpen && impliedStart.test(character) ? impliedFigure(plain, at, counters) : null;
      if (implied) figures.push(implied);
      at = implied?.end ?? at + 1;
    }
  }
  return insideParts(plain, respectively(plain, joinRanges(plain, figures)));
}

/** 分别30人、40人: what is listed behind the first is said respectively, too, and counted in the last one's word. */
function respectively(plain: string, figures: readonly Figure[]): Figure[] {
  const listed = [...figures];
  for (let at = 0; at < listed.length; at++) {
    const first = listed[at];
    if (first?.role !== "respective") continue;
    let end = at + 1;
    while (end < listed.length && isJoined(plain, listed[end - 1], listed[end])) end++;
    const counter = listed[end - 1]?.counter ?? null;
    for (let i = at; i < end; i++) {
      const figure = listed[i];
      if (figure) listed[i] = { ...figure, counter: figure.counter ?? counter, role: "respective" };
    }
    at = end - 1;
  }
  return listed;
}

function isJoined(plain: string, one: Figure | undefined, next: Figure | undefined): boolean {
  if (!one || !next || (one.counter !== null && one.counter !== next.counter)) return false;
  return /^\s*(?:[、，,]|和|及|与|[、，,]和)\s*$/.test(plain.slice(one.end, next.start));
}

/** 演练3场150人（防汛2场100人）: what stands in brackets behind a figure of its kind is part of it. */
function insideParts(plain: string, figures: readonly Figure[]): Figure[] {
  if (!plain.includes("(")) return [...figures];
  return figures.map((figure) => {
    const open = plain.lastIndexOf("(", figure.start);
    const isInside = open >= 0 && !plain.slice(open, figure.start).includes(")") && figure.role === "plain";
    if (!isInside) return figure;
    const clause = plain.slice(0, open).search(/[^。；;!！?？\n，,、)]*$/);
    const isPart = figures.some((it) => it.start >= clause && it.end <= open && it.counter === figure.counter);
    return isPart ? { ...figure, role: "part", partAt: open } : figure;
  });
}

/** Says how many there were of the row, all told: neither taken back nor of each. */
export function isOwn({ role }: Figure): boolean {
  return role === "plain" || role === "part" || role === "total";
}

/** 百分之九十二点五, for forms that ask for percentages. */
function percentAt(plain: string, at: number): Figure | null {
  if (!plain.startsWith("百分之", at)) return null;
  const numeral = plain.charAt(at + 3) === "百" ? null : numeralAt(plain, at + 3);
  if (numeral === null && plain.charAt(at + 3) !== "百") return null;
  const whole = numeral?.value ?? 100;
  const end = numeral?.end ?? at + 4;
  const decimals = /^点([零〇一二三四五六七八九]+)/.exec(plain.slice(end, end + 8))?.[1] ?? "";
  const digits = [...decimals].map((it) => numeralAt(it, 0)?.value ?? 0).join("");
  const value = Number(`${whole}${digits === "" ? "" : `.${digits}`}`);
  return {
    ...plainFigure,
    start: at,
    end: decimals === "" ? end : end + 1 + decimals.length,
    value,
    counter: "%",
    problem: numeral?.isVague ? "vague" : null,
  };
}

interface Surroundings {
  plain: string;
  marks: Uint8Array;
  counters: Counters;
  clauseStart: number;
  /** End of the figure before, or of the last separator. */
  start: number;
}

function clipped(numeral: Numeral | null, marks: Uint8Array): Numeral | null {
  if (numeral === null) return null;
  for (let i = numeral.start; i < numeral.end; i++) if (marks[i] !== free) return null;
  return numeral;
}

function figureOf(around: Surroundings, numeral: Numeral): Figure | null {
  const { plain, counters } = around;
  const before = plain.slice(Math.max(around.start, numeral.start - 16), numeral.start);
  const clause = plain.slice(Math.max(around.clauseStart, numeral.start - 60), numeral.start);
  const isListed = listedRespectively.test(plain.slice(Math.max(0, numeral.start - 40), numeral.start));
  const { end: numberEnd, isSoft } = widened(plain, numeral, counters, isListed);
  const headed = headings.find(([it]) => it.test(before))?.[1] ?? null;
  const behind = counterAt(plain, numberEnd, counters);
  // 场次2 人次80: what stands behind the number is the next one's heading
  const counter = behind && headed && headsNext.test(plain.slice(behind.end, behind.end + 6)) ? null : behind;
  const heading = counter ? null : headed;
  if (!counter && !isCountAlone(plain, numeral, { before, hasHeading: heading !== null, end: numberEnd })) return null;

  const counterEnd = counter?.end ?? numberEnd;
  const after = plain.slice(counterEnd, counterEnd + 8);
  const isHalf = /^\s*半(?![天个小月年])/.test(after);
  const trailing = isHalf ? "半" : (softAfterCounter.exec(after)?.[0] ?? "");
  const isVague =
    numeral.isVague ||
    isSoft ||
    (trailing !== "" && !isHalf) ||
    hesitantBefore.test(before) ||
    (counter !== null && spacedThousands.test(plain.slice(Math.max(0, numeral.start - 5), numeral.end))) ||
    differenceBefore.test(before) ||
    hesitates(around, numeral);
  const isNegative = /负\s*$/.test(before) || isMinus(plain, numeral.start);
  const value = numeral.value + (isHalf ? 0.5 : 0);
  const part = partBefore.exec(clause);
  return {
    start: isNegative ? numeral.start - 1 : numeral.start,
    end: counterEnd + trailing.length,
    value,
    beforeWan: isHalf ? null : numeral.beforeWan,
    hasWan: numeral.hasWan,
    counter: counter ? (isOfPeople(counter.word, before, after) ? "人" : counters.canonical(counter.word)) : heading,
    problem: isNegative ? "negative" : isVague ? "vague" : Number.isInteger(value) ? null : "fraction",
    role: roleOf(before, plain.slice(counterEnd, counterEnd + 8), part !== null),
    partAt: part ? numeral.start - clause.length + part.index : -1,
    isMisheard: counter !== null && counters.isMisheard(counter.word),
    hasWideComma: numeral.hasWideComma,
    isOfSomething: counter !== null && /^\s*[一-龥]/.test(after) && !/^\s*[参到来观的共和及与]/.test(after),
  };
}

function isOfPeople(word: string, before: string, after: string): boolean {
  return word === "个" && (personNoun.test(after) || personHeading.test(before));
}

/** The number with what makes it a range or a rough one: `5-6`, `两到三`, `120多`. */
function widened(
  plain: string,
  numeral: Numeral,
  counters: Counters,
  isListed: boolean,
): { end: number; isSoft: boolean } {
  const dash = (isListed ? /^\s*(?:-|~|至|到|或)\s*/ : /^\s*(?:-|~|至|到|或|、|\/)\s*/).exec(
    plain.slice(numeral.end, numeral.end + 4),
  );
  const upper = dash && numeralAt(plain, numeral.end + dash[0].length);
  const isRange =
    upper !== null && (counterAt(plain, upper.end, counters) !== null || /^\s*[-~]/.test(dash?.[0] ?? ""));
  const end = upper !== null && isRange ? upper.end : numeral.end;
  const rest = plain.slice(end, end + 8);
  const soft = softTail.exec(rest)?.[0];
  if (soft !== undefined) {
    const isBeforeCounter = counterAt(plain, end + soft.length, counters) !== null;
    if (isBeforeCounter || /^\s*(?:$|[^一-龥])/.test(rest.slice(soft.length)))
      return { end: end + soft.length, isSoft: true };
  }
  return { end, isSoft: isRange };
}

/** 大概 makes every number after it in its clause rough, unless a time or a date takes it up (大概三点). */
function hesitates({ plain, marks, clauseStart }: Surroundings, numeral: Numeral): boolean {
  const clause = plain.slice(clauseStart, numeral.start);
  for (const word of clause.matchAll(hesitantWords)) {
    const after = clauseStart + word.index + word[0].length;
    const next = /^[是在有于\s]*/.exec(plain.slice(after, after + 4))?.[0].length ?? 0;
    if (marks[after + next] === free || after + next >= numeral.start) return true;
  }
  return false;
}

function counterAt(plain: string, at: number, { pattern }: Counters): { word: string; end: number } | null {
  const spaces = /^ */.exec(plain.slice(at, at + 4))?.[0].length ?? 0;
  pattern.lastIndex = at + spaces;
  const word = pattern.exec(plain)?.[0];
  // 2 人数 is no count of persons but the heading of the next figure
  const isHeading = word !== undefined && plain.charAt(at + spaces + word.length) === "数";
  return word === undefined || isHeading ? null : { word, end: at + spaces + word.length };
}

/** A minus directly before the number; between numbers or after a day it is a dash. */
function isMinus(plain: string, start: number): boolean {
  return plain.charAt(start - 1) === "-" && !/[\d日号月a-z]/.test(plain.charAt(start - 2));
}

/** Without a counting word a number counts only by its heading (人数80) or before an edge or a space. */
function isCountAlone(
  plain: string,
  numeral: Numeral,
  { before, hasHeading, end }: { before: string; hasHeading: boolean; end: number },
): boolean {
  if (hasHeading) return true;
  const length = numeral.end - numeral.start;
  const isAtEdge = /^(?:\s|$|[吧呢哦啊]?\s*(?:$|[，,。；;、)!?]))/.test(plain.slice(end, end + 3));
  // Eight digits without a word are rather a telephone number
  if (!isAtEdge || (length > 7 && !numeral.isChinese && !/[,，]/.test(plain.slice(numeral.start, numeral.end))))
    return false;
  return !numeral.isChinese || length > 1 || /(?:^|[\s:是为])$/.test(before);
}

function roleOf(before: string, after: string, isPart: boolean): Role {
  if (withdrawnAfter.test(after)) return "withdrawn";
  if (deniedBefore.test(before) || replacedAfter.test(after)) return "denied";
  if (eachBefore.test(before)) return "each";
  if (apieceBefore.test(before)) return "apiece";
  if (respectiveBefore.test(before)) return "respective";
  if (isPart) return "part";
  return totalBefore.test(before) ? "total" : "plain";
}

const impliedStart = /[个场次期堂一大多若许不好半]/;
const plainFigure = {
  beforeWan: null,
  hasWan: false,
  role: "plain",
  isMisheard: false,
  hasWideComma: false,
  isOfSomething: false,
  partAt: -1,
} as const;
const someOf = /(?:一半|大半|多数|若干|许多|不少|一批|好多|多|半)/y;

/** Counts without a number: 搞了场演练 is one, 半场 a half, 多次 nobody knows. */
function impliedFigure(plain: string, at: number, counters: Counters): Figure | null {
  const base = { ...plainFigure, start: at };
  if (/[了过]/.test(plain.charAt(at - 1))) {
    const one = /^(?:个)?(场|次|期|堂)(?![次数地馆景面合所站外内])/.exec(plain.slice(at, at + 4));
    if (one) return { ...base, end: at + one[0].length, value: 1, counter: one[1] ?? null, problem: null };
  }
  someOf.lastIndex = at;
  const some = someOf.exec(plain)?.[0];
  if (some === undefined) return null;
  const counter = counterAt(plain, at + some.length, counters);
  if (some === "多" && /[很许众更诸]/.test(plain.charAt(at - 1))) return null;
  if (some !== "一半" && some !== "大半" && !counter) return null;
  return {
    ...base,
    end: counter?.end ?? at + some.length,
    value: some === "半" ? 0.5 : Number.NaN,
    counter: counter ? counters.canonical(counter.word) : null,
    problem: some === "半" ? "fraction" : "vague",
  };
}

/** `3场至5场`, `三场五场`: two figures of one kind with nothing but a dash between are one range. */
function joinRanges(plain: string, figures: Figure[]): Figure[] {
  const joined: Figure[] = [];
  for (const figure of figures) {
    const last = joined.at(-1);
    const isRange =
      last !== undefined &&
      last.counter === figure.counter &&
      figure.counter !== null &&
      /^\s*(?:-|~|至|到|或者?)\s*$/.test(plain.slice(last.end, figure.start));
    if (isRange) joined[joined.length - 1] = { ...last, end: figure.end, problem: "vague" };
    else joined.push(figure);
  }
  return joined;
}
