import type { Row } from "../campaign/row.ts";
import type { Clause, Zone } from "./clauses.ts";
import { isPersonWord } from "./counters.ts";
import type { Figure } from "./figure.ts";
import type { Gathering } from "./gathering.ts";
import { countAlike, countsAs, type Group, holdsSame, isCountedApart, isSameRows } from "./group.ts";
import { datesFor } from "./surroundings.ts";
import { againWords } from "./words.ts";

/** A clause with names: each takes the figures behind it, the first also those that lead up to it. */
export function takeNamed(gathering: Gathering, clause: Clause): void {
  const figures = [...clause.figures];
  for (const [index, zone] of clause.zones.entries()) {
    gathering.carried = datesFor(clause, index) ?? gathering.carried;
    if (index === 0) leaveOthers(gathering, clause, { zone, figures });
    const group = groupFor(gathering, zone, { clause, figures });
    // 昨天1场，今天2场，都是宣讲: figures of another day are no part of this one's
    if (gathering.waiting.some((it) => it.dates.length > 0 && it.dates !== gathering.carried)) gathering.leaveWaiting();
    for (const it of gathering.waiting.splice(0)) gathering.place(group, it.figure, { clause: it.clause, zone });
    takeFigures(gathering, group, { clause, zone, next: clause.zones[index + 1], figures });
  }
}

/** Figures before the first name of a clause that are not its own. */
function leaveOthers(gathering: Gathering, clause: Clause, { zone, figures }: { zone: Zone; figures: Figure[] }): void {
  if (isWaitingForOther(gathering, zone, clause)) gathering.leaveWaiting();
  const isUnnamed = leadsUnnamed(gathering, clause, zone);
  if (isUnnamed) gathering.leave(figures.splice(0, figures.filter((it) => it.start < zone.start).length), clause);
}

/** 检查工程3个 发现隐患1个: names stand before their figures here, so the first figure is of something unnamed. */
function leadsUnnamed({ wording }: Gathering, { start, figures, zones }: Clause, zone: Zone): boolean {
  const [first] = figures;
  if (!first || first.start >= zone.start) return false;
  const alike = figures.filter((it) => countAlike(zone.rows[0], it, first));
  const isLastNamedFirst = alike.some((it) => it.start >= (zones.at(-1) ?? zone).end);
  const isRepeated = alike.some((it) => it.start >= zone.end);
  return isLastNamedFirst && isRepeated && wording.hasOtherName(start, first.start);
}

/** 开展活动10场，其中演练2场: a row that has its own figure behind its name takes none from before. */
function isWaitingForOther({ waiting }: Gathering, { rows, end }: Zone, clause: Clause): boolean {
  const next = clause.zones[1]?.start ?? clause.end;
  const own = clause.figures.filter((it) => it.start >= end && it.start < next);
  return waiting.some(({ figure }) => own.some((it) => countAlike(rows[0], it, figure)));
}

interface Taking {
  clause: Clause;
  zone: Zone;
  next: Zone | undefined;
  /** Those of the clause that no name has taken yet; what is taken is gone from it. */
  figures: Figure[];
}

function takeFigures(gathering: Gathering, group: Group, { clause, zone, next, figures }: Taking): void {
  let end = zone.end;
  let isFirst = true;
  for (let figure = figures[0]; figure; figure = figures[0]) {
    const isBefore = figure.start < zone.end;
    const isMore = isCountedApart(group) || !holdsSame(group, figure);
    if (next && !isCountable(zone, figure) && isCountable(next, figure)) break;
    if (!isBefore && next && (figure.end > next.start || !(isMore || isFirst))) break;
    // 又开了一个班前会: said of what it stands before
    if (!isBefore && next && isArticle(figure, next)) break;
    // 2场演练1场宣讲: right before the next name, and the row has its own
    const isEvent = figure.role === "plain" && figure.counter !== null && !isPersonWord(figure.counter);
    if (!isBefore && !isMore && isEvent && gathering.wording.hasOtherName(end, figure.start)) {
      gathering.leave(figures.splice(0, figuresBefore(figures, next)), clause);
      break;
    }
    gathering.place(group, figure, { clause, zone });
    figures.shift();
    end = Math.max(end, figure.end);
    isFirst = false;
  }
}

