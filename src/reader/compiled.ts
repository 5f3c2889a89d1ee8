import type { Campaign, Indicator } from "../campaign/campaign.ts";
import { type Row, rowsOf } from "../campaign/row.ts";
import { type Counters, canCount, countersOf } from "./counters.ts";
import { dottedPattern, type NoisePattern, noisePatterns } from "./noise-patterns.ts";
import { othersPattern } from "./others.ts";
import { type Phrase, phrasesOf, type ScatteredPhrase, scatteredPhrasesOf } from "./phrases.ts";
import { foldName, plainText } from "./text.ts";

/** What depends on the campaign alone, worked out once. */
export interface Compiled {
  rows: readonly Row[];
  rowById: ReadonlyMap<string, Row>;
  phrases: readonly Phrase[];
  scattered: readonly ScatteredPhrase[];
  /** Phrases with numerals in them (五带头), which are names wherever they stand. */
  numberNames: readonly string[];
  /** Days that name something (6·16), each with the pairs of characters of the rows so named. */
  dottedNames: readonly { pattern: RegExp; followers: ReadonlySet<string> }[];
  /** Pairs of characters of a row's own words, for suggesting rows when none is named. */
  pairs: ReadonlyMap<string, ReadonlySet<Row>>;
  counters: Counters;
  /** Rows that have a measure counted in a word. */
  rowsByCounter: ReadonlyMap<string, readonly Row[]>;
  noisePatterns: readonly NoisePattern[];
  /** Row by the id of the row whose part it is at most (整改 ≤ 发现), from the form's checks. */
  wholeOf: ReadonlyMap<string, string>;
  fieldNames: readonly { name: string; field: string }[];
  /** A clause that speaks of others: units of the campaign, or words for them. */
  isOfOthers: RegExp;
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
  const phrases = phrasesOf(rows);
  const counters = countersOf(rows.flatMap((it) => it.indicator.measures).map((it) => it.unit));
  const isSentOutAsked = rows.some(({ indicator }) => asksSentOut(indicator));
  return {
    rows,
    rowById: new Map(rows.map((it) => [it.indicator.id, it])),
    phrases,
    scattered: scatteredPhrasesOf(rows),
    numberNames: numberNames(rows),
    dottedNames: dottedNames(rows),
    isOfOthers: othersPattern(campaign.units.flatMap((it) => [it.name, ...it.aliases])),
    pairs: rowsByPair(rows),
    counters,
    rowsByCounter: rowsByCounter(rows, counters),
    noisePatterns: noisePatterns(counters, isSentOutAsked),
    wholeOf: wholes(campaign),
    fieldNames: fieldNames(campaign.fields),
  };
}

/** All that a form calls a row. */
function namesOf({ indicator }: Row): string[] {
  return [indicator.label, indicator.short ?? "", ...indicator.aliases];
}

function numberNames(rows: readonly Row[]): string[] {
  const names = new Set<string>();
  for (const name of rows.flatMap(namesOf)) {
    const dotless = plainText(name).replace(/\d+·\d+/g, " ");
    for (const [word] of dotless.matchAll(/[\p{L}\d]+/gu)) {
      if (/[一二两三四五六七八九十百\d]/.test(word) && /\p{L}/u.test(word)) names.add(word);
    }
  }
  return [...names].sort((a, b) => b.length - a.length);
}

function dottedNames(rows: readonly Row[]): Compiled["dottedNames"] {
  const followers = new Map<string, Set<string>>();
  for (const name of rows.flatMap(namesOf)) {
    for (const [day] of plainText(name).matchAll(/\d{1,2}·\d{2}/g)) {
      followers.set(day, new Set([...(followers.get(day) ?? []), ...pairsOf(foldName(name))]));
    }
  }
  return [...followers].map(([day, pairs]) => ({ pattern: dottedPattern(day), followers: pairs }));
}

function rowsByPair(rows: readonly Row[]): Map<string, Set<Row>> {
  const pairs = new Map<string, Set<Row>>();
  for (const row of rows) {
    for (const pair of namesOf(row).flatMap((it) => pairsOf(foldName(it)))) {
      pairs.set(pair, (pairs.get(pair) ?? new Set()).add(row));
    }
  }
  return pairs;
}

export function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  for (let i = 0; i + 1 < text.length; i++) pairs.push(text.slice(i, i + 2));
  return pairs;
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
