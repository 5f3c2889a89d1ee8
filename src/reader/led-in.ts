import type { Clause, Zone } from "./clauses.ts";
import { type Letters, lettersBetween } from "./letters.ts";
import type { ScatteredPhrase } from "./phrases.ts";

/**
 * 走进小学，组织演练一次: what leads in to a clause may make its name that of another row (小学…演练), so which is meant is
 * asked.
 */
export function withLeadIns(
  clauses: readonly Clause[],
  { letters, scattered }: { letters: Letters; scattered: readonly ScatteredPhrase[] },
): Clause[] {
  return clauses.map((clause, index) => {
    const [zone, ...others] = clause.zones;
    const before = clauses[index - 1];
    if (zone === undefined || zone.isList || before === undefined || !leadsIn(before, clause)) return clause;
    const led = lettersBetween(letters, before.start, before.end);
    if (denied.test(led)) return clause;
    const name = lettersBetween(letters, zone.start, zone.end);
    const meant = scattered
      .filter(({ parts }) => isSplit(parts, led, name))
      .flatMap(({ targets }) => targets.map(({ row }) => row))
      .filter((it) => !zone.rows.includes(it));
    if (meant.length === 0) return clause;
    const doubtful: Zone = { ...zone, rows: [...new Set([...meant, ...zone.rows])], isDoubtful: true };
    return { ...clause, zones: [doubtful, ...others] };
  });
}

/** What was not done leads to nothing. */
const denied = /[没无未不]/;

/** It tells nothing of its own, and what follows is of the same day. */
function leadsIn({ figures, sentence }: Clause, next: Clause): boolean {
  return figures.length === 0 && next.sentence === sentence && next.edgeBefore !== "、" && next.dates.length === 0;
}

/** Each part stands before the name or in it, and some in either. */
function isSplit(parts: readonly string[], led: string, name: string): boolean {
  const isLed = parts.some((it) => led.includes(it));
  return isLed && parts.some((it) => name.includes(it)) && parts.every((it) => led.includes(it) || name.includes(it));
}
