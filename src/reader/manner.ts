import type { EntryMode } from "../campaign/entry.ts";
import type { Clause } from "./clauses.ts";
import type { Group } from "./group.ts";
import {
  addWords,
  earlierReport,
  fixWords,
  newlyReported,
  planned,
  prepared,
  setForAll,
  setInWalk,
  setWords,
  slip,
} from "./words.ts";

/** How the words around a group mean it. */
export interface Meaning {
  mode: EntryMode;
  isModeStated: boolean;
  isPlanned: boolean;
}

/** Where the words that reach beyond their own clause first stand, found once a message. */
export interface Reach {
  plain: string;
  isWalk: boolean;
  mayPlan: boolean;
  setFrom: number;
  fixFrom: number;
  fixTo: number;
  figuresFrom: number;
}

const never = Number.POSITIVE_INFINITY;

export function reachOf(plain: string, clauses: readonly Clause[], isWalk: boolean): Reach {
  const fixFrom = placeOf(fixWords, plain);
  const next =
    fixFrom === never
      ? undefined
      : clauses.find((it) => it.start > fixFrom && newlyReported.test(plain.slice(it.start, it.end)));
  return {
    plain,
    isWalk,
    mayPlan: planned.test(plain),
    setFrom: Math.max(placeOf(setForAll, plain), placeOf(setWords, plain)),
    fixFrom,
    fixTo: next?.start ?? never,
    figuresFrom: clauses.find((it) => it.figures.length > 0)?.figures[0]?.start ?? never,
  };
}

function placeOf(pattern: RegExp, plain: string): number {
  const at = plain.search(pattern);
  return at < 0 ? never : at;
}

/** Whether the words make it a total so far, a correction, or one more event (the default). */
export function meaningOf(group: Group, reach: Reach): Meaning {
  const { plain, isWalk, mayPlan, setFrom, fixFrom, fixTo, figuresFrom } = reach;
  const start = group.zones[0]?.start ?? group.clauses[0]?.start ?? 0;
  const end = group.clauses.at(-1)?.end ?? plain.length;
  const own = group.clauses.map((it) => plain.slice(it.start, it.end)).join("，");
  const isCorrected = group.figures.some((it) => it.isCorrection || it.figure.role === "withdrawn");
  const isDenied = group.figures.some((it) => it.figure.role === "denied");
  const isPlanned =
    mayPlan &&
    planned.test(own) &&
    !/[了已过]|实际|实到/.test(own.replace(/过程|除了|过[几两]天/g, "").replace(prepared, ""));
  if (isWalk && setInWalk.test(own)) return { mode: "set", isModeStated: true, isPlanned };
  // 不对 and 更正 reach what follows them, unless figures of the same message stand before them
  const isFixReached = fixFrom < end && start < fixTo && figuresFrom >= Math.min(start, fixFrom);
  if (isDenied || (isCorrected ? earlierReport.test(plain.replace(slip, "")) : isFixReached))
    return { mode: "fix", isModeStated: true, isPlanned };
  if (setWords.test(own) || setFrom < end) return { mode: "set", isModeStated: true, isPlanned };
  return { mode: "add", isModeStated: addWords.test(own), isPlanned };
}
