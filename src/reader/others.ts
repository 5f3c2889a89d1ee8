import type { Clause } from "./clauses.ts";

/** Whoever is not the own unit, without a name. */
const others = "全(?:市|区|县|省|国|局|系统)共|隔壁|兄弟单位|兄弟局|友邻|其他单位|别的单位|人家|他们|对方";
/** The own unit, as the subject of a clause; 我们还 goes on with what was said of it before. */
const own =
  /^\s*(?:而|但是?|不过)?(?:我们|我局|我司|我公司|我站|我所|我中心|我单位|我队|咱们?|本局|本单位|本公司)(?!和|与|跟|联合|还|另|又|同时)/;

/** What others did with the own unit. */
const together = /一起|一同|共同|联合|邀请|参加|[来到]我|观摩/;

/** Those who may be the subject of a clause: other people's words for others, and the units of the campaign. */
export function othersPattern(names: readonly string[]): RegExp {
  const known = names.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^\\s*(?:看到|听说|据说|看了?)?(?:${[others, ...known].join("|")})`);
}

/**
 * 定海搞了3场演练，我们搞了1场: where it goes on to what the own unit did, what others did before it counts nothing; the name
 * of the row may still be said there only. 对方工地发现隐患3个，我们督促整改2个 is one inspection, and all of it the unit's.
 */
export function withoutOthers(
  plain: string,
  clauses: readonly Clause[],
  { isOfOthers, ownNames }: { isOfOthers: RegExp; ownNames: readonly string[] },
): Clause[] {
  const isOfOther = (text: string) => isOfOthers.test(text) && !ownNames.some((it) => text.includes(it));
  const theirs = new Set<Clause>();
  for (const [at, clause] of clauses.entries()) {
    if (!own.test(plain.slice(clause.start, clause.end))) continue;
    const before = clauses.slice(0, at).filter((it) => it.sentence >= clause.sentence - 1);
    const from = before.findIndex((it) => isOfOther(plain.slice(it.start, it.end)));
    const told = before.slice(from);
    if (from < 0 || together.test(plain.slice(told[0]?.start, clause.start)) || goesOn(told, clause)) continue;
    for (const it of told) theirs.add(it);
  }
  return clauses.map((it) => (theirs.has(it) ? { ...it, figures: [], dates: [] } : it));
}

/** The clause names a further step of the inspection that was told before it. */
function goesOn(told: readonly Clause[], { zones }: Clause): boolean {
  const rows = told.flatMap((it) => it.zones.flatMap((zone) => zone.rows));
  const steps = zones.flatMap((it) => it.rows);
  const isOfInspections = rows.length > 0 && [...rows, ...steps].every((it) => it.indicator.field !== undefined);
  return isOfInspections && steps.length > 0 && !steps.some((it) => rows.includes(it));
}
