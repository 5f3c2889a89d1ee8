import type { Row } from "../campaign/row.ts";
import type { Clause } from "./clauses.ts";
import { canCount } from "./counters.ts";
import type { Group } from "./group.ts";
import type { Parsed } from "./parsed.ts";
import { foldName } from "./text.ts";

/**
 * Narrows groups whose words mean rows of several fields (发现隐患): by the field's name in the clause, by the field
 * of the row named before it in the message, else after it, and by the counting word.
 */
export function resolveRows(parsed: Parsed): Group[] {
  const { groups } = parsed;
  if (!groups.some(isOpen)) return [...groups];
  const forward = narrow(parsed, groups);
  return narrow(parsed, forward.toReversed()).toReversed();
}

/** Its words may mean one of several rows. */
function isOpen({ isUnsure, rows, zones }: Group): boolean {
  return !isUnsure && rows.length > 1 && !zones.some((it) => it.isList);
}

function narrow({ plain, scope: { compiled } }: Parsed, groups: readonly Group[]): Group[] {
  let carried: string | undefined;
  /** Where two fields were named side by side (检查工地5个和燃气站3座), what was found there is of either. */
  let isEither = false;
  let named: { field: string; sentence: number | undefined } | null = null;
  const folded = new Map<Clause, string>();
  const wordsOf = (it: Clause) => {
    const words = folded.get(it) ?? foldName(plain.slice(it.start, it.end));
    folded.set(it, words);
    return words;
  };
  return groups.map((group) => {
    const rows = isOpen(group) ? group.rows : null;
    let narrowed: Group = group;
    if (rows) {
      const words = group.clauses.map(wordsOf).join("，");
      const said = compiled.fieldNames.filter((it) => words.includes(it.name)).map((it) => it.field);
      const carriedRows = carried === undefined || isEither ? [] : ofFields(rows, [carried]);
      const left = said.length > 0 ? ofFields(rows, said) : carriedRows.length > 0 ? carriedRows : fitting(rows, group);
      if (left.length === 1) narrowed = { ...group, rows: left };
    }
    const sentence = group.clauses[0]?.sentence;
    const field = narrowed.rows.length === 1 ? narrowed.rows[0]?.indicator.field : undefined;
    if (field !== undefined) {
      const isBeside = named !== null && named.sentence === sentence && named.field !== field;
      isEither = rows === null ? isBeside : isEither;
      carried = field;
    }
    named = rows === null && field !== undefined ? { field, sentence } : null;
    return narrowed;
  });
}

function ofFields(rows: readonly Row[], fields: readonly string[]): readonly Row[] {
  return rows.filter((it) => it.indicator.field && fields.includes(it.indicator.field));
}

function fitting(rows: readonly Row[], group: Group): readonly Row[] {
  const counters = group.figures.map((it) => it.figure.counter).filter((it) => it !== null);
  if (counters.length === 0) return rows;
  return rows.filter((row) => counters.every((it) => row.indicator.measures.some((measure) => canCount(measure, it))));
}
