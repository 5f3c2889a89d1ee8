import { appliesTo, type Row } from "../campaign/row.ts";
import { apart } from "./apart.ts";
import { type Clause, clausesOf, zonesOf } from "./clauses.ts";
import { isPersonWord } from "./counters.ts";
import { type DateMention, findDates } from "./date.ts";
import type { Figure } from "./figure.ts";
import { findFigures } from "./figures.ts";
import type { Wording } from "./gathering.ts";
import type { Group } from "./group.ts";
import { groupsOf } from "./groups.ts";
import { findHits, findUnitHits, type Hit, type Letters, lettersBetween, lettersOf, suggestRows } from "./hits.ts";
import { markListNumbers } from "./list-markers.ts";
import { withoutPending } from "./meaning.ts";
import { findNearHits } from "./near.ts";
import { dated, free, mark, markNoise, noise } from "./noise.ts";
import type { ReadContext, Reading } from "./outcome.ts";
import type { Parsed } from "./parsed.ts";
import { type Compiled, compiled } from "./phrases.ts";
import { report } from "./report.ts";
import { rowsByNumber } from "./rows-by-number.ts";
import { plainText } from "./text.ts";
import { completed, withoutTotals } from "./totals.ts";
import { fillers, restIsZero } from "./words.ts";

export type { ReadContext, ReadEntry, Reading, ReadQuestion, ReadRejection } from "./outcome.ts";

/**
 * Reads a liaison's message: figures that are certain from its words and the form alone, and questions, rejections and
 * declarations for the rest. Pure: the same text in the same context reads the same.
 */
export function read(text: string, context: ReadContext): Reading {
  return report(parse(text, context));
}

function parse(text: string, context: ReadContext): Parsed {
  const known = compiled(context.campaign);
  const plain = plainText(text);
  const marks = new Uint8Array(plain.length);
  let restZero = false;
  for (const rest of /[其剩余别]/.test(plain) ? plain.matchAll(restIsZero) : []) {
    restZero = true;
    mark(marks, rest.index, rest.index + rest[0].length, noise);
  }
  markNoise(plain, marks, known);
  const dates = datesIn(plain, marks, context);
  const row = context.row === undefined ? undefined : known.rowById.get(context.row);
  const numbered = row ? [] : rowsByNumber(plain, marks, namingOf(known, context));
  markListNumbers(plain, marks);
  const figures = findFigures(plain, marks, known.counters);
  const letters = lettersOf(plain, marks, figures);
  const named = row ? [] : findHits(letters, { compiled: known, fields: context.fields, figures });
  const counted = row ? [] : findUnitHits(letters, { figures, hits: named, compiled: known, fields: context.fields });
  const heard = named.flatMap((it) => heardOver(it, { letters, known, fields: context.fields }));
  const hits = [...heard, ...counted].toSorted((a, b) => a.start - b.start);
  const clauses = clausesOf({ plain, figures, hits, dates, numbered });
  if (row)
    return { text, plain, clauses, groups: [groupOfRow(row, clauses)], letters, restZero, compiled: known, context };

  addNearHits(plain, clauses, { letters, known, fields: context.fields });
  const isPart = (it: Row) => known.wholeOf.has(it.indicator.id);
  const kept = clauses.map((it) => withoutPending(plain, it, isPart));
  let foreign: Hit[] | null = null;
  const wording: Wording = {
    isElsewhere: (clause, rows) => speaksOfOther(clause, rows, { letters, known, context }),
    isOfOtherField(clause) {
      if (clause.zones.length > 0 || clause.figures.length === 0) return false;
      foreign ??= otherFieldHits(hits, { letters, known, context, figures });
      return foreign.some((it) => it.start >= clause.start && it.end <= clause.end);
    },
    hasOtherName: (start, end) => lettersBetween(letters, start, end).replace(fillers, "").length > 1,
  };
  const groups = completed(withoutTotals(apart(plain, groupsOf(plain, kept, wording))));
  return { text, plain, clauses: kept, groups, letters, restZero, compiled: known, context };
}

/** Names of rows that only units of other fields have, where no row of the unit's is named. */
function otherFieldHits(
  own: readonly Hit[],
  { letters, known, context, figures }: { letters: Letters; known: Compiled; context: ReadContext; figures: Figure[] },
): Hit[] {
  const fields = context.campaign.fields.filter((it) => !context.fields.includes(it));
  if (fields.length === 0) return [];
  const isOfField = (it: Hit) => it.targets.every(({ row }) => row.indicator.field !== undefined);
  const isOwn = (hit: Hit) => own.some((it) => hit.start < it.end && it.start < hit.end);
  return findHits(letters, { compiled: known, fields, figures }).filter((it) => isOfField(it) && !isOwn(it));
}

function namingOf(known: Compiled, { fields, rowNumbers }: ReadContext) {
  const own = known.rows.filter((it) => appliesTo(it.indicator, fields)).map((it) => it.no);
  return { compiled: known, rowNumbers: rowNumbers ?? own, isWalk: rowNumbers !== undefined };
}

/** The words of a clause without a name are mostly those of rows other than `rows`. */
function speaksOfOther(
  clause: Clause,
  rows: readonly Row[],
  { letters, known, context }: { letters: Letters; known: Compiled; context: ReadContext },
): boolean {
  const words = lettersBetween(letters, clause.start, clause.end);
  const own = new Set(rows);
  if (words.length < 2 || clause.figures.some((it) => it.counter === null || isPersonWord(it.counter))) return false;
  return suggestRows(words, known, context.fields, own).coverage >= (words.length < 4 ? 1 : 0.6);
}

function datesIn(plain: string, marks: Uint8Array, context: ReadContext): DateMention[] {
  const dates = findDates(plain, context, (at) => marks[at] !== free);
  for (const { start, end } of dates) mark(marks, start, end, dated);
  return dates;
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

/** 整该隐患 is heard as 整改隐患, though its end alone is a name of other rows. */
function heardOver(
  hit: Hit,
  { letters, known, fields }: { letters: Letters; known: Compiled; fields: readonly string[] },
): Hit[] {
  const before = hit.length > 2 ? "" : lettersBetween(letters, hit.start - 2, hit.start);
  if (before.length < 2 || before.includes("\n")) return [hit];
  const around = { start: hit.start - 2, end: hit.end };
  const heard = findNearHits(letters, around, known, fields).filter((it) => !it.isDoubtful && it.length === 4);
  return heard.length > 0 ? heard : [hit];
}

/** A clause that has figures and words but no name may hold a name with one character wrong. */
function addNearHits(
  plain: string,
  clauses: readonly Clause[],
  { letters, known, fields }: { letters: Letters; known: Compiled; fields: readonly string[] },
): void {
  let hasZone = false;
  for (const clause of clauses) {
    if (clause.zones.length === 0 && clause.figures.length > 0) {
      const hits = findNearHits(letters, clause, known, fields).filter((it) => !hasZone || !it.isDoubtful);
      clause.zones = zonesOf(plain, hits, clause.figures);
    }
    hasZone ||= clause.zones.length > 0;
  }
}
