import { pairsOf } from "./compiled.ts";
import { canCount } from "./counters.ts";
import type { Figure } from "./figure.ts";
import { type Letters, letterAt } from "./letters.ts";
import type { Phrase, ScatteredPhrase, Target } from "./phrases.ts";
import type { Scope } from "./scope.ts";
import { type Span, spanAround } from "./span.ts";
import { nextNode } from "./trie.ts";

/** A place in the text that names one or several rows. */
export interface Hit extends Span {
  targets: readonly Target[];
  /** Only near to a name of the row (a typo), or the name of another thing is made of it: never sure. */
  isDoubtful: boolean;
  /** Characters of the name itself, without a figure inside it. */
  length: number;
}

/** Names of rows: at each place the longest, and of names that overlap the longer. */
export function findHits(letters: Letters, { names, startsName, scattered }: Scope, figures: readonly Figure[]): Hit[] {
  const hits = scatteredHits(letters, scattered);
  const { text, figuresBefore } = letters;
  for (let from = 0; from < text.length; from++) {
    const first = text.charCodeAt(from);
    // Most letters begin no name
    let node = startsName(first) ? names.get(first) : undefined;
    let longest: { end: number; targets: readonly Target[] } | null = null;
    for (let to = from; node !== undefined; node = nextNode(node, text.charCodeAt(to))) {
      if ((figuresBefore[to] ?? 0) - (figuresBefore[from] ?? 0) > 1) break;
      const targets = node.phrase === null ? none : targetsAt(letters, { from, to }, { phrase: node.phrase, figures });
      if (targets.length > 0) longest = { end: to, targets };
      to++;
    }
    if (longest) hits.push(hitOf(letters, { from, to: longest.end }, longest.targets));
  }
  return longestOnly(hits);
}

const none: readonly Target[] = [];

/** What a name means where it stands: with a figure inside, only what can be counted so. */
function targetsAt(
  letters: Letters,
  range: Range,
  { phrase: { targets }, figures }: { phrase: Phrase; figures: readonly Figure[] },
): readonly Target[] {
  const inside = insideFigure(letters, range, figures);
  return inside === null ? targets : targets.filter((it) => canHold(it, inside));
}

function insideFigure(letters: Letters, { from, to }: Range, figures: readonly Figure[]): Figure | null {
  const first = letters.figuresBefore[from] ?? 0;
  return (letters.figuresBefore[to] ?? 0) > first ? (figures[first] ?? null) : null;
}

/** 发现8个隐患 holds a count of the row; 走进5个社区 does not say 进社区. */
function canHold({ row }: Target, { counter }: Figure): boolean {
  return counter === null || row.indicator.measures.some((it) => canCount(it, counter));
}

/** A stretch of letters, by the places of its first and last. */
interface Range {
  from: number;
  to: number;
}

export function hitOf(letters: Letters, { from, to }: Range, targets: readonly Target[]): Hit {
  const [start, end] = [letters.at[from] ?? 0, (letters.at[to] ?? 0) + 1];
  return { start, end, targets, isDoubtful: false, length: to - from + 1 };
}

/** Parts of one alias in one clause, in any order, not far from each other. */
function scatteredHits(letters: Letters, scattered: readonly ScatteredPhrase[]): Hit[] {
  const hits: Hit[] = [];
  const { text, figuresBefore } = letters;
  for (const { parts, targets } of scattered) {
    // Looked for in the whole message first: most have none, however many clauses
    const part = parts[0] ?? "";
    let at = text.indexOf(part);
    if (at < 0 || !parts.every((it) => text.includes(it))) continue;
    const length = parts.reduce((sum, it) => sum + it.length, 0);
    while (at >= 0) {
      const start = text.lastIndexOf("\n", at) + 1;
      const edge = text.indexOf("\n", at);
      const end = edge < 0 ? text.length : edge;
      const range = rangeOf(parts, text.slice(start, end));
      if (range && range.to - range.from + 1 - length <= 12) {
        const [from, to] = [start + range.from, start + range.to];
        const crossed = (figuresBefore[to] ?? 0) - (figuresBefore[from] ?? 0);
        if (crossed < 2) hits.push(hitOf(letters, { from, to }, targets));
      }
      at = text.indexOf(part, end);
    }
  }
  return hits;
}

/** From the first part to the last as they stand in a clause, if all do. */
function rangeOf(parts: readonly string[], clause: string): Range | null {
  if (clause.length < 4) return null;
  let from = clause.length;
  let to = 0;
  for (const part of parts) {
    const at = clause.indexOf(part);
    if (at < 0) return null;
    from = Math.min(from, at);
    to = Math.max(to, at + part.length - 1);
  }
  return { from, to };
}

/**
 * A counting word that only one row has (座次, 户) names that row, if the words before it are the row's too
 * (检查12座次).
 */
export function findUnitHits(
  letters: Letters,
  { compiled, onlyByCounter }: Scope,
  { figures, hits }: { figures: readonly Figure[]; hits: readonly Hit[] },
): Hit[] {
  const found: Hit[] = [];
  for (const [index, { counter, start }] of figures.entries()) {
    if (counter === null) continue;
    const row = onlyByCounter.get(counter);
    if (row === undefined) continue;
    const from = index === 0 ? 0 : letterAt(letters, figures[index - 1]?.end ?? 0);
    const to = letterAt(letters, start) - 1;
    const words = letters.text.slice(from, to + 1);
    const edge = words.lastIndexOf("\n") + 1;
    const pairAt = pairsOf(words.slice(edge)).findIndex((it) => compiled.pairs.get(it)?.has(row));
    if (to < from || pairAt < 0) continue;
    const pairFrom = from + edge + pairAt;
    const hit = hitOf(letters, { from: pairFrom, to: pairFrom + 1 }, [{ row, measureId: null }]);
    if (!hits.some((it) => it.end > (letters.at[from + edge] ?? 0) && it.start < start)) found.push(hit);
  }
  return found;
}

/** A longer name beats a shorter one that it overlaps; of equals, the first (发现隐患37个整改 holds no 隐患整改). */
function longestOnly(hits: Hit[]): Hit[] {
  if (hits.length < 2) return hits;
  const kept: Hit[] = [];
  /** The name that stands at each place of the text. */
  const standing = new Array<Hit | undefined>(spanAround(hits).end).fill(undefined);
  for (const hit of hits.toSorted((a, b) => b.length - a.length || a.start - b.start)) {
    if (!isFreeFor(hit, standing)) continue;
    kept.push(hit);
    for (let at = hit.start; at < hit.end; at++) standing[at] ??= hit;
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** Nothing stands in a name's place, or a name of just the same place. */
function isFreeFor({ start, end, length }: Hit, standing: readonly (Hit | undefined)[]): boolean {
  for (let at = start; at < end; at++) {
    const other = standing[at];
    if (other && (other.start !== start || other.length !== length)) return false;
  }
  return true;
}
