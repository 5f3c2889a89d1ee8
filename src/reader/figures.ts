import { type Counters, counterAt } from "./counters.ts";
import type { Figure, Role } from "./figure.ts";
import { besideEachOther } from "./figure-lists.ts";
import {
  apieceBefore,
  deniedBefore,
  differenceBefore,
  eachBefore,
  exceptBefore,
  grownFrom,
  grownTo,
  growsBehind,
  headings,
  headsNext,
  hesitantBefore,
  hesitantWords,
  listedRespectively,
  mayTellAfter,
  mayTellBefore,
  mayWiden,
  partBefore,
  personHeading,
  personNoun,
  replacedAfter,
  respectiveBefore,
  signAfter,
  signBefore,
  softAfterCounter,
  softTail,
  spacedThousands,
  totalAfter,
  totalBefore,
  withdrawnAfter,
} from "./figure-words.ts";
import { impliedFigure, percentAt, startsImplied } from "./implied.ts";
import { matchesOf } from "./matches.ts";
import { free, spanOfMatch } from "./noise.ts";
import { type Numeral, numeralAt, startsNumeral } from "./numeral.ts";
import type { Span } from "./outcome.ts";
import { isHardEdge, isSoftEdge } from "./words.ts";

/** All figures outside marked spans, in order. */
export function findFigures(plain: string, marks: Uint8Array, counters: Counters): Figure[] {
  const figures: Figure[] = [];
  const around = surroundingsOf(plain, marks, counters);
  for (let at = 0; at < plain.length; ) {
    const code = plain.charCodeAt(at);
    if (isHardEdge(code) || isSoftEdge(code)) {
      around.start = at + 1;
      if (plain.charAt(at) !== "、") around.clauseStart = at + 1;
    }
    const mayStart = marks[at] === free && (startsNumeral(code) || startsImplied(code));
    const { figure, end } = mayStart ? figureAt(around, at) : none;
    if (figure) {
      figures.push(figure);
      around.start = figure.end;
    }
    at = Math.max(at + 1, end);
  }
  return besideEachOther(plain, figures);
}

interface Surroundings {
  plain: string;
  marks: Uint8Array;
  counters: Counters;
  clauseStart: number;
  /** End of the figure before, or of the last separator. */
  start: number;
  hesitations: readonly Hesitation[];
  /** Whether the message has words without which no figure of it can be such a one. */
  mayHave: { lists: boolean; parts: boolean; growth: boolean };
}

function surroundingsOf(plain: string, marks: Uint8Array, counters: Counters): Surroundings {
  const mayHave = {
    lists: /分别|依次/.test(plain),
    parts: /[其含包里当已]/.test(plain),
    growth: /[增提上减降升]/.test(plain),
  };
  return { plain, marks, counters, clauseStart: 0, start: 0, hesitations: hesitationsOf(plain), mayHave };
}

const none = { figure: null, end: 0 };

/** What counts at a place, and where to read on: a number that counts nothing is passed over whole. */
function figureAt(around: Surroundings, at: number): { figure: Figure | null; end: number } {
  const { plain, marks, counters } = around;
  const percent = percentAt(plain, at);
  if (percent) return { figure: percent, end: percent.end };
  const code = plain.charCodeAt(at);
  if (startsNumeral(code) && !plain.startsWith("一半", at)) {
    const numeral = numeralAt(plain, at);
    if (numeral === null || !isFree(numeral, marks)) return none;
    const figure = figureOf(around, numeral);
    return { figure, end: figure?.end ?? numeral.end };
  }
  const implied = startsImplied(code) ? impliedFigure(plain, at, counters) : null;
  return implied ? { figure: implied, end: implied.end } : none;
}

function isFree({ start, end }: Numeral, marks: Uint8Array): boolean {
  for (let i = start; i < end; i++) if (marks[i] !== free) return false;
  return true;
}

