import { appliesTo, type Row } from "../campaign/row.ts";
import { characterSet } from "./characters.ts";
import type { Compiled } from "./compiled.ts";
import { type Phrase, phrasesByCharacter, type ScatteredPhrase, type Target } from "./phrases.ts";
import { type Trie, trieOf } from "./trie.ts";

/** The form as a unit has it: rows of fields that are not the unit's are never named. */
export interface Scope {
  compiled: Compiled;
  fields: readonly string[];
  /** The unit's names, character by character. */
  names: Trie;
  /** Whether a character is the first of some phrase, by its code. */
  startsName: (code: number) => boolean;
  /** Phrases by each character that they hold. */
  phrasesWith: ReadonlyMap<string, readonly Phrase[]>;
  scattered: readonly ScatteredPhrase[];
  /** Rows of the unit that alone are counted in a word. */
  onlyByCounter: ReadonlyMap<string, Row>;
}

/** Worked out once for all units of the same fields. */
const cache = new WeakMap<Compiled, Map<string, Scope>>();

export function scopeOf(compiled: Compiled, fields: readonly string[]): Scope {
  const scopes = cache.get(compiled) ?? new Map<string, Scope>();
  cache.set(compiled, scopes);
  const key = fields.join("\n");
  const known = scopes.get(key);
  if (known) return known;
  const made = scopeFor(compiled, [...fields]);
  scopes.set(key, made);
  return made;
}

function scopeFor(compiled: Compiled, fields: readonly string[]): Scope {
  const phrases = ownOf(compiled.phrases, fields);
  return {
    compiled,
    fields,
    names: trieOf(phrases),
    startsName: characterSet(phrases.map((it) => it.text)),
    phrasesWith: phrasesByCharacter(phrases),
    scattered: ownOf(compiled.scattered, fields),
    onlyByCounter: onlyByCounter(compiled, fields),
  };
}

/** What of the form's names is a name for the unit, with just what it means there. */
function ownOf<T extends { targets: readonly Target[] }>(named: readonly T[], fields: readonly string[]): T[] {
  return named
    .map((it) => ({ ...it, targets: it.targets.filter(({ row }) => appliesTo(row.indicator, fields)) }))
    .filter((it) => it.targets.length > 0);
}

function onlyByCounter({ rowsByCounter }: Compiled, fields: readonly string[]): Map<string, Row> {
  const only = new Map<string, Row>();
  for (const [counter, rows] of rowsByCounter) {
    const [row, another] = rows.filter((it) => appliesTo(it.indicator, fields));
    if (row && !another) only.set(counter, row);
  }
  return only;
}
