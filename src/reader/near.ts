import { appliesTo } from "../campaign/row.ts";
import { type Hit, hitOf, type Letters, letterAt, lettersBetween } from "./hits.ts";
import type { Compiled, Phrase, Target } from "./phrases.ts";
import { soundsAlike, typedName } from "./sound.ts";

/** A name of a row that a text nearly holds. */
interface Near {
  phrase: Phrase;
  at: number;
  targets: Target[];
  /** Every wrong character sounds like the right one. */
  isHeard: boolean;
}

/**
 * Names with characters wrong: those heard or typed by sound (演连 for 演练), or one of any kind. What sounds the same
 * is taken, and so is a slip in six characters and more; in a shorter name a slip may make another word and is asked.
 */
export function findNearHits(
  letters: Letters,
  range: { start: number; end: number },
  compiled: Compiled,
  fields: readonly string[],
): Hit[] {
  const from = letterAt(letters, range.start);
  const text = lettersBetween(letters, range.start, range.end);
  let best: Near[] = [];
  for (const phrase of text.length > 80 ? [] : candidates(text, compiled)) {
    const first = best[0];
    if (phrase.text.length > text.length || (first && isBehind(phrase, first))) continue;
    const targets = phrase.targets.filter((it) => appliesTo(it.row.indicator, fields));
    const place = targets.length === 0 ? null : placeOf(text, phrase.text);
    if (place === null) continue;
    const near = { phrase, targets, ...place };
    if (first === undefined || rankOf(near) > rankOf(first)) best = [near];
    else if (rankOf(near) === rankOf(first)) best.push(near);
  }
  return best.map(({ phrase, at, targets, isHeard }) =>
    hitOf(letters, from + at, from + at + phrase.text.length - 1, targets, !isHeard && phrase.text.length < 6),
  );
}

/** Phrases that share with the text a character which means something. */
function candidates(text: string, { phrases, phrasesWith }: Compiled): Phrase[] {
  const places = new Set([...text].flatMap((it) => (ordinary.has(it) ? [] : (phrasesWith.get(it) ?? []))));
  return [...places].flatMap((place) => phrases[place] ?? []).filter((it) => it.text.length <= text.length);
}

/** Characters of any sentence about figures, which make no name by themselves. */
const ordinary = new Set("人次名个场参加共有来了的是为和与及我们今天上下午昨开展组织活动员工\n");

/** Longer is surer; of two as long, the one that sounds right. */
function rankOf({ phrase, isHeard }: Near): number {
  return phrase.text.length * 2 + (isHeard ? 1 : 0);
}

function isBehind(phrase: Phrase, best: Near): boolean {
  return phrase.text.length * 2 + 1 < rankOf(best);
}

function placeOf(text: string, name: string): { at: number; isHeard: boolean } | null {
  let slip: { at: number; isHeard: boolean } | null = null;
  for (let at = 0; at + name.length <= text.length; at++) {
    const wrong = wrongAt(text, at, name);
    if (wrong === null) continue;
    if (wrong.every((i) => soundsAlike(text.charAt(at + i), name.charAt(i)))) return { at, isHeard: true };
    if (name.length > 3 && wrong.length < 2) slip ??= { at, isHeard: false };
  }
  return slip;
}

/** Places of the wrong characters, if at least half of the name is right. */
function wrongAt(text: string, at: number, name: string): number[] | null {
  const wrong: number[] = [];
  for (let i = 0; i < name.length; i++) {
    if (text.charCodeAt(at + i) === name.charCodeAt(i)) continue;
    wrong.push(i);
    if (wrong.length > name.length / 2) return null;
  }
  return wrong;
}

/** Rows named in letters (zhuanti xuexi): likely, but never sure. */
export function findTypedRows(plain: string, compiled: Compiled, fields: readonly string[]): string[] {
  const typed = plain.replace(/[^a-z]/g, "");
  if (typed.length < 6) return [];
  let best: { length: number; rowIds: Set<string> } = { length: 0, rowIds: new Set() };
  for (const phrase of compiled.phrases) {
    const name = typedName(phrase.text);
    if (name.length < 6 || name.length < best.length || !typed.includes(name)) continue;
    if (name.length > best.length) best = { length: name.length, rowIds: new Set() };
    for (const { row } of phrase.targets) if (appliesTo(row.indicator, fields)) best.rowIds.add(row.indicator.id);
  }
  return [...best.rowIds];
}
