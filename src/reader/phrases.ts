import type { Indicator, Measure } from "../campaign/campaign.ts";
import type { Row } from "../campaign/row.ts";
import { foldName } from "./text.ts";

/** What a phrase of the campaign file may name: a row, or one measure of a row with several independent counts. */
export interface Target {
  row: Row;
  measureId: string | null;
}
export interface Phrase {
  text: string;
  targets: Target[];
}
/** An alias like `社区…演练`: all parts in one clause, in any order. */
export interface ScatteredPhrase {
  parts: readonly string[];
  targets: Target[];
}
/** Every phrase that names a row or a measure, with all that it may name. */
export function phrasesOf(rows: readonly Row[]): Phrase[] {
  const phrases = new Map<string, Phrase>();
  const add = (text: string, target: Target) => {
    if (text.length < 2) return;
    const phrase: Phrase = phrases.get(text) ?? { text, targets: [] };
    phrases.set(text, phrase);
    const same = phrase.targets.find((it) => it.row === target.row);
    if (same === undefined) phrase.targets.push(target);
    else if (same.measureId !== target.measureId) same.measureId = null;
  };
  const isOnly = onlyLabels(rows);
  for (const row of rows) {
    const { indicator } = row;
    for (const parts of indicator.aliases.map(partsOf)) {
      if (parts.length < 2) add(parts[0] ?? "", { row, measureId: null });
    }
    for (const text of namesIn(indicator)) add(text, { row, measureId: null });
    for (const measure of indicator.measures.length > 1 ? indicator.measures : []) {
      for (const text of namesOfMeasure(measure, indicator, isOnly)) add(text, { row, measureId: measure.id });
    }
  }
  return [...phrases.values()];
}

export function scatteredPhrasesOf(rows: readonly Row[]): ScatteredPhrase[] {
  return rows.flatMap((row) =>
    row.indicator.aliases
      .map(partsOf)
      .filter((it) => it.length > 1)
      .map((parts) => ({ parts, targets: [{ row, measureId: null }] })),
  );
}

function partsOf(alias: string): string[] {
  return alias
    .split("…")
    .map(foldName)
    .filter((it) => it !== "");
}

/** Whether a measure's label stands only once in the form, and so names its row too. */
function onlyLabels(rows: readonly Row[]): (label: string) => boolean {
  const times = new Map<string, number>();
  for (const { label } of rows.flatMap((it) => it.indicator.measures)) times.set(label, (times.get(label) ?? 0) + 1);
  return (label) => times.get(label) === 1;
}

/** A measure's own names (一案双罚); where others of the row are counted alike, also the ends of its names. */
function namesOfMeasure(measure: Measure, { measures }: Indicator, isOnly: (label: string) => boolean): string[] {
  if (measure.label.length < 3) return [];
  const isAlike = measures.filter((it) => it.unit === measure.unit).length > 1;
  const names = isAlike ? [measure.label, ...measure.aliases].map(foldName) : [];
  const label = isOnly(measure.label) ? [foldName(measure.label)] : [];
  return [...label, ...names.flatMap((it) => [it, ...endsOf(it)])];
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

/** Phrases by each character that they hold. */
export function phrasesByCharacter(phrases: readonly Phrase[]): Map<string, Phrase[]> {
  const by = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    for (const character of new Set(phrase.text)) {
      const others = by.get(character);
      if (others) others.push(phrase);
      else by.set(character, [phrase]);
    }
  }
  return by;
}
