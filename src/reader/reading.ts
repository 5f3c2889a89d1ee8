import { appliesTo, type Row } from "../campaign/row.ts";
import { apart } from "./apart.ts";
import { type Clause, clausesOf } from "./clauses.ts";
import { compiled } from "./compiled.ts";
import { type DateMention, findDates } from "./date.ts";
import type { Figure } from "./figure.ts";
import { findFigures } from "./figures.ts";
import type { Group } from "./group.ts";
import { groupsOf } from "./groups.ts";
import { findHits, findUnitHits, type Hit } from "./hits.ts";
import { withLeadIns } from "./led-in.ts";
import { type Letters, lettersOf } from "./letters.ts";
import { markListNumbers } from "./list-markers.ts";
import { matchesOf } from "./matches.ts";
import { withoutPending } from "./meaning.ts";
import { heardOver, withNearNames } from "./near.ts";
import { dated, free, mark, markNoise, noise, spanOfMatch } from "./noise.ts";
import { withoutOthers } from "./others.ts";
import type { ReadContext, Reading } from "./outcome.ts";
import type { Parsed } from "./parsed.ts";
import { report } from "./report.ts";
import { rowsByNumber } from "./rows-by-number.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { plainText } from "./text.ts";
import { completed, gathered, withoutOverall, withoutTotals } from "./totals.ts";
import { wordingOf } from "./wording.ts";
import { partsApart, restIsZero, sequels } from "./words.ts";

export type { ReadContext, ReadEntry, Reading, ReadQuestion, ReadRejection } from "./outcome.ts";

/**
 * Reads a liaison's message: figures that are certain from its words and the form alone, and questions, rejections and
 * declarations for the rest. Pure: the same text in the same context reads the same. How it goes:
 *
 * 1. `text.ts` makes the text plain, one character for one; `compiled.ts` knows the form's names and units (`phrases.ts`),
 *    `scope.ts` those of the unit.
 * 2. `noise.ts` marks what counts nothing (`not-done.ts`: planned, expected, compared), `date.ts` the days, `rows-by-number.ts` and `list-markers.ts` rows and lists.
 * 3. `figures.ts` finds the figures in what is left (`numeral.ts`, `counters.ts`), and what the words make of them (`rough.ts`).
 * 4. `hits.ts` finds names of rows in the letters between (`letters.ts`), `near.ts` names with a character wrong,
 *    `led-in.ts` names that the clause before makes doubtful.
 * 5. `clauses.ts` cuts at the edges; what names rows between two figures of a clause is a zone. `others.ts` leaves out whom
 *    the message tells of beside the own unit.
 * 6. `groups.ts` puts figures to rows (`named-clauses.ts`, `bare-clauses.ts`): a group is what is said of one row.
 * 7. `apart.ts` shares out 各1场, `totals.ts` leaves out sums of what was told one by one, and joins what only a sum completes.
 * 8. `report.ts` decides group by group, with the field resolved (`fields.ts`): taken, declared (`declared.ts`), or asked.
 * 9. `settle.ts` makes the entries: which measure (`measures.ts`), which value (`values.ts`), how meant (`manner.ts`).
 */
export function read(text: string, context: ReadContext): Reading {
  return report(parse(text, context));
}

function parse(text: string, context: ReadContext): Parsed {
  const scope = scopeOf(compiled(context.campaign), context.fields);
  const row = context.row === undefined ? undefined : scope.compiled.rowById.get(context.row);
  const said = plainText(text);
  const marks = new Uint8Array(said.length);
  const restZero = markRest(said, marks);
  markNoise(said, marks, scope.compiled);
  const dates = markDates(said, marks, context);
  const numbered = row ? [] : rowsByNumber(said, marks, namingOf(scope, context));
  const plain = markListNumbers(said, marks).replace(partsApart, ",").replace(sequels, ",");
  const figures = findFigures(plain, marks, scope.compiled.counters);
  const letters = lettersOf(plain, marks, figures);
  const hits = row ? [] : hitsIn(letters, scope, figures);
  const clauses = withoutOthers(plain, clausesOf({ plain, figures, hits, dates, numbered }), {
    isOfOthers: scope.compiled.isOfOthers,
    ownNames: context.ownNames ?? [],
  });
  if (row) {
    return { text, plain, letters, restZero, scope, context, clauses, groups: [groupOfRow(row, clauses)] };
  }

  const led = withLeadIns(clauses, { letters, scattered: scope.scattered });
  const named = withNearNames(plain, led, { letters, scope });
  const kept = named.map((it) => withoutPending(plain, it, scope.compiled));
  const wording = wordingOf({ letters, scope, campaign: context.campaign, figures, hits });
  const groups = completed(
    gathered(plain, withoutTotals(withoutOverall(apart(plain, groupsOf(plain, kept, wording))))),
  );
  return { text, plain, letters, restZero, scope, context, clauses: kept, groups };
}

/** 其余都没有 is of rows that the message does not name, so nothing of it is read further. */
function markRest(plain: string, marks: Uint8Array): boolean {
  if (!/[其剩余别除]/.test(plain)) return false;
  const said = matchesOf(restIsZero, plain);
  for (const it of said) mark(marks, spanOfMatch(it), noise);
  return said.length > 0;
}

function markDates(plain: string, marks: Uint8Array, context: ReadContext): DateMention[] {
  const dates = findDates(plain, context, (at) => marks[at] !== free);
  for (const it of dates) mark(marks, it, dated);
  return dates;
}

function namingOf({ compiled, fields }: Scope, { rowNumbers }: ReadContext) {
  return {
    compiled,
    isNamable(no: number) {
      const row = compiled.rows[no - 1];
      return rowNumbers?.includes(no) ?? (row !== undefined && appliesTo(row.indicator, fields));
    },
    isWalk: rowNumbers !== undefined,
  };
}

/** Names of rows as they are written or heard, and counting words that only one row has. */
function hitsIn(letters: Letters, scope: Scope, figures: readonly Figure[]): Hit[] {
  const named = findHits(letters, scope, figures);
  const counted = findUnitHits(letters, scope, { figures, hits: named });
  const hits: Hit[] = [];
  for (const hit of named) {
    const heard = heardOver(hit, letters, scope);
    if (heard.length > 0) hits.push(...heard);
    else hits.push(hit);
  }
  hits.push(...counted);
  return hits.sort((a, b) => a.start - b.start);
}

/** With the row known beforehand, every figure of the text is its. */
function groupOfRow(row: Row, clauses: readonly Clause[]): Group {
  return {
    rows: [row],
    zones: [],
    clauses: [...clauses],
    figures: clauses.flatMap((clause) =>
      clause.figures.map((figure) => ({ figure, clause, measureId: null, isCorrection: false, zone: null })),
    ),
    dates: clauses.flatMap((it) => it.dates).filter((it) => it.kind !== "whole"),
    isUnsure: false,
    isSum: false,
  };
}
