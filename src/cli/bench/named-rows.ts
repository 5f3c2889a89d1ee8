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
  const byLength = [...names.values()].toSorted((a, b) => b.text.length - a.text.length);
  const whole = byLength.filter((it) => !it.text.includes("…"));
  const scattered = byLength.filter((it) => it.text.includes("…"));
  return (text) => {
    const plain = plainText(text);
    const hits = ofOneField(hitsIn(plain, whole));
    return hits.length > 0 ? partsOf(text, hits) : scatteredPart(text, plain, scattered);
  };
}

function namesOf({ indicator }: Row): string[] {
  return [indicator.label, indicator.short ?? "", ...indicator.aliases].map(plainText).filter((it) => it.length > 1);
}

function hitsIn(plain: string, names: readonly Name[]): Hit[] {
  const hits: Hit[] = [];
  const isTaken = new Uint8Array(plain.length);
  for (const { text, rows } of names) {
    for (let start = plain.indexOf(text); start >= 0; start = plain.indexOf(text, start + text.length)) {
      const end = start + text.length;
      if (isTaken.subarray(start, end).includes(1)) continue;
      isTaken.fill(1, start, end);
      hits.push({ start, end, rows });
    }
  }
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

/** An alias like `社区…演练`: all its parts anywhere in the line. */
function scatteredPart(text: string, plain: string, names: readonly Name[]): NamedPart[] {
  const name = names.find((it) => it.text.split("…").every((part) => plain.includes(part)));
  return name === undefined ? [] : [{ rows: name.rows, text }];
}