function isArticle({ counter, value, end }: Figure, next: Zone): boolean {
  return counter === "个" && value === 1 && end === next.start;
}

/** 在储配站组织一场演练: a figure that the first name's rows can't count is the next one's. */
function isCountable({ rows }: Zone, figure: Figure): boolean {
  return figure.counter === null || rows.some((it) => countsAs(it, figure).length > 0);
}

/** How many of the figures stand before a name. */
function figuresBefore(figures: readonly Figure[], zone: Zone | undefined): number {
  return zone === undefined ? figures.length : figures.filter((it) => it.end <= zone.start).length;
}

/** A new group, or the one before when it is the same row and lacks just these figures. */
function groupFor(
  gathering: Gathering,
  zone: Zone,
  { clause, figures }: { clause: Clause; figures: readonly Figure[] },
): Group {
  const { last, isCorrecting } = gathering;
  const next = clause.zones[clause.zones.indexOf(zone) + 1];
  const own = figures.filter((it) => it.start < (next?.start ?? clause.end));
  const isSame = last !== undefined && isSameRows(last.rows, zone.rows);
  const goingOn = last && isSame ? goesOn(gathering, last, { zone, clause, own }) : "no";
  if (last && goingOn !== "no") {
    last.isSum ||= goingOn === "sum";
    last.zones.push(zone);
    if (last.clauses.at(-1) !== clause) last.clauses.push(clause);
    return last;
  }
  // 演练3场80人，不对，宣讲…: the figures may have been meant for the other row
  if (isCorrecting && last && !isSame) {
    last.isUnsure = true;
    last.rows = union(last.rows, zone.rows);
    last.zones.push(zone);
    last.clauses.push(clause);
    return last;
  }
  const group: Group = {
    rows: zone.rows,
    zones: [zone],
    clauses: [clause],
    figures: [],
    dates: gathering.carried,
    isUnsure: zone.isDoubtful || isOfOtherField(gathering, zone, clause),
    isSum: false,
  };
  // 宣讲、演练2场80人: one figure for all the names before it
  if (own.length > 0 && !isSame && !zone.isList) shareWithListed(gathering, group, clause);
  gathering.groups.push(group);
  return group;
}

/** Whether a name that comes again goes on with what was said of its row, or with a sum (桥梁3座、隧道2座). */
function goesOn(
  gathering: Gathering,
  last: Group,
  { zone, clause, own }: { zone: Zone; clause: Clause; own: readonly Figure[] },
): "yes" | "sum" | "no" {
  if (gathering.isCorrecting) return "yes";
  const isNear = last.clauses.at(-1)?.sentence === clause.sentence && !zone.isList;
  // 昨天查了三座中转站两座公厕: the day is said of both
  if (!isNear || (clause.dates.length > 0 && last.clauses.at(-1) !== clause)) return "no";
  const isRepeated = zone.measureId === null && own.some((it) => holdsSame(last, it));
  if (!isRepeated) return "yes";
  const isSingle = last.rows.length === 1 && last.rows[0]?.indicator.measures.length === 1;
  return isSingle && !againWords.test(gathering.textOf(clause)) ? "sum" : "no";
}

/** Names without figures that a `、` joins to a clause are of one group with it, which nobody can tell apart. */
function shareWithListed({ groups }: Gathering, group: Group, { sentence, edgeBefore }: Clause): void {
  let edge = edgeBefore;
  for (let other = groups.at(-1); other; other = groups.at(-1)) {
    const clause = other.clauses.at(-1);
    const isListed = clause !== undefined && clause.sentence === sentence && edge === "、";
    if (!isListed || other.figures.length > 0 || other.zones.some((it) => it.isList)) break;
    groups.pop();
    group.rows = union(other.rows, group.rows);
    group.zones.unshift(...other.zones);
    group.clauses.unshift(...other.clauses);
    group.isUnsure = true;
    edge = clause.edgeBefore;
  }
}

function union(some: readonly Row[], others: readonly Row[]): Row[] {
  return [...new Set([...some, ...others])];
}

function isOfOtherField({ otherFieldIn }: Gathering, { rows }: Zone, { sentence }: Clause): boolean {
  return otherFieldIn === sentence && rows.every((it) => it.indicator.field !== undefined);
}
