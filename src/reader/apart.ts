import type { Row } from "../campaign/row.ts";
import type { Figure } from "./figure.ts";
import type { Group, Placed } from "./group.ts";

/**
 * 动火和警示教育各1场，分别30人、40人: a group of several named rows becomes one of each, where the words say what each has.
 * 各 beside a name that is not known leaves the row open.
 */
export function apart(plain: string, groups: readonly Group[]): Group[] {
  const all: Group[] = [];
  for (const group of groups) {
    const apiece = group.figures.filter((it) => it.figure.role === "apiece");
    const rows = rowsNamed(group);
    const shared = rows.length > 1 ? sharedOut(group, rows, apiece) : null;
    if (shared !== null) all.push(...shared);
    else if (rows.length < 2 && apiece.length > 0 && hasUnknownName(plain, group))
      all.push({ ...group, isUnsure: true });
    else all.push(group);
  }
  return all;
}

/** The rows of the names that stand beside each other, in their order; none if a name means several. */
function rowsNamed({ zones }: Group): Row[] {
  if (zones.length < 2 && (zones[0]?.parts.length ?? 0) < 2) return [];
  if (zones.some((it) => it.isList || it.isDoubtful || it.parts.some((part) => part.length !== 1))) return [];
  return [...new Set(zones.flatMap((it) => it.parts.flat()))];
}

function sharedOut(group: Group, rows: readonly Row[], apiece: readonly Placed[]): Group[] | null {
  const counters = new Set(group.figures.map((it) => it.figure.counter));
  const lists = [...counters]
    .map((counter) => group.figures.filter((it) => it.figure.role === "respective" && it.figure.counter === counter))
    .filter((it) => it.length === rows.length);
  if (apiece.length === 0 && lists.length === 0) return null;
  const taken = new Set([...apiece, ...lists.flat()]);
  const left = group.figures.filter((it) => !taken.has(it));
  // 共60人 is of all of them together, so each is asked for its own; anything else left over makes the whole unsure
  if (left.some((it) => it.figure.role !== "total")) return null;
  return rows.map((row, index) => {
    const own = lists.flatMap((it) => it.slice(index, index + 1));
    return { ...group, rows: [row], isUnsure: false, figures: [...apiece, ...own].map(asPlain) };
  });
}

function asPlain(placed: Placed): Placed {
  const figure: Figure = { ...placed.figure, role: "plain" };
  return { ...placed, figure };
}

function hasUnknownName(plain: string, { zones, clauses }: Group): boolean {
  const zone = zones[0];
  const clause = zone && clauses.find((it) => it.start <= zone.start && zone.end <= it.end);
  if (!zone || !clause) return false;
  return clause.edgeBefore === "、" || /[和与及跟]\s*[^和与及跟各]{0,4}$/.test(plain.slice(clause.start, zone.start));
}
