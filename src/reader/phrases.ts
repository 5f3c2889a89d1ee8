import type { Campaign, Indicator } from "../campaign/campaign.ts";
import { appliesTo, type Row, rowsOf } from "../campaign/row.ts";
import { type Counters, canCount, countersOf } from "./counters.ts";
import { type NoisePattern, noisePatterns } from "./noise-patterns.ts";
import { foldName, plainText } from "./text.ts";

/** What a phrase of the campaign file may name: a row, or one measure of a row with several independent counts. */
export interface Target {
  row: Row;
  measureId: string | null;
}
export interface Phrase {
  text: string;
  targets: Target[];
  /** The targets that a unit of some fields has, by those fields. */
  own: Map<readonly string[], readonly Target[]>;
}
export interface TrieNode {
  next: Map<string, TrieNode>;
  phrase: Phrase | null;
}
/** An alias like `社区…演练`: all parts in one clause, in any order. */
export interface ScatteredPhrase {
  parts: readonly string[];
  targets: Target[];
}

/** What depends on the campaign alone, worked out once. */
export interface Compiled {
  rows: readonly Row[];
  rowById: ReadonlyMap<string, Row>;
  root: TrieNode;
  phrases: readonly Phrase[];
  /** The places in `phrases` of those that hold a character. */
  phrasesWith: ReadonlyMap<string, readonly number[]>;
  scattered: readonly ScatteredPhrase[];
  /** Phrases with numerals in them (五带头), which are names wherever they stand. */
  numberNames: readonly string[];
  /** Days that name something (6·16), each with the pairs of characters of the rows so named. */
  dottedNames: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pairs of characters of a row's own words, for suggesting rows when none is named. */
  pairs: ReadonlyMap<string, ReadonlySet<Row>>;
  counters: Counters;
  /** Rows that have a measure counted in a word. */
  rowsByCounter: ReadonlyMap<string, readonly Row[]>;
  noisePatterns: readonly NoisePattern[];
  /** Row by the id of the row whose part it is at most (整改 ≤ 发现), from the form's checks. */
  wholeOf: ReadonlyMap<string, string>;
  fieldNames: readonly { name: string; field: string }[];
}

const cache = new WeakMap<object, Compiled>();

export function compiled(campaign: Campaign): Compiled {
  const known = cache.get(campaign);
  if (known) return known;
  const made = compile(campaign);
  cache.set(campaign, made);
  return made;
}

function compile(campaign: Campaign): Compiled {
  const rows = rowsOf(campaign);
  const phrases = new Map<string, Phrase>();
  const scattered: ScatteredPhrase[] = [];
  const numberNames = new Set<string>();
  const dottedNames = new Map<string, Set<string>>();
  const pairs = new Map<string, Set<Row>>();

  const add = (text: string, target: Target) => {
    if (text.length < 2) return;
    const phrase: Phrase = phrases.get(text) ?? { text, targets: [], own: new Map() };
    phrases.set(text, phrase);
    const same = phrase.targets.find((it) => it.row === target.row);
    if (same === undefined) phrase.targets.push(target);
    else if (same.measureId !== target.measureId) same.measureId = null;
  };
  const labels = new Map<string, number>();
  for (const { label } of rows.flatMap((it) => it.indicator.measures)) labels.set(label, (labels.get(label) ?? 0) + 1);
  for (const row of rows) {
    for (const name of [row.indicator.label, row.indicator.short ?? "", ...row.indicator.aliases]) {
      const dotless = plainText(name).replace(/\d+·\d+/g, " ");
      for (const word of dotless.matchAll(/[\p{L}\d]+/gu)) {
        if (/[一二两三四五六七八九十百\d]/.test(word[0]) && /\p{L}/u.test(word[0])) numberNames.add(word[0]);
      }
      for (const day of plainText(name).matchAll(/\d{1,2}·\d{2}/g)) {
        const followers = dottedNames.get(day[0]) ?? new Set<string>();
        for (const pair of pairsOf(foldName(name))) followers.add(pair);
        dottedNames.set(day[0], followers);
      }
      for (const pair of pairsOf(foldName(name))) pairs.set(pair, (pairs.get(pair) ?? new Set()).add(row));
    }
    for (const alias of row.indicator.aliases) {
      const parts = alias
        .split("…")
        .map(foldName)
        .filter((it) => it !== "");
      if (parts.length > 1) scattered.push({ parts, targets: [{ row, measureId: null }] });
      else add(parts[0] ?? "", { row, measureId: null });
    }
    for (const text of namesIn(row.indicator)) add(text, { row, measureId: null });
    for (const measure of row.indicator.measures) {
      const isOwnName =
        row.indicator.measures.length > 1 && measure.label.length > 2 && labels.get(measure.label) === 1;
      if (isOwnName) add(foldName(measure.label), { row, measureId: measure.id });
      if (row.indicator.measures.length < 2 || measure.label.length < 3) continue;
      if (row.indicator.measures.filter((it) => it.unit === measure.unit).length < 2) continue;
      for (const name of [measure.label, ...measure.aliases].map(foldName)) {
        for (const text of [name, ...endsOf(name)]) add(text, { row, measureId: measure.id });
      }
    }
  }
  const units = campaign.form.sections.flatMap((it) => it.indicators).flatMap((it) => it.measures.map((m) => m.unit));
  const counters = countersOf(units);
  return {
    rows,
    rowById: new Map(rows.map((it) => [it.indicator.id, it])),
    root: trieOf(phrases.values()),
    phrases: [...phrases.values()],
    phrasesWith: phrasesByCharacter([...phrases.values()]),
    scattered,
    numberNames: [...numberNames].sort((a, b) => b.length - a.length),
    dottedNames,
    pairs,
    counters,
    rowsByCounter: rowsByCounter(rows, counters),
    noisePatterns: noisePatterns(
      counters,
      rows.some(({ indicator }) => asksSentOut(indicator)),
    ),
    wholeOf: wholes(campaign),
    fieldNames: fieldNames(campaign.fields),
  };
}

