import type { Row } from "../campaign/row.ts";
import type { Clause } from "./clauses.ts";
import { isPersonWord } from "./counters.ts";
import type { Figure } from "./figure.ts";
import type { Gathering } from "./gathering.ts";
import { countsAs, type Group, holdsSame, isCountedApart, isSameRows } from "./group.ts";
import { statementOf } from "./meaning.ts";
import { isNamedMeasure } from "./measures.ts";
import { againWords, leftOver, ofAll, otherActivity, otherDeeds } from "./words.ts";

/** A clause of figures without a name: they are of the row before it, of one still to be named, or of none. */
export function takeBare(gathering: Gathering, clause: Clause): void {
  const { last, isCorrecting } = gathering;
  if (last === undefined || last.zones.length === 0) {
    const event = eventLacking(gathering, clause);
    if (event === undefined) gathering.wait(clause.figures, clause);
    else for (const figure of clause.figures) gathering.place(event, figure, { clause, zone: null });
    return;
  }
  if (leftOver.test(gathering.textOf(clause)) && last.rows.every((it) => it.indicator.field !== undefined)) return;
  const isRepeated = clause.figures.some((it) => it.role === "plain" && holdsSame(last, it));
  if (isOfOther(gathering, clause, { last, isRepeated })) {
    gathering.leave(clause.figures, clause);
    return;
  }
  // 行刑衔接2个, and in a line of its own: 其他3个
  const [row] = last.rows;
  const isOfRow = isCountedApart(last) && row !== undefined && isNamed(gathering.plain, row, clause);
  const isNewSentence = last.clauses.at(-1)?.sentence !== clause.sentence && !isOfRow;
  const isAgain = clause.dates.length > 0 || againWords.test(gathering.textOf(clause));
  if (isRepeated && !isCorrecting && isAgain) {
    if (clause.dates.length > 0) doubtShared(last);
    const again: Group = { ...last, clauses: [clause], figures: [], dates: gathering.carried, isSum: false };
    gathering.groups.push(again);
    for (const figure of clause.figures) gathering.place(again, figure, { clause, zone: null });
    return;
  }
  if (isRepeated && !isCorrecting && isNewSentence) {
    gathering.wait(clause.figures, clause);
    return;
  }
  if (!last.clauses.includes(clause)) last.clauses.push(clause);
  // 警示教育2场，6月2日40人: the day comes with the people
  if (last.dates.length === 0 && clause.dates.some((it) => it.kind !== "whole")) last.dates = gathering.carried;
  for (const figure of clause.figures) {
    if (!isShared(gathering, figure, clause)) gathering.place(last, figure, { clause, zone: null });
  }
}

/** 警示教育2场：6月2日40人，6月9日35人: told before the days, the sessions are those of all of them. */
function doubtShared(group: Group): void {
  const isBeforeDay = ({ start }: Figure) => group.dates.some((it) => it.start > start);
  group.figures = group.figures.map((it) => {
    const { counter, value } = it.figure;
    const isShared = counter !== null && !isPersonWord(counter) && value > 1 && isBeforeDay(it.figure);
    return isShared ? { ...it, figure: { ...it.figure, problem: "vague" } } : it;
  });
}

/** 进社区2场，发放手册300份，120人参加: what was handed out meanwhile had nobody taking part. */
function eventLacking({ groups, plain }: Gathering, clause: Clause): Group | undefined {
  const isOfPeople = clause.figures.every((it) => it.counter !== null && isPersonWord(it.counter));
  if (!isOfPeople || !ofAll.test(plain.slice(clause.start, clause.end))) return undefined;
  const event = groups.findLast((it) => it.zones.length > 0);
  const isNear = event?.rows.length === 1 && event.clauses.at(-1)?.sentence === clause.sentence;
  const isOpen = (figure: Figure) =>
    event !== undefined && countsAs(event.rows[0], figure).length > 0 && !holdsSame(event, figure);
  return isNear && event.figures.length > 0 && clause.figures.every(isOpen) ? event : undefined;
}

/** 演练2场，安全课1场: the clause tells of an activity that is not the row before it. */
function isOfOther(
  { plain, wording, isCorrecting }: Gathering,
  clause: Clause,
  { last, isRepeated }: { last: Group; isRepeated: boolean },
): boolean {
  const [row] = last.rows;
  if (clause.figures.every((it) => it.role === "part") || (row && isNamed(plain, row, clause))) return false;
  const isEvent = clause.figures.some((it) => it.counter !== null && !isPersonWord(it.counter));
  const isNew = isRepeated || last.clauses.at(-1)?.sentence !== clause.sentence;
  const mayBeUnknown = isNew && isEvent && !isCountedApart(last) && !isCorrecting;
  return (
    (mayBeUnknown && wording.hasOtherName(clause.start, clause.end)) ||
    isOtherDeed(plain, clause, last) ||
    otherActivity.test(plain.slice(clause.start, clause.end)) ||
    wording.isElsewhere(clause, last.rows)
  );
}

/** 没发现隐患，发放传单200份: neither goes on with the row before. */
function isOtherDeed(plain: string, clause: Clause, last: Group): boolean {
  const isDeed = otherDeeds.test(plain.slice(clause.start, clause.end));
  if (isDeed && !last.rows.some(isOfDeeds)) return true;
  return last.figures.length === 0 && statementOf(plain, last, false) === "zero";
}

function isOfDeeds({ indicator }: Row): boolean {
  return [indicator.label, ...indicator.aliases].some((it) => otherDeeds.test(it));
}

/** Each figure has the name of a measure of the row before it (培训率98.2%). */
function isNamed(plain: string, { indicator }: Row, clause: Clause): boolean {
  return clause.figures.every((figure) => isNamedMeasure(plain, indicator, { figure, clause }));
}

/** 演练3次，宣讲4次，共200人: the people may be those of both rows, so both are asked. */
function isShared({ groups, isCorrecting }: Gathering, figure: Figure, { sentence }: Clause): boolean {
  const [before, last] = groups.slice(-2);
  if (figure.role === "each") return false;
  if (!before || !last || before.figures.length === 0 || isCorrecting) return false;
  // 进企业3场，进社区2场，共260人: totals.ts joins them
  if (figure.role === "total" && isSameRows(before.rows, last.rows)) return false;
  if (before.rows === last.rows || before.clauses.at(-1)?.sentence !== sentence) return false;
  const lacks = (it: Group) =>
    it.rows.length === 1 && countsAs(it.rows[0], figure).length > 0 && !holdsSame(it, figure);
  return lacks(before) && lacks(last);
}
