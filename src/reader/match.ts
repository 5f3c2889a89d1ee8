import type { Campaign, Unit } from "../campaign/campaign.ts";
import { foldName } from "./text.ts";

/**
 * Units by name, alias or part of a name, typed loosely (`定海城管` for 定海区城市管理局). Candidates best first; `sure`
 * when exactly one is clearly meant.
 */
export function matchUnit(text: string, campaign: Campaign): { sure: Unit | null; candidates: Unit[] } {
  const wanted = foldName(text);
  if (wanted === "") return { sure: null, candidates: [] };
  const scored = campaign.units
    .map((unit) => ({
      unit,
      score: Math.max(...[unit.name, ...unit.aliases].map((it) => score(wanted, foldName(it)))),
    }))
    .filter((it) => it.score > 0)
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  const isClear = best !== undefined && best.score >= 50 && (second === undefined || best.score - second.score >= 5);
  return { sure: isClear ? best.unit : null, candidates: scored.map((it) => it.unit) };
}

/** 100 the very name; above 50 one contains the other or all characters stand in order; below, only shared words. */
function score(wanted: string, name: string): number {
  if (wanted === name) return 100;
  const [short, long] = wanted.length < name.length ? [wanted, name] : [name, wanted];
  const share = short.length / long.length;
  // A name inside the text is surer the longer it is: 普陀山 before 普陀
  if (long.includes(short) && short.length > 1)
    return wanted === long ? 60 + Math.min(30, short.length * 5) : 55 + 30 * share;
  if (wanted.length > 2 && isInOrder(wanted, name)) return 50 + 20 * share;
  const shared = sharedPairs(wanted, name);
  return shared === 0 ? 0 : (40 * shared) / Math.max(wanted.length, name.length);
}

function isInOrder(short: string, long: string): boolean {
  let at = 0;
  for (const character of long) if (character === short.charAt(at)) at++;
  return at === short.length;
}

function sharedPairs(a: string, b: string): number {
  let shared = 0;
  for (let i = 0; i + 1 < a.length; i++) if (b.includes(a.slice(i, i + 2))) shared++;
  return shared;
}