function figureOf(around: Surroundings, numeral: Numeral): Figure | null {
  const { plain, counters } = around;
  const before = plain.slice(Math.max(around.start, numeral.start - 16), numeral.start);
  const isTold = mayTellBefore(before);
  const { end: numberEnd, isSoft } = widened(around, numeral);
  const headed = isTold ? (headings.find(([it]) => it.test(before))?.[1] ?? null) : null;
  const behind = counterAt(plain, numberEnd, counters);
  // 场次2 人次80: what stands behind the number is the next one's heading
  const counter = behind && headed && headsNext.test(plain.slice(behind.end, behind.end + 6)) ? null : behind;
  const heading = counter ? null : headed;
  if (!counter && !isCountAlone(plain, numeral, { before, hasHeading: heading !== null, end: numberEnd })) return null;

  const counterEnd = counter?.end ?? numberEnd;
  const after = plain.slice(counterEnd, counterEnd + 8);
  const isToldAfter = mayTellAfter(after);
  const isHalf = isToldAfter && /^\s*半(?![天个小月年])/.test(after);
  const softEnd = isHalf || !isToldAfter ? "" : (softAfterCounter.exec(after)?.[0] ?? "");
  const isVague =
    isSoft ||
    softEnd !== "" ||
    (counter !== null && isSpaced(plain, numeral)) ||
    isReckoned(around, numeral, counterEnd) ||
    isRough(around, numeral, isTold ? before : "");
  const isNegative = (isTold && /负\s*$/.test(before)) || isMinus(plain, numeral.start);
  const value = numeral.value + (isHalf ? 0.5 : 0);
  const partAt = partStart(around, numeral);
  return {
    start: isNegative ? numeral.start - 1 : numeral.start,
    end: counterEnd + (isHalf ? 1 : softEnd.length),
    value,
    beforeWan: isHalf ? null : numeral.beforeWan,
    hasWan: numeral.hasWan,
    counter: counter ? (isOfPeople(counter.word, before, after) ? "人" : counters.canonical(counter.word)) : heading,
    problem: isNegative ? "negative" : isVague ? "vague" : Number.isInteger(value) ? null : "fraction",
    role: roleOf(isTold ? before : "", isToldAfter ? after : "", partAt >= 0),
    partAt,
    isMisheard: counter !== null && counters.isMisheard(counter.word),
    hasWideComma: numeral.hasWideComma,
    isOfSomething: counter !== null && /^\s*[一-龥]/.test(after) && !/^\s*[参到来观的共和及与]/.test(after),
  };
}

/** A number to be reckoned with others (20+30人, 从3场增加到5场): which of them is meant nobody said. */
function isReckoned({ plain, clauseStart, mayHave }: Surroundings, { start }: Numeral, end: number): boolean {
  const after = plain.slice(end, end + 20);
  if (signAfter.test(after)) return true;
  if (!mayHave.growth) return false;
  const before = plain.slice(Math.max(clauseStart, start - 16), start);
  return grownTo.test(before) || (grownFrom.test(before) && growsBehind.test(after));
}

/** `1 250人` may be 1,250 of them, or 250 behind another figure. */
function isSpaced(plain: string, { start, end }: Numeral): boolean {
  return end - start === 3 && spacedThousands.test(plain.slice(Math.max(0, start - 5), end));
}

/** Where 其中 stands before a number in its clause; -1 where it does not. */
function partStart({ plain, clauseStart, mayHave }: Surroundings, numeral: Numeral): number {
  if (!mayHave.parts) return -1;
  const from = Math.max(clauseStart, numeral.start - 60);
  const part = partBefore.exec(plain.slice(from, numeral.start));
  return part ? from + part.index : -1;
}

const roughBefore = [hesitantBefore, differenceBefore, signBefore, exceptBefore];

/** Nobody could sign for the number: of itself (几十), or for the words before it (大概, 少报了). */
function isRough(around: Surroundings, numeral: Numeral, before: string): boolean {
  if (numeral.isVague || hesitates(around, numeral)) return true;
  return before !== "" && roughBefore.some((it) => it.test(before));
}

function isOfPeople(word: string, before: string, after: string): boolean {
  return word === "个" && (personNoun.test(after) || personHeading.test(before));
}

/** The number with what makes it a range or a rough one: `5-6`, `两到三`, `120多`. */
function widened({ plain, counters, mayHave }: Surroundings, numeral: Numeral): { end: number; isSoft: boolean } {
  if (!mayWiden(plain.charCodeAt(numeral.end))) return { end: numeral.end, isSoft: false };
  const isListed =
    mayHave.lists && listedRespectively.test(plain.slice(Math.max(0, numeral.start - 40), numeral.start));
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
function hesitates({ marks, clauseStart, hesitations }: Surroundings, numeral: Numeral): boolean {
  return hesitations.some(
    ({ start, end, next }) =>
      start >= clauseStart && end <= numeral.start && (marks[next] === free || next >= numeral.start),
  );
}

/** A word of hesitation, and where what it makes rough begins. */
interface Hesitation extends Span {
  next: number;
}

function hesitationsOf(plain: string): Hesitation[] {
  return matchesOf(hesitantWords, plain).map((word) => {
    const span = spanOfMatch(word);
    const between = /^[是在有于\s]*/.exec(plain.slice(span.end, span.end + 4))?.[0].length ?? 0;
    return { ...span, next: span.end + between };
  });
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
  if (after !== "" && withdrawnAfter.test(after)) return "withdrawn";
  if (deniedBefore.test(before) || (after !== "" && replacedAfter.test(after))) return "denied";
  if (eachBefore.test(before)) return "each";
  if (apieceBefore.test(before)) return "apiece";
  if (respectiveBefore.test(before)) return "respective";
  if (isPart) return "part";
  return totalBefore.test(before) || (after !== "" && totalAfter.test(after)) ? "total" : "plain";
}
