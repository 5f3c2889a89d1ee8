import type { Campaign } from "../campaign/campaign.ts";
import { appliesTo, type Row } from "../campaign/row.ts";
import { compiled, pairsOf } from "./compiled.ts";
import type { Scope } from "./scope.ts";
import { typedName } from "./sound.ts";
import { foldName } from "./text.ts";

/** Rows that share words with a text that names none, best first; `coverage` is the share of the text they explain. */
export function suggestRows(
  text: string,
  { compiled, fields }: Scope,
  except: readonly Row[] = [],
): { rowIds: string[]; coverage: number } {
  const pairs = pairsOf(text);
  const scores = new Map<string, number>();
  let known = 0;
  for (const pair of pairs) {
    const rows = compiled.pairs.get(pair);
    if (!rows || except.some((it) => rows.has(it))) continue;
    known++;
    for (const row of rows) {
      if (!appliesTo(row.indicator, fields)) continue;
      scores.set(row.indicator.id, (scores.get(row.indicator.id) ?? 0) + 1 / rows.size);
    }
  }
  const rowIds = [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([id]) => id);
  return { rowIds, coverage: pairs.length === 0 || rowIds.length === 0 ? 0 : known / pairs.length };
}

/** Rows of which a text is the name and nothing else (宣讲), by id. */
export function rowsCalled(text: string, campaign: Campaign): string[] {
  const name = foldName(text);
  const phrase = compiled(campaign).phrases.find((it) => it.text === name);
  return (phrase?.targets ?? []).map(({ row }) => row.indicator.id);
}

/** Rows named in letters (zhuanti xuexi): likely, but never sure. */
export function typedRows(plain: string, { compiled, fields }: Scope): string[] {
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
