import { hasIndependentCounts } from "../campaign/row.ts";
import { isOwn } from "./figure.ts";
import { countAlike, countsAs, type Group, holdsSame, isCountedApart, isSameRows, type Placed } from "./group.ts";

/**
 * 进社区2场、进学校1场，共3场: a total of figures that were told one by one adds nothing to them. One that is another sum
 * than theirs leaves open which is wrong.
 */
export function withoutTotals(groups: readonly Group[]): Group[] {
  return groups.map((group, index) => {
    if (!group.figures.some(isApart)) return group;
    const totals = group.figures.filter(isApart);
    const told = groups.slice(0, index).filter((it) => isBeside(it, group));
    return totals.reduce((left, total) => withoutTotal(left, told, total), group);
  });
}

/** 共开展活动3场，其中宣讲2场、演练1场: what is told of no row, and is the sum of what is told of the rows behind it. */
export function withoutOverall(groups: readonly Group[]): Group[] {
  return groups.filter((group, index) => {
    // 检查工地5个，发现3个，整改2个 is no sum: it must say that it is one
    if (group.rows.length > 0 || !group.figures.some((it) => it.figure.role === "total")) return true;
    const told = groups.slice(index + 1).filter((it) => it.rows.length === 1 && isInSentence(it, group));
    return !group.figures.every((it) => isSumOf(it, told));
  });
}

function isInSentence({ clauses }: Group, other: Group): boolean {
  return clauses[0]?.sentence === other.clauses.at(-1)?.sentence;
}

function isSumOf(total: Placed, told: readonly Group[]): boolean {
  const parts = told.flatMap(({ rows, figures }) =>
    figures.filter((it) => isOwn(it.figure) && countAlike(rows[0], it.figure, total.figure)),
  );
  return parts.length > 1 && parts.reduce((sum, it) => sum + it.figure.value, 0) === total.figure.value;
}

function withoutTotal(group: Group, told: readonly Group[], total: Placed): Group {
  const own = alike(group, total);
  const before = told.flatMap((it) => alike(it, total));
  if (own.length === 0 || before.length === 0) return group;
  const sum = [...before, ...own].reduce((added, it) => added + it.figure.value, 0);
  const isSum = sum === total.figure.value;
  const others = group.figures.filter((it) => it !== total);
  const isNeeded = others.some((it) => it.clause === total.clause);
  return {
    ...group,
    clauses: isNeeded ? group.clauses : group.clauses.filter((it) => it !== total.clause),
    figures: isSum ? others : [...others, asVague(total)],
  };
}

/** A total in a clause of its own, without a name, and what stands beside it (共3场90人). */
function isApart({ clause }: Placed): boolean {
  return clause.zones.length === 0 && clause.figures.some((it) => it.role === "total");
}

function alike({ rows, figures }: Group, total: Placed): Placed[] {
  return figures.filter(
    (it) => it !== total && it.figure.role === "plain" && countAlike(rows[0], it.figure, total.figure),
  );
}

function isBeside(one: Group, other: Group): boolean {
  return one.rows.length === 1 && one.clauses.at(-1)?.sentence === other.clauses[0]?.sentence;
}

/**
 * 进企业3场，进社区2场，共260人: events of one row that only together have what they lack are one. Where they can't be
 * joined, nobody knows of which the total is.
 */
export function gathered(plain: string, groups: readonly Group[]): Group[] {
  const all: Group[] = [];
  for (const group of groups) {
    const total = group.figures.find((it) => isTotalOfSeveral(plain, group, it));
    let whole = group;
    let one = all.at(-1);
    while (total && one && lacks(one, whole, total) && isJoinable(one, whole)) {
      all.pop();
      whole = joined(one, whole);
      one = all.at(-1);
    }
    // 宣讲3场，演练2场，演练1场，共80人: it may be of other rows, too
    const isOpen = total && one && lacks(one, whole, total) && (whole !== group || isSameRows(one.rows, whole.rows));
    all.push(isOpen ? { ...whole, figures: whole.figures.map((it) => (it === total ? asVague(it) : it)) } : whole);
  }
  return all;
}