/** The ways a row's own label may be cut and still mean the row. */
function namesIn(indicator: Indicator): string[] {
  const label = indicator.label.replace(/[（(][^）)]*[）)]/g, "");
  const whole = foldName(label);
  const quoted = [...label.matchAll(/[“《]([^”》]{3,})[”》]/g)]
    .map((it) => foldName(it[1] ?? ""))
    .filter((it) => it.length > 2);
  const listed = label.includes("、")
    ? label
        .split("、")
        .map(foldName)
        .filter((it) => it.length > 3 && it.length < 9)
    : [];
  const names = [whole, whole.replaceAll("、", ""), foldName(indicator.short ?? ""), ...quoted, ...endsOf(whole)];
  return [...new Set([...names, ...listed.map((it) => it.replace(/等$/, ""))])];
}

/** The ends of a label, where its head noun stands (…救援演练), long enough to mean something. */
function endsOf(name: string): string[] {
  const ends: string[] = [];
  for (let at = 1; at <= name.length - 4; at++) ends.push(name.slice(at).replace(/等$/, ""));
  return ends.filter((it) => it.length > 3 && !it.startsWith("、"));
}

/** What a phrase names for a unit of these fields; the same array of fields is worked out once. */
export function ownTargets({ targets, own }: Phrase, fields: readonly string[]): readonly Target[] {
  let found = own.get(fields);
  if (found === undefined) {
    found = targets.filter((it) => appliesTo(it.row.indicator, fields));
    if (own.size > 32) own.clear();
    own.set(fields, found);
  }
  return found;
}

export function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  for (let i = 0; i + 1 < text.length; i++) pairs.push(text.slice(i, i + 2));
  return pairs;
}

function phrasesByCharacter(phrases: readonly Phrase[]): Map<string, number[]> {
  const by = new Map<string, number[]>();
  for (const [place, phrase] of phrases.entries()) {
    for (const character of new Set(phrase.text)) {
      const places = by.get(character) ?? [];
      places.push(place);
      by.set(character, places);
    }
  }
  return by;
}

function trieOf(phrases: Iterable<Phrase>): TrieNode {
  const root: TrieNode = { next: new Map(), phrase: null };
  for (const phrase of phrases) {
    let node = root;
    for (const character of phrase.text) {
      const next: TrieNode = node.next.get(character) ?? { next: new Map(), phrase: null };
      node.next.set(character, next);
      node = next;
    }
    node.phrase = phrase;
  }
  return root;
}

/** Some row or measure is named by who was sent out (出动人次). */
function asksSentOut({ label, aliases, measures }: Indicator): boolean {
  return [label, ...aliases, ...measures.map((it) => it.label)].some((it) => /出动|派出|投入/.test(it));
}

function rowsByCounter(rows: readonly Row[], counters: Counters): Map<string, readonly Row[]> {
  const counts = (row: Row, word: string) => row.indicator.measures.some((it) => canCount(it, word));
  return new Map(counters.words.map((word) => [word, rows.filter((row) => counts(row, word))]));
}

function wholes(campaign: Campaign): Map<string, string> {
  const rowOfMeasure = (key: string) => key.slice(0, key.lastIndexOf("."));
  const of = new Map<string, string>();
  for (const check of campaign.form.checks) {
    if (check.kind === "atMost") of.set(rowOfMeasure(check.left), rowOfMeasure(check.right));
  }
  return of;
}

/** A field is named by its name, or by a beginning of it that no other field shares (城镇房屋, 建筑施工). */
function fieldNames(fields: readonly string[]): { name: string; field: string }[] {
  return fields.flatMap((field) => {
    const names = [field];
    const start = field.slice(0, 4);
    if (field.length > 4 && fields.filter((it) => it.startsWith(start)).length === 1) names.push(start);
    return names.map((name) => ({ name: foldName(name), field }));
  });
}
