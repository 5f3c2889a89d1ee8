import type { Clause, Zone } from "./clauses.ts";
import type { Compiled } from "./compiled.ts";
import type { Group } from "./group.ts";
import { textAfter, textBefore } from "./surroundings.ts";
import {
  allAfter,
  allBefore,
  intended,
  notAllBefore,
  notApplicable,
  pendingAfter,
  pendingBefore,
  zeroAfter,
  zeroAlone,
  zeroBefore,
} from "./words.ts";

export type Statement = "zero" | "notApplicable" | "all" | "pending" | "none";

/** What is said of a row without a figure of its own. */
export function statementOf(plain: string, group: Group, isPart: boolean): Statement {
  const zone = group.zones.at(-1);
  const clause = zone && group.clauses.find((it) => zone.start >= it.start && zone.end <= it.end);
  if (!zone || !clause) return "none";
  const before = textBefore(plain, clause, zone);
  const after = textAfter(plain, clause, zone);
  const own = group.clauses.map((it) => plain.slice(it.start, it.end)).join("，");
  if (notApplicable.test(own)) return "notApplicable";
  const last = group.clauses.at(-1);
  const isAlone = last !== undefined && last !== clause && zeroAlone.test(plain.slice(last.start, last.end));
  if (isPart && (notAllBefore.test(before) || intended.test(before))) return "pending";
  if (isPart && (allBefore.test(before) || allAfter.test(after))) return "all";
  if (isPart && pendingBefore.test(before)) return /[均都]/.test(before) ? "zero" : "pending";
  return isAlone || zeroBefore.test(before) || zeroAfter.test(after) ? "zero" : "none";
}

/** 5个限期整改: not done yet. Such a name and the figure it takes with it count nothing. */
export function withoutPending(plain: string, clause: Clause, { wholeOf }: Pick<Compiled, "wholeOf">): Clause {
  const pending = clause.zones.filter(
    (it) => it.rows.some((row) => wholeOf.has(row.indicator.id)) && isPending(plain, clause, it),
  );
  if (pending.length === 0) return clause;
  const claimed = new Set(pending.flatMap((zone) => claimedBy(plain, clause, zone)));
  if (claimed.size === 0) return clause;
  return {
    ...clause,
    zones: clause.zones.filter((it) => !pending.includes(it)),
    figures: clause.figures.filter((it) => !claimed.has(it)),
  };
}

function isPending(plain: string, clause: Clause, zone: Zone): boolean {
  return pendingBefore.test(textBefore(plain, clause, zone)) || pendingAfter.test(textAfter(plain, clause, zone));
}

function claimedBy(plain: string, clause: Clause, zone: Zone): Clause["figures"] {
  const behind = clause.figures.find(
    (it) =>
      it.start >= zone.end && !/[一-龥]/.test(plain.slice(zone.end, it.start).replace(/[隐患的有了共中]|通知书?/g, "")),
  );
  if (behind) return [behind];
  const previous = clause.zones.filter((it) => it.end <= zone.start).at(-1);
  const before = clause.figures.filter((it) => it.end <= zone.start && it.start >= (previous?.start ?? 0));
  const last = before.at(-1);
  return last && (!previous || before.length > 1) ? [last] : [];
}
