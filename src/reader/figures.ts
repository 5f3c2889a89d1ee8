import { characterSet } from "./characters.ts";
import { type Counters, counterAt } from "./counters.ts";
import type { Figure, Role } from "./figure.ts";
import { besideEachOther } from "./figure-lists.ts";
import {
  apieceBefore,
  deniedBefore,
  eachBefore,
  headingOfError,
  headings,
  headsNext,
  mayEndBefore,
  mayTellAfter,
  mayTellBefore,
  oursBefore,
  partBefore,
  personHeading,
  personNoun,
  replacedAfter,
  respectiveBefore,
  signAfter,
  softAfterCounter,
  totalAfter,
  totalBefore,
  withdrawnAfter,
} from "./figure-words.ts";
import { impliedFigure, percentAt, startsImplied } from "./implied.ts";
import { free } from "./noise.ts";
import { type Numeral, numeralAt, startsNumeral } from "./numeral.ts";
import { hasGrown, isQueried, isRough, isSpaced, type Surroundings, surroundingsOf, widened } from "./rough.ts";
import { isChinese } from "./text.ts";
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
  const ending = mayEndBefore(before) ? before : "";
  const { end: numberEnd, isSoft } = widened(around, numeral);
  const headed = ending === "" ? null : headingBefore(around, numeral, before);
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
    (isToldAfter && signAfter.test(plain.slice(counterEnd, counterEnd + 20))) ||
    isQueried(around, counterEnd) ||
    hasGrown(around, numeral, counterEnd) ||
    isRough(around, numeral, ending);
  const isNegative = /负\s*$/.test(ending) || isMinus(plain, numeral.start);
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
    role: roleOf({ ending, before, after: isToldAfter ? after : "" }, partAt >= 0),
    partAt,
    isMisheard: counter !== null && counters.isMisheard(counter.word),
    hasWideComma: numeral.hasWideComma,
    isOfSomething: counter !== null && hasNounAhead(after),
    isOurs: oursBefore.test(before),
  };
}

/** Where 其中 stands before a number in its clause; -1 where it does not. */
function partStart({ plain, clauseStart, mayHave }: Surroundings, numeral: Numeral): number {
  if (!mayHave.parts) return -1;
  const from = Math.max(clauseStart, numeral.start - 60);
  const part = partBefore.exec(plain.slice(from, numeral.start));
  return part ? from + part.index : -1;
}

/** What the words before a number count (人次80). */
function headingBefore({ plain }: Surroundings, { start }: Numeral, before: string): string | null {
  const heading = headings.find(([it]) => it.test(before));
  if (heading) return heading[1];
  const wrong = headingOfError.exec(plain.slice(Math.max(0, start - 24), start))?.[1];
  return wrong === undefined ? null : wrong.startsWith("人") ? "人" : "场";
}

function hasNounAhead(after: string): boolean {
  const code = after.trimStart().charCodeAt(0);
  return isChinese(code) && !goesOn(code);
}

/** How a sentence goes on behind a figure that is of no noun. */
const goesOn = characterSet("参到来观的共和及与");

function isOfPeople(word: string, before: string, after: string): boolean {
  return word === "个" && (personNoun.test(after) || personHeading.test(before));
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

/** @param ending what stands before, where it may end in a word that takes the number up; `after` likewise, else "" */
function roleOf({ ending, before, after }: { ending: string; before: string; after: string }, isPart: boolean): Role {
  if (after !== "" && withdrawnAfter.test(after)) return "withdrawn";
  if ((ending !== "" && deniedBefore.test(ending)) || (after !== "" && replacedAfter.test(after))) return "denied";
  const isTold = mayTellBefore(before);
  if (isTold && eachBefore.test(before)) return "each";
  if (isTold && apieceBefore.test(before)) return "apiece";
  if (isTold && respectiveBefore.test(before)) return "respective";
  if (isPart) return "part";
  const isTotal = (isTold && totalBefore.test(before)) || (after !== "" && totalAfter.test(after));
  return isTotal ? "total" : "plain";
}
