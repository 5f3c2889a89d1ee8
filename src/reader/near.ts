import { type Clause, zonesOf } from "./clauses.ts";
import { type Hit, hitOf } from "./hits.ts";
import { type Letters, letterAt, lettersBetween } from "./letters.ts";
import type { Phrase } from "./phrases.ts";
import type { Scope } from "./scope.ts";
import { soundsAlike } from "./sound.ts";
import type { Span } from "./span.ts";

/** A name of a row that a text nearly holds. */
interface Near {
  phrase: Phrase;
  at: number;
  /** Every wrong character sounds like the right one. */
  isHeard: boolean;
}

/** 整该隐患 is heard as 整改隐患, though its end alone is a name of other rows. */
export function heardOver(hit: Hit, letters: Letters, scope: Scope): readonly Hit[] {
  const before = hit.length > 2 ? "" : lettersBetween(letters, hit.start - 2, hit.start);
  if (before.length < 2 || before.includes("\n")) return none;
  const around = { start: hit.start - 2, end: hit.end };
  return findNearHits(letters, around, scope, 4).filter((it) => !it.isDoubtful);
}

const none: readonly Hit[] = [];

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
function findNearHits(letters: Letters, { start, end }: Span, { phrasesWith }: Scope, shortest = 2): Hit[] {
  const first = letterAt(letters, start);
  const text = lettersBetween(letters, start, end);
  let best: Near[] = [];
  for (const phrase of text.length > 80 ? [] : candidates(text, phrasesWith, shortest)) {
    const leader = best[0];
    if (leader && isBehind(phrase, leader)) continue;
    const place = placeOf(text, phrase.text);
    if (place === null) continue;
    const near: Near = { phrase, at: place.at, isHeard: place.isHeard };
    if (leader === undefined || rankOf(near) > rankOf(leader)) best = [near];
    else if (rankOf(near) === rankOf(leader)) best.push(near);
  }
  return best.map(({ phrase: { text: name, targets }, at, isHeard }) => {
    const range = { from: first + at, to: first + at + name.length - 1 };
    const isOtherWord = otherWord.test(text.slice(at, at + name.length)) && !otherWord.test(name);
    return { ...hitOf(letters, range, targets), isDoubtful: !isHeard && (name.length < 6 || isOtherWord) };
  });
}

/** Phrases of at least `shortest` characters that share with the text one which means something. */
function candidates(text: string, phrasesWith: Scope["phrasesWith"], shortest: number): Iterable<Phrase> {
  const found = new Set<Phrase>();
  for (const character of text) {
    for (const phrase of ordinary.has(character) ? [] : (phrasesWith.get(character) ?? [])) {
      if (phrase.text.length >= shortest && phrase.text.length <= text.length) found.add(phrase);
    }
  }
  return found;
}

/** 安全生产宣传 is no slip for 安全生产宣讲. */
const otherWord = /宣传/;

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
    if (wrong > name.length / 2) continue;
    if (isHeardAt(text, at, name)) return { at, isHeard: true };
    if (name.length > 3 && wrong < 2) slip ??= { at, isHeard: false };
  }
  return slip;
}

/** How many characters are wrong, counted until they are more than half of the name. */
function wrongAt(text: string, at: number, name: string): number {
  let wrong = 0;
  for (let i = 0; i < name.length && wrong <= name.length / 2; i++) {
    if (text.charCodeAt(at + i) !== name.charCodeAt(i)) wrong++;
  }
  return wrong;
}

function isHeardAt(text: string, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (!soundsAlike(text.charAt(at + i), name.charAt(i))) return false;
  return true;
}
