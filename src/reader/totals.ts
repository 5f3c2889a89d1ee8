import { countsAs } from "./alike.ts";
import type { Group, Placed } from "./groups.ts";

/**
 * 进社区2场、进学校1场，共3场: a total of figures that were told one by one adds nothing to them. One that is another sum
 * than theirs leaves open which is wrong.
 */
export function withoutTotals(groups: readonly Group[]): Group[] {
  return groups.map((group, index) => {
    const told = groups.slice(0, index).filter((it) => isBeside(it, group));
    const totals = group.figures.filter((it) => isApart(it));
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
  const wanted = countsAs(rows[0], total.figure);
  return figures.filter(
    (it) =>
      it !== total && it.figure.role === "plain" && countsAs(rows[0], it.figure).some((id) => wanted.includes(id)),
  );
}

function isBeside(one: Group, other: Group): boolean {
  return one.rows.length === 1 && one.clauses.at(-1)?.sentence === other.clauses[0]?.sentence;
}
