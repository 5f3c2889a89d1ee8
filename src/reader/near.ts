import { type Clause, zonesOf } from "./clauses.ts";
import type { Compiled, Scope } from "./compiled.ts";
import { type Hit, hitOf } from "./hits.ts";
import { type Letters, letterAt, lettersBetween } from "./letters.ts";
import type { Span } from "./outcome.ts";
import { ownTargets, type Phrase, type Target } from "./phrases.ts";
import { soundsAlike } from "./sound.ts";

/** A name of a row that a text nearly holds. */
interface Near {
  phrase: Phrase;
  at: number;
  targets: readonly Target[];
  /** Every wrong character sounds like the right one. */
  isHeard: boolean;
}

/** 整该隐患 is heard as 整改隐患, though its end alone is a name of other rows. */
export function heardOver(hit: Hit, letters: Letters, scope: Scope): Hit[] {
  const before = hit.length > 2 ? "" : lettersBetween(letters, hit.start - 2, hit.start);
  if (before.length < 2 || before.includes("\n")) return [hit];
  const around = { start: hit.start - 2, end: hit.end };
  const heard = findNearHits(letters, around, scope).filter((it) => !it.isDoubtful && it.length === 4);
  return heard.length > 0 ? heard : [hit];
}

/** A clause that has figures and words but no name may hold a name with one character wrong. */
export function withNearNames(
  plain: string,
  clauses: readonly Clause[],
  near: { letters: Letters; scope: Scope },
): Clause[] {
  let hasZone = false;
  return clauses.map((clause) => {
    let { zones } = clause;
    if (zones.length === 0 && clause.figures.length > 0) {
      const hits = findNearHits(near.letters, clause, near.scope).filter((it) => !hasZone || !it.isDoubtful);
      zones = zonesOf(plain, hits, clause.figures);
    }
    hasZone ||= zones.length > 0;
    return zones === clause.zones ? clause : { ...clause, zones };
  });
}

/**
 * Names with characters wrong: those heard or typed by sound (演连 for 演练), or one of any kind. What sounds the same
 * is taken, and so is a slip in six characters and more; in a shorter name a slip may make another word and is asked.
 */
function findNearHits(letters: Letters, { start, end }: Span, { compiled, fields }: Scope): Hit[] {
  const first = letterAt(letters, start);
  const text = lettersBetween(letters, start, end);
  let best: Near[] = [];
  for (const phrase of text.length > 80 ? [] : candidates(text, compiled)) {
    const leader = best[0];
    if (leader && isBehind(phrase, leader)) continue;
    const targets = ownTargets(phrase, fields);
    const place = targets.length === 0 ? null : placeOf(text, phrase.text);
    if (place === null) continue;
    const near = { phrase, targets, ...place };
    if (leader === undefined || rankOf(near) > rankOf(leader)) best = [near];
    else if (rankOf(near) === rankOf(leader)) best.push(near);
  }
  return best.map(({ phrase: { text: name }, at, targets, isHeard }) => {
    const range = { from: first + at, to: first + at + name.length - 1 };
    return { ...hitOf(letters, range, targets), isDoubtful: !isHeard && name.length < 6 };
  });
}

/** Phrases that share with the text a character which means something. */
function candidates(text: string, { phrases, phrasesWith }: Compiled): Phrase[] {
  const found = new Set<Phrase>();
  for (const character of text) {
    for (const place of ordinary.has(character) ? [] : (phrasesWith.get(character) ?? [])) {
      const phrase = phrases[place];
      if (phrase && phrase.text.length <= text.length) found.add(phrase);
    }
  }
  return [...found];
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
