import type { Figure } from "./figure.ts";
import { dated, noise } from "./noise.ts";
import { isSkippedInNames } from "./text.ts";
import { isHardEdge, isSoftEdge } from "./words.ts";

/** The characters that can be part of a row's name, each with its place in the text; edges are kept as `\n`. */
export interface Letters {
  text: string;
  at: number[];
  /** Figures before each letter: a name may have one figure inside it (发现8个隐患). */
  figuresBefore: number[];
}

export function lettersOf(plain: string, marks: Uint8Array, figures: readonly Figure[]): Letters {
  const letters: Letters = { text: "", at: [], figuresBefore: [] };
  let next = 0;
  for (let i = 0; i < plain.length; i++) {
    while (next < figures.length && (figures[next]?.end ?? 0) <= i) next++;
    const figure = figures[next];
    if (figure && i >= figure.start && i < figure.end) continue;
    if (marks[i] === noise || marks[i] === dated) continue;
    const code = plain.charCodeAt(i);
    const isEdge = isNameEdge(code);
    if (!isEdge && isSkippedInNames(code)) continue;
    letters.text += isEdge ? "\n" : plain.charAt(i);
    letters.at.push(i);
    letters.figuresBefore.push(next);
  }
  return letters;
}

/** `、` is no edge: names are listed with it. */
function isNameEdge(code: number): boolean {
  return isHardEdge(code) || (isSoftEdge(code) && code !== listComma);
}

const listComma = "、".charCodeAt(0);

/** Index of the first letter at or behind a place in the text. */
export function letterAt({ at }: Letters, place: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function lettersBetween(letters: Letters, start: number, end: number): string {
  return letters.text.slice(letterAt(letters, start), letterAt(letters, end));
}
