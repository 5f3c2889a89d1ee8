import { hasIndependentCounts } from "../campaign/row.ts";
import { countAlike, countsAs, type Group, holdsSame, isCountedApart, type Placed } from "./group.ts";

/**
 * 进社区2场、进学校1场，共3场: a total of figures that were told one by one adds nothing to them. One that is another sum
 * than theirs leaves open which is wrong.
 */
export function withoutTotals(groups: readonly Group[]): Group[] {
  return groups.map((group, index) => {
    const totals = group.figures.filter((it) => isApart(it));
    if (totals.length === 0) return group;
    const told = groups.slice(0, index).filter((it) => isBeside(it, group));
    return totals.reduce((left, total) => withoutTotal(left, told, total), group);
  });
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
    figures: isSum ? others : [...others, { ...total, figure: { ...total.figure, problem: "vague" } }],
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

/** How many groups back a row may be completed: nobody speaks of more at once. */
const reach = 12;

/** 两场宣讲，一场专题学习，宣讲共63人: what a row lacked is told when it is named again. */
export function completed(groups: readonly Group[]): Group[] {
  const all: Group[] = [];
  for (const group of groups) {
    const from = Math.max(0, all.length - reach);
    const near = mayComplete(group) ? all.slice(from).findIndex((it) => isCompletedBy(it, group)) : -1;
    const at = from + near;
    const earlier = near < 0 ? undefined : all[at];
    if (earlier === undefined) all.push(group);
    else {
      const clauses = [...new Set([...earlier.clauses, ...group.clauses])];
      all[at] = { ...earlier, clauses, figures: [...earlier.figures, ...group.figures.map(asOwn)] };
    }
  }
  return all;
}

/** It names one row, and all its figures are of that row: those of independent counts by their own names. */
function mayComplete({ rows, zones, figures, isUnsure }: Group): boolean {
  const [row] = rows;
  if (row === undefined || rows.length > 1 || isUnsure || zones.length === 0 || figures.length === 0) return false;
  if (figures.some((it) => it.isCorrection)) return false;
  return hasIndependentCounts(row.indicator) || figures.every((it) => countsAs(row, it.figure).length > 0);
}

function isCompletedBy(earlier: Group, group: Group): boolean {
  if (earlier.rows[0] !== group.rows[0] || earlier.isUnsure || !isBeside(earlier, group)) return false;
  const isOfDay = earlier.dates === group.dates || group.dates.every((it) => earlier.dates.includes(it));
  if (earlier.figures.length === 0 || !isOfDay) return false;
  return isCountedApart(group) ? areOthers(earlier, group) : !group.figures.some((it) => holdsSame(earlier, it.figure));
}

/** 一案双罚1个、行刑衔接1个: counts of their own, each named. */
function areOthers(earlier: Group, group: Group): boolean {
  const told = earlier.figures.map((it) => it.measureId);
  return group.figures.every((it) => it.measureId !== null && !told.includes(it.measureId)) && !told.includes(null);
}

/** 其中演练100人 names its row, and so is no part of another. */
function asOwn(placed: Placed): Placed {
  const { figure } = placed;
  return figure.role === "part" ? { ...placed, figure: { ...figure, role: "plain" } } : placed;
}
