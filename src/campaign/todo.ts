import type { Campaign, ObligationName } from "./campaign.ts";
import { deadlineFor } from "./deadline.ts";
import { isOwed } from "./duty.ts";
import { deadlineOf, isRecurring, type ReportingPeriod } from "./period.ts";
import { allPeriodsOf, liaisonOfRecord, type UnitRecord } from "./unit-record.ts";

/** A to-do (待办) that a liaison ought to have. */
export interface WantedTodo {
  /** What makes it this one and no other: unit, obligation, period, liaison and deadline. */
  source: string;
  staffId: string;
  /** Where its liaison speaks for several units: which. */
  unit: string | null;
  obligation: TodoObligation;
  /** Of a form that is owed again and again. */
  period: ReportingPeriod | null;
  due: string;
  dueTime: string;
  dueAt: Date;
}

/** Who has a liaison has met the nomination. */
const todoObligations = ["statistics", "summary"] as const;
export type TodoObligation = (typeof todoObligations)[number];

export interface TodoContext {
  campaign: Campaign;
  now: Date;
  /** When the reminders of an obligation in a record's period begin; `null`: there are none. */
  beginOf(record: UnitRecord, obligation: ObligationName): Date | null;
}

/**
 * What every liaison known to DingTalk owes and is reminded of by now, the statistics form by period; nothing of a unit
 * that said to have handed in on paper.
 */
export function wantedTodos(context: TodoContext, records: readonly UnitRecord[]): WantedTodo[] {
  const wanted = records.filter((it) => it.onPaper === null).flatMap((it) => wantedOf(context, it));
  const unitsOf = new Map<string, Set<string | null>>();
  for (const { staffId, unit } of wanted) unitsOf.set(staffId, (unitsOf.get(staffId) ?? new Set()).add(unit));
  return wanted.map((it) => ({ ...it, unit: (unitsOf.get(it.staffId)?.size ?? 0) > 1 ? it.unit : null }));
}

function wantedOf({ campaign, now, beginOf }: TodoContext, record: UnitRecord): WantedTodo[] {
  const staffId = liaisonOfRecord(record)?.staffId ?? null;
  if (staffId === null) return [];
  return todoObligations.flatMap((obligation) =>
    (obligation === "statistics" ? allPeriodsOf(record) : [record])
      .filter((it) => isOwed(campaign, it, obligation) && hasBegun(beginOf(it, obligation), now))
      .map((it): WantedTodo => {
        const { due, dueTime } = deadlineFor(campaign, it, obligation);
        const period = obligation === "statistics" && isRecurring(campaign) ? it.period : null;
        const source = [it.unit.id, obligation, period?.key ?? "", staffId, due, dueTime].join(" ");
        const dueAt = deadlineOf(campaign, { due, dueTime });
        return { source, staffId, unit: it.unit.name, obligation, period, due, dueTime, dueAt };
      }),
  );
}

function hasBegun(begin: Date | null, now: Date): boolean {
  return begin !== null && begin <= now;
}
