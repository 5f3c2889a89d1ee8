import type { Row } from "../campaign/row.ts";
import type { Clause, Zone } from "./clauses.ts";
import { type Group, textAfter, textBefore } from "./groups.ts";
import type { Meaning } from "./settle.ts";
import {
  addWords,
  allAfter,
  allBefore,
  earlierReport,
  fixWords,
  notAllBefore,
  notApplicable,
  pendingAfter,
  pendingBefore,
  planned,
  setForAll,
  setInWalk,
  setWords,
  zeroAfter,
  zeroAlone,
  zeroBefore,
} from "./words.ts";

/** Whether the words make it a total so far, a correction, or one more event (the default). */
export function meaningOf(
  group: Group,
  { plain, clauses, isWalk }: { plain: string; clauses: readonly Clause[]; isWalk: boolean },
): Meaning {
  const textOf = (it: Clause) => plain.slice(it.start, it.end);
  const first = clauses.indexOf(group.clauses[0] ?? (clauses[0] as Clause));
  const until = clauses.indexOf(group.clauses.at(-1) ?? (clauses[0] as Clause));
  const own = group.clauses.map(textOf).join("，");
  const reaching = clauses
    .slice(0, until + 1)
    .map(textOf)
    .join("，");
  const isCorrected = group.figures.some((it) => it.isCorrection || it.figure.role === "withdrawn");
  const isDenied = group.figures.some((it) => it.figure.role === "denied");
  const isPlanned = planned.test(own) && !/[了已过]/.test(own.replace(/过程|除了/g, ""));
  const mode = (it: Meaning["mode"], isModeStated: boolean): Meaning => ({ mode: it, isModeStated, isPlanned });

  if (isWalk && setInWalk.test(own)) return mode("set", true);
  const isSet =
    setWords.test(own) ||
    (setForAll.test(
      plain
        .slice(0, group.clauses.at(-1)?.end ?? 0)
        .split(/[。；;\n]/)
        .join("。"),
    ) &&
      setWords.test(reaching));
  const isFix =
    isDenied ||
    (isCorrected && earlierReport.test(plain)) ||
    (!isCorrected && fixReaches(clauses.slice(0, until + 1), first, textOf));
  if (isFix) return mode("fix", true);
  if (isSet) return mode("set", true);
  return mode("add", addWords.test(own));
}

/** 不对 and 更正 reach what follows them, unless figures of the same message stand before them. */
function fixReaches(clauses: readonly Clause[], first: number, textOf: (clause: Clause) => string): boolean {
  for (const [index, clause] of clauses.entries()) {
    if (fixWords.test(textOf(clause))) return true;
    if (index < first && clause.figures.length > 0) return false;
  }
  return false;
}

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
  if (isPart && notAllBefore.test(before)) return "pending";
  if (isPart && (allBefore.test(before) || allAfter.test(after))) return "all";
  if (isPart && pendingBefore.test(before)) return /[均都]/.test(before) ? "zero" : "pending";
  return isAlone || zeroBefore.test(before) || zeroAfter.test(after) ? "zero" : "none";
}

/** 5个限期整改: not done yet. Such a name and the figure it takes with it count nothing. */
export function withoutPending(plain: string, clause: Clause, isPart: (row: Row) => boolean): Clause {
  const isPending = (it: Zone) =>
    pendingBefore.test(textBefore(plain, clause, it)) || pendingAfter.test(textAfter(plain, clause, it));
  const pending = clause.zones.filter((it) => it.rows.some(isPart) && isPending(it));
  if (pending.length === 0) return clause;
  const claimed = new Set(pending.flatMap((zone) => claimedBy(plain, clause, zone)));
  if (claimed.size === 0) return clause;
  return {
    ...clause,
    zones: clause.zones.filter((it) => !pending.includes(it)),
    figures: clause.figures.filter((it) => !claimed.has(it)),
  };
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
