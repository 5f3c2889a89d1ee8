import type { Campaign } from "../campaign/campaign.ts";
import type { Row } from "../campaign/row.ts";
import type { Clause } from "./clauses.ts";
import { isPersonWord } from "./counters.ts";
import type { Figure } from "./figure.ts";
import type { Wording } from "./gathering.ts";
import { findHits, type Hit } from "./hits.ts";
import { type Letters, lettersBetween } from "./letters.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { suggestRows } from "./suggestions.ts";
import { fillers } from "./words.ts";

/** A message's letters, with what was found in them. */
interface Told {
  letters: Letters;
  scope: Scope;
  campaign: Campaign;
  figures: readonly Figure[];
  /** Names of the unit's own rows. */
  hits: readonly Hit[];
}

export function wordingOf(told: Told): Wording {
  let foreign: Hit[] | null = null;
  return {
    isElsewhere: (clause, rows) => isElsewhere(clause, rows, told),
    hasOtherName: (start, end) => lettersBetween(told.letters, start, end).replace(fillers, "").length > 1,
    isOfOtherField({ zones, figures, start, end }) {
      // 农房排查65户发现隐患3个: what was found is named by rows that the unit has, too
      const until = zones.length === 0 ? end : (zones.find(isOfField)?.start ?? start);
      if (figures.length === 0 || lettersBetween(told.letters, start, until).length < 2) return false;
      foreign ??= otherFieldHits(told);
      return foreign.some((it) => it.start >= start && it.end <= until);
    },
  };
}

/** The words of a clause without a name are mostly those of rows other than `rows`. */
function isElsewhere(clause: Clause, rows: readonly Row[], { letters, scope }: Told): boolean {
  const words = lettersBetween(letters, clause.start, clause.end);
  if (words.length < 2 || clause.figures.some((it) => it.counter === null || isPersonWord(it.counter))) return false;
  return suggestRows(words, scope, rows).coverage >= (words.length < 4 ? 1 : 0.6);
}

/** Names of rows that only units of other fields have, where no row of the unit's is named. */
function otherFieldHits({ letters, scope, campaign, figures, hits }: Told): Hit[] {
  const fields = campaign.fields.filter((it) => !scope.fields.includes(it));
  if (fields.length === 0) return [];
  return findHits(letters, scopeOf(scope.compiled, fields), figures).filter(
    (it) =>
      isOfField({ rows: it.targets.map(({ row }) => row) }) &&
      !hits.some((own) => it.start < own.end && own.start < it.end),
  );
}

function isOfField({ rows }: { rows: readonly Row[] }): boolean {
  return rows.every((it) => it.indicator.field !== undefined);
}
