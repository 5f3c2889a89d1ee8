import type { EntryMode } from "../campaign/entry.ts";
import type { Clause } from "./clauses.ts";
import type { Group } from "./groups.ts";
import { addWords, earlierReport, fixWords, planned, setForAll, setInWalk, setWords } from "./words.ts";

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
  setFrom: number;
  fixFrom: number;
  figuresFrom: number;
}

const never = Number.POSITIVE_INFINITY;

export function reachOf(plain: string, clauses: readonly Clause[], isWalk: boolean): Reach {
  const first = (is: (clause: Clause) => boolean) => clauses.find(is)?.start ?? never;
  const at = (pattern: RegExp) => (plain.search(pattern) < 0 ? never : plain.search(pattern));
  return {
    plain,
    isWalk,
    setFrom: Math.max(at(setForAll), at(setWords)),
    fixFrom: first((it) => fixWords.test(plain.slice(it.start, it.end))),
    figuresFrom: first((it) => it.figures.length > 0),
  };
}

/** Whether the words make it a total so far, a correction, or one more event (the default). */
export function meaningOf(group: Group, { plain, isWalk, setFrom, fixFrom, figuresFrom }: Reach): Meaning {
  const start = group.clauses[0]?.start ?? 0;
  const end = group.clauses.at(-1)?.end ?? plain.length;
  const own = group.clauses.map((it) => plain.slice(it.start, it.end)).join("，");
  const isCorrected = group.figures.some((it) => it.isCorrection || it.figure.role === "withdrawn");
  const isDenied = group.figures.some((it) => it.figure.role === "denied");
  const isPlanned = planned.test(own) && !/[了已过]/.test(own.replace(/过程|除了/g, ""));
  const mode = (it: EntryMode, isModeStated: boolean): Meaning => ({ mode: it, isModeStated, isPlanned });

  if (isWalk && setInWalk.test(own)) return mode("set", true);
  // 不对 and 更正 reach what follows them, unless figures of the same message stand before them
  const isFixReached = fixFrom < end && figuresFrom >= Math.min(start, fixFrom);
  if (isDenied || (isCorrected ? earlierReport.test(plain) : isFixReached)) return mode("fix", true);
  if (setWords.test(own) || setFrom < end) return mode("set", true);
  return mode("add", addWords.test(own));
}
