import { appliesTo, type Row } from "../campaign/row.ts";
import { canCount } from "./counters.ts";
import type { Figure } from "./figure.ts";
import { dated, noise } from "./noise.ts";
import { type Compiled, ownTargets, pairsOf, type Target } from "./phrases.ts";
import { skippedInNames } from "./text.ts";
import { hardEdge } from "./words.ts";

/** A place in the text that names one or several rows. */
export interface Hit {
  start: number;
  end: number;
  targets: readonly Target[];
  /** Only near to a name of the row (a typo), or the name of another thing is made of it: never sure. */
  isDoubtful: boolean;
  /** Characters of the name itself, without a figure inside it. */
  length: number;
}

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
    const character = plain.charAt(i);
    if (skippedInNames.test(character)) continue;
    letters.text += /[，,]/.test(character) || hardEdge.test(character) ? "\n" : character;
    letters.at.push(i);
    letters.figuresBefore.push(next);
  }
  return letters;
}

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

export function findHits(
  letters: Letters,
  { compiled, fields, figures }: { compiled: Compiled; fields: readonly string[]; figures: readonly Figure[] },
): Hit[] {
  const applicable = (phrase: { targets: readonly Target[] }) =>
    phrase.targets.filter((it) => appliesTo(it.row.indicator, fields));
  const hits: Hit[] = [...scatteredHits(letters, compiled, applicable)];
  for (let from = 0; from < letters.text.length; from++) {
    let node = compiled.root;
    let longest: { end: number; targets: readonly Target[] } | null = null;
    for (let to = from; to < letters.text.length; to++) {
      const next = node.next.get(letters.text.charAt(to));
      if (!next || (letters.figuresBefore[to] ?? 0) - (letters.figuresBefore[from] ?? 0) > 1) break;
      node = next;
      if (node.phrase === null) continue;
      const own = ownTargets(node.phrase, fields);
      const inside = own.length === 0 ? null : insideFigure(letters, figures, from, to);
      const targets = inside === null ? own : own.filter((it) => canHold(it, inside));
      if (targets.length > 0) longest = { end: to, targets };
    }
    if (longest) hits.push(hitOf(letters, from, longest.end, longest.targets));
  }
  return longestOnly(hits);
}

function insideFigure(letters: Letters, figures: readonly Figure[], from: number, to: number): Figure | null {
  const first = letters.figuresBefore[from] ?? 0;
  return (letters.figuresBefore[to] ?? 0) > first ? (figures[first] ?? null) : null;
}

/** 发现8个隐患 holds a count of the row; 走进5个社区 does not say 进社区. */
function canHold({ row }: Target, { counter }: Figure): boolean {
  return counter === null || row.indicator.measures.some((it) => canCount(it, counter));
}

export function hitOf(letters: Letters, from: number, to: number, targets: readonly Target[], isDoubtful = false): Hit {
  return { start: letters.at[from] ?? 0, end: (letters.at[to] ?? 0) + 1, targets, isDoubtful, length: to - from + 1 };
}

/** Parts of one alias in one clause, in any order, not far from each other. */
function scatteredHits(
  letters: Letters,
  { scattered }: Compiled,
  applicable: (phrase: { targets: readonly Target[] }) => Target[],
): Hit[] {
  const hits: Hit[] = [];
  if (scattered.length === 0) return hits;
  let offset = 0;
  for (const clause of letters.text.split("\n")) {
    for (const phrase of clause.length < 4 ? [] : scattered) {
      const places = phrase.parts.map((it) => clause.indexOf(it));
      if (places.some((it) => it < 0)) continue;
      const targets = applicable(phrase);
      const first = Math.min(...places);
      const last = Math.max(...places.map((it, i) => it + (phrase.parts[i]?.length ?? 0) - 1));
      const length = phrase.parts.reduce((sum, it) => sum + it.length, 0);
      const crossed = (letters.figuresBefore[offset + last] ?? 0) - (letters.figuresBefore[offset + first] ?? 0);
      if (targets.length > 0 && last - first + 1 - length <= 12 && crossed < 2) {
        hits.push(hitOf(letters, offset + first, offset + last, targets));
      }
    }
    offset += clause.length + 1;
  }
  return hits;
}

/**
 * A counting word that only one row has (座次, 户) names that row, if the words before it are the row's too
 * (检查12座次).
 */
export function findUnitHits(
  letters: Letters,
  {
    figures,
    hits,
    compiled,
    fields,
  }: { figures: readonly Figure[]; hits: readonly Hit[]; compiled: Compiled; fields: readonly string[] },
): Hit[] {
  const found: Hit[] = [];
  for (const [index, { counter, start }] of figures.entries()) {
    if (counter === null) continue;
    const rows = (compiled.rowsByCounter.get(counter) ?? []).filter((it) => appliesTo(it.indicator, fields));
    const [row] = rows;
    if (!row || rows.length > 1) continue;
    const from = letterAt(letters, figures[index - 1]?.end ?? 0);
    const to = letterAt(letters, start) - 1;
    const words = letters.text.slice(from, to + 1);
    const edge = words.lastIndexOf("\n") + 1;
    const pairAt = pairsOf(words.slice(edge)).findIndex((it) => compiled.pairs.get(it)?.has(row));
    if (to < from || pairAt < 0) continue;
    const hit = hitOf(letters, from + edge + pairAt, from + edge + pairAt + 1, [{ row, measureId: null }]);
    if (!hits.some((it) => it.end > (letters.at[from + edge] ?? 0) && it.start < start)) found.push(hit);
  }
  return found;
}

/** A longer name beats a shorter one that it overlaps; of equals, the first (发现隐患37个整改 holds no 隐患整改). */
function longestOnly(hits: Hit[]): Hit[] {
  const kept: Hit[] = [];
  for (const hit of hits.toSorted((a, b) => b.length - a.length || a.start - b.start)) {
    const overlapping = kept.filter((it) => hit.start < it.end && it.start < hit.end);
    const isSamePlace = overlapping.every((it) => it.start === hit.start && it.length === hit.length);
    if (isSamePlace) kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** Rows that share words with a text that names none, best first; `coverage` is the share of the text they explain. */
export function suggestRows(
  text: string,
  compiled: Compiled,
  fields: readonly string[],
  except: ReadonlySet<Row> = new Set(),
): { rowIds: string[]; coverage: number } {
  const pairs = pairsOf(text);
  const scores = new Map<string, number>();
  let known = 0;
  for (const pair of pairs) {
    const rows = compiled.pairs.get(pair);
    if (!rows || [...rows].some((it) => except.has(it))) continue;
    known++;
    for (const row of rows) {
      if (!appliesTo(row.indicator, fields)) continue;
      scores.set(row.indicator.id, (scores.get(row.indicator.id) ?? 0) + 1 / rows.size);
    }
  }
  const rowIds = [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([id]) => id);
  return { rowIds, coverage: pairs.length === 0 || rowIds.length === 0 ? 0 : known / pairs.length };
}