/** 共260人 behind a space or a comma, and nothing else that counts the same; 3场共80人 is of its own event. */
function isTotalOfSeveral(plain: string, { rows, figures }: Group, { figure }: Placed): boolean {
  const [row] = rows;
  if (figure.role !== "total" || row === undefined || row.indicator.measures.length < 2) return false;
  const others = figures.filter((it) => it.figure !== figure);
  const before = others.findLast((it) => it.figure.end <= figure.start)?.figure.end ?? figure.start;
  return (
    /[\s，,、]/.test(plain.slice(before, figure.start)) && !others.some((it) => countAlike(row, it.figure, figure))
  );
}

/** Whether a group beside has nothing of what the total counts. */
function lacks(one: Group, whole: Group, { figure }: Placed): boolean {
  if (countsAs(one.rows[0], figure).length === 0 || isCountedApart(one)) return false;
  return isBeside(one, whole) && one.figures.length > 0 && !holdsSame(one, figure);
}

function isEvent({ figures, isUnsure }: Group): boolean {
  return !isUnsure && figures.every(({ figure }) => figure.role === "plain" || figure.role === "total");
}

function isJoinable(one: Group, whole: Group): boolean {
  return isSameRows(one.rows, whole.rows) && isEvent(one) && isEvent(whole) && isOfDay(one, whole);
}

function isOfDay(one: Group, whole: Group): boolean {
  return one.dates.length === whole.dates.length && one.dates.every((it) => whole.dates.includes(it));
}

function joined(one: Group, whole: Group): Group {
  const clauses = [...new Set([...one.clauses, ...whole.clauses])];
  const zones = [...one.zones, ...whole.zones];
  return { ...whole, zones, clauses, figures: [...one.figures, ...whole.figures], isSum: true };
}

function asVague(placed: Placed): Placed {
  return { ...placed, figure: { ...placed.figure, problem: "vague" } };
}

/** How many groups back a row may be completed: nobody speaks of more at once. */
const reach = 12;

/** 两场宣讲，一场专题学习，宣讲共63人: what a row lacked is told when it is named again. */
export function completed(groups: readonly Group[]): Group[] {
  const all: Group[] = [];
  for (const group of groups) {
    const at = mayComplete(group) ? completable(all, group) : null;
    const earlier = at === null ? undefined : all[at];
    if (at === null || earlier === undefined) all.push(group);
    else {
      const clauses = [...new Set([...earlier.clauses, ...group.clauses])];
      all[at] = { ...earlier, clauses, figures: [...earlier.figures, ...group.figures.map(asOwn)] };
    }
  }
  return all;
}

/** The place of the first group within reach that another completes. */
function completable(all: readonly Group[], group: Group): number | null {
  for (let at = Math.max(0, all.length - reach); at < all.length; at++) {
    const earlier = all[at];
    if (earlier && isCompletedBy(earlier, group)) return at;
  }
  return null;
}

/** It names one row, and all its figures are of that row: those of independent counts by their own names. */
function mayComplete({ rows, zones, figures, isUnsure }: Group): boolean {
  const [row] = rows;
  if (row === undefined || rows.length > 1 || isUnsure || zones.length === 0 || figures.length === 0) return false;
  if (figures.some((it) => it.isCorrection)) return false;
  return hasIndependentCounts(row.indicator) || figures.every((it) => countsAs(row, it.figure).length > 0);
}

function isCompletedBy(earlier: Group, group: Group): boolean {
  const isNear = isBeside(earlier, group) || isCountedApart(group);
  if (earlier.rows[0] !== group.rows[0] || earlier.isUnsure || !isNear) return false;
  const isOfDay = earlier.dates === group.dates || group.dates.every((it) => earlier.dates.includes(it));
  if (earlier.figures.length === 0 || !isOfDay) return false;
  return isCountedApart(group) ? areOthers(earlier, group) : !group.figures.some((it) => holdsSame(earlier, it.figure));
}

/** 一案双罚1个、行刑衔接1个, be it in lines of their own: counts of their own, each named. */
function areOthers(earlier: Group, group: Group): boolean {
  const told = earlier.figures.map((it) => it.measureId);
  return group.figures.every((it) => it.measureId !== null && !told.includes(it.measureId)) && !told.includes(null);
}

/** 其中演练100人 names its row, and so is no part of another. */
function asOwn(placed: Placed): Placed {
  const { figure } = placed;
  return figure.role === "part" ? { ...placed, figure: { ...figure, role: "plain" } } : placed;
}
