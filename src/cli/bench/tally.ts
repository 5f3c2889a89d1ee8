import type { Score } from "./score.ts";

/** So many of so many lines. */
export interface Share {
  count: number;
  of: number;
  /** `null`: of none. */
  percent: number | null;
}
export interface Tally {
  lines: number;
  silentMisreads: Share;
  /** Those of the silent misreads where row or number is wrong, not only the day or what is to be done with the figure. */
  wrongFigures: Share;
  needlessQuestions: Share;
  /** Of the lines that ought to ask. */
  missedQuestions: Share;
  /** Of the lines that leave nothing to ask or reject. */
  clearTakenWhole: Share;
  exact: Share;
}

/** Counts lines, not figures: a line with two misreads is one line that somebody must put right. */
export function tally(scores: readonly Score[]): Tally {
  const share = (of: readonly Score[], isCounted: (it: Score) => boolean): Share => {
    const count = of.filter(isCounted).length;
    return { count, of: of.length, percent: of.length === 0 ? null : Math.round((count / of.length) * 10_000) / 100 };
  };
  const isWrongFigure = (it: Score) => it.silentMisreads.some(({ part }) => part === "row" || part === "number");
  return {
    lines: scores.length,
    silentMisreads: share(scores, (it) => it.silentMisreads.length > 0),
    wrongFigures: share(scores, isWrongFigure),
    needlessQuestions: share(scores, (it) => it.needlessQuestions.length > 0),
    missedQuestions: share(
      scores.filter((it) => it.hasQuestions),
      (it) => it.missedQuestions.length > 0,
    ),
    clearTakenWhole: share(
      scores.filter((it) => it.isClear),
      (it) => it.isExact,
    ),
    exact: share(scores, (it) => it.isExact),
  };
}
