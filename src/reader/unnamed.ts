import { isBesideActivity } from "./beside.ts";
import type { Group } from "./group.ts";
import { lettersBetween } from "./letters.ts";
import type { Parsed } from "./parsed.ts";
import { suggestRows, typedRows } from "./suggestions.ts";
import { activity, fixWords, otherActivity, placeOrTime } from "./words.ts";

/** Rows that figures without a name may be of, by id. */
export function suggestedRows(parsed: Parsed, group: Group): string[] {
  const typed = typedRows(wordsOf(parsed, group, " "), parsed.scope);
  return typed.length > 0 ? typed : suggestRows(lettersIn(parsed, group), parsed.scope).rowIds;
}

/** Rows that a message without figures or names may ask about: one word of the form (检查) does, talk does not. */
export function rowsOfTalk({ plain, letters, scope }: Parsed): string[] {
  const typed = typedRows(plain, scope);
  if (typed.length > 0) return typed;
  const content = letters.text.replaceAll("\n", "");
  const { rowIds, coverage } = suggestRows(content, scope);
  return content.length > 6 || coverage < 0.75 || /[是我你您他这那吧呢]/.test(content) ? [] : rowIds;
}

/** 发放资料500份 beside a report: no row of this form asks for it. */
export function isBesides(parsed: Parsed, group: Group): boolean {
  const sentence = group.clauses[0]?.sentence;
  const isAlone = parsed.clauses.filter((it) => it.sentence === sentence).length === group.clauses.length;
  return !isAlone && isBesideActivity(wordsOf(parsed, group, "，"), parsed.scope.compiled);
}

/** Figures without a row: a report if the form counts so and words or several figures say that something was done. */
export function isReportLike(parsed: Parsed, group: Group): boolean {
  const { compiled } = parsed.scope;
  const counts = group.figures.map((it) => it.figure.counter).filter((it) => it !== null);
  const known = counts.filter((it) => (compiled.rowsByCounter.get(it) ?? []).length > 0);
  const words = wordsOf(parsed, group, "，");
  if (/[a-z]{2,}/.test(words) && !/[一-龥]/.test(words)) return true;
  if (counts.some((it) => !placeOrTime.test(it)) && activity.test(words)) return true;
  if (known.length === 0) return false;
  // 不对，是30人: of what, is asked
  if (fixWords.test(words)) return true;
  if (suggestRows(lettersIn(parsed, group), parsed.scope).coverage >= 0.5) return true;
  const hasSessions = counts.some((it) => /^(?:场次?|期|批次)$/.test(it));
  return hasSessions || new Set(known).size > 1 || activity.test(words) || otherActivity.test(words);
}

function wordsOf({ plain }: Parsed, { clauses }: Group, joint: string): string {
  return clauses.map((it) => plain.slice(it.start, it.end)).join(joint);
}

function lettersIn({ letters }: Parsed, { clauses }: Group): string {
  return clauses.map((it) => lettersBetween(letters, it.start, it.end)).join("");
}
