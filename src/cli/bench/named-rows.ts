import type { Campaign } from "../../campaign/campaign.ts";
import { appliesTo, type Row, rowsOf } from "../../campaign/row.ts";
import { plainText } from "../../reader/text.ts";

/** A stretch of a line and the rows it names: one, or several of the same name. */
export interface NamedPart {
  rows: readonly Row[];
  text: string;
}
/** The parts of a line, in its order. */
export type NameFinder = (text: string) => NamedPart[];

interface Name {
  text: string;
  rows: Row[];
}
interface Hit {
  start: number;
  end: number;
  rows: readonly Row[];
}

/**
 * The fairest rows a plain reader can be given: the longest label, short name or alias at each place, and a part of the
 * line for each name, from there to the next; a line with one row is that row's from end to end.
 */
export function nameFinder(campaign: Campaign, fields: readonly string[]): NameFinder {
  const rows = rowsOf(campaign).filter((it) => appliesTo(it.indicator, fields));
  const names = new Map<string, Name>();
  for (const row of rows) {
    for (const text of namesOf(row)) {
      const name = names.get(text) ?? { text, rows: [] };
      names.set(text, name);
      if (!name.rows.includes(row)) name.rows.push(row);
    }
  }
  const all = [...names.values()];
  const byStart = startsOf(all.filter((it) => !it.text.includes("…")));
  const scattered = all
    .filter((it) => it.text.includes("…"))
    .map(({ text, rows }) => ({ parts: text.split("…"), length: text.length, rows }))
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    const plain = plainText(text);
    const hits = ofOneField(hitsIn(plain, byStart));
    if (hits.length > 0) return partsOf(text, hits);
    // An alias like `社区…演练`: all its parts anywhere in the line
    const name = scattered.find(({ parts }) => parts.every((it) => plain.includes(it)));
    return name === undefined ? [] : [{ rows: name.rows, text }];
  };
}

function namesOf({ indicator }: Row): string[] {
  return [indicator.label, indicator.short ?? "", ...indicator.aliases].map(plainText).filter((it) => it.length > 1);
}

/** By their first two characters, so that a baseline's speed is that of its figures and not of looking rows up. */
function startsOf(names: readonly Name[]): Map<string, Name[]> {
  const byStart = new Map<string, Name[]>();
  for (const name of names) {
    const start = name.text.slice(0, 2);
    byStart.set(start, [...(byStart.get(start) ?? []), name]);
  }
  return byStart;
}

/** The longest first, and each where no longer one lies. */
function hitsIn(plain: string, byStart: ReadonlyMap<string, readonly Name[]>): Hit[] {
  const found: Hit[] = [];
  for (let start = 0; start + 1 < plain.length; start++) {
    for (const { text, rows } of byStart.get(plain.slice(start, start + 2)) ?? []) {
      if (plain.startsWith(text, start)) found.push({ start, end: start + text.length, rows });
    }
  }
  const isTaken = new Uint8Array(plain.length);
  const hits = found
    .toSorted((a, b) => b.end - b.start - (a.end - a.start))
    .filter(({ start, end }) => {
      const isFree = !isTaken.subarray(start, end).includes(1);
      if (isFree) isTaken.fill(1, start, end);
      return isFree;
    });
  return hits.toSorted((a, b) => a.start - b.start);
}

/** 发现隐患 behind 检查工地 is of that field, or else of the one that is named next. */
function ofOneField(hits: readonly Hit[]): Hit[] {
  const fieldOf = ({ rows }: Hit) => (rows.length === 1 ? rows[0]?.indicator.field : undefined);
  let field = hits.map(fieldOf).find((it) => it !== undefined);
  return hits.map((hit) => {
    field = fieldOf(hit) ?? field;
    const own = hit.rows.filter((row) => row.indicator.field === field);
    return field !== undefined && own.length === 1 ? { ...hit, rows: own } : hit;
  });
}

function partsOf(text: string, hits: readonly Hit[]): NamedPart[] {
  const starts: Hit[] = [];
  for (const hit of hits) {
    const last = starts.at(-1);
    if (last === undefined || last.rows.some((it) => !hit.rows.includes(it))) starts.push(hit);
  }
  return starts.map(({ start, rows }, n) => ({ rows, text: text.slice(n === 0 ? 0 : start, starts[n + 1]?.start) }));
}
