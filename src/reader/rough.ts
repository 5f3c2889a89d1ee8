import { type Counters, counterAt } from "./counters.ts";
import {
  differenceBefore,
  exceptBefore,
  grownFrom,
  grownTo,
  growsBehind,
  hesitantBefore,
  hesitantWords,
  listedRespectively,
  mayWiden,
  queriedAfter,
  signBefore,
  softTail,
  spacedThousands,
} from "./figure-words.ts";
import { matchesOf } from "./matches.ts";
import { free, spanOfMatch } from "./noise.ts";
import { type Numeral, numeralAt } from "./numeral.ts";
import type { Span } from "./span.ts";

/** What stands around the numbers of a message. */
export interface Surroundings {
  plain: string;
  marks: Uint8Array;
  counters: Counters;
  clauseStart: number;
  /** End of the figure before, or of the last separator. */
  start: number;
  hesitations: readonly Hesitation[];
  /** Whether the message has words without which no figure of it can be such a one. */
  mayHave: { lists: boolean; parts: boolean; growth: boolean; queries: boolean };
}

export function surroundingsOf(plain: string, marks: Uint8Array, counters: Counters): Surroundings {
  const mayHave = {
    lists: /分别|依次/.test(plain),
    parts: /[其含包里当已]/.test(plain),
    growth: /[增提上减降升]/.test(plain),
    queries: /[?？]/.test(plain),
  };
  return { plain, marks, counters, clauseStart: 0, start: 0, hesitations: hesitationsOf(plain), mayHave };
}

const rangeMark = /^\s*(?:-|~|至|到|或)\s*/;
/** 1，2万: a point that was heard or typed as a comma, or two numbers. */
const rangeOrListMark = /^\s*(?:-|~|至|到|或|、|\/|[,，](?=\d{1,2}[万千百]))\s*/;

/** The number with what makes it a range or a rough one: `5-6`, `两到三`, `120多`. */
export function widened(
  { plain, counters, mayHave }: Surroundings,
  numeral: Numeral,
): { end: number; isSoft: boolean } {
  if (!mayWiden(plain.charCodeAt(numeral.end))) return { end: numeral.end, isSoft: false };
  const isListed =
    mayHave.lists && listedRespectively.test(plain.slice(Math.max(0, numeral.start - 40), numeral.start));
  const dash = (isListed ? rangeMark : rangeOrListMark).exec(plain.slice(numeral.end, numeral.end + 4));
  const upper = dash && numeralAt(plain, numeral.end + dash[0].length);
  const isRange =
    upper !== null &&
    (counterAt(plain, upper.end, counters) !== null ||
      /^\s*[-~,，]/.test(dash?.[0] ?? "") ||
      // 人数五十到六十, and nothing behind it
      (/[至到或]/.test(dash?.[0] ?? "") && /^\s*(?:$|[，,。；;、)\n])/.test(plain.slice(upper.end, upper.end + 3))));
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
    const { start, end } = spanOfMatch(word);
    const between = /^[是在有于\s]*/.exec(plain.slice(end, end + 4))?.[0].length ?? 0;
    return { start, end, next: end + between };
  });
}

/** 2场50人?: whoever says it asks. */
export function isQueried({ plain, mayHave }: Surroundings, end: number): boolean {
  return mayHave.queries && queriedAfter.test(plain.slice(end, end + 16));
}

/** 从3场增加到5场: how many were new nobody said. */
export function hasGrown({ plain, clauseStart, mayHave }: Surroundings, { start }: Numeral, end: number): boolean {
  if (!mayHave.growth) return false;
  const before = plain.slice(Math.max(clauseStart, start - 16), start);
  return grownTo.test(before) || (grownFrom.test(before) && growsBehind.test(plain.slice(end, end + 20)));
}

/** `1 250人` may be 1,250 of them, or 250 behind another figure. */
export function isSpaced(plain: string, { start, end }: Numeral): boolean {
  return end - start === 3 && spacedThousands.test(plain.slice(Math.max(0, start - 5), end));
}

const roughBefore = [hesitantBefore, differenceBefore, signBefore, exceptBefore];

/** Nobody could sign for the number: of itself (几十), or for the words before it (大概, 少报了). */
export function isRough(around: Surroundings, numeral: Numeral, before: string): boolean {
  if (numeral.isVague || hesitates(around, numeral)) return true;
  return before !== "" && roughBefore.some((it) => it.test(before));
}
