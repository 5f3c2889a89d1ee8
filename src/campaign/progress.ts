import type { Campaign, ObligationName, Unit } from "./campaign.ts";
import { deadlineFor } from "./deadline.ts";
import { latestDocument } from "./document.ts";
import { isStarted, openRows } from "./form.ts";
import { firstProposedAt, type Nomination } from "./nomination.ts";
import { deadlineOf } from "./period.ts";
import { isOnTime } from "./submission.ts";
import { formOfRecord, liaisonOfRecord, type UnitRecord } from "./unit-record.ts";

/** Of one obligation: met on time, met late, or still owed. */
export type Timeliness = "onTime" | "late" | "missing";

export type StatisticsState = "notStarted" | "drafting" | "submitted" | "reopened" | "returned" | "accepted";

export interface UnitProgress {
  unit: Unit;
  liaison: Nomination | null;
  nomination: Timeliness;
  statistics: {
    state: StatisticsState;
    timeliness: Timeliness;
    submittedAt: Date | null;
    /** Numbers of the rows that nothing, or not everything, was said of. */
    openRows: number[];
  };
  summary: Timeliness;
}

export function progressOf(campaign: Campaign, records: readonly UnitRecord[]): UnitProgress[] {
  return records.map((record) => unitProgress(campaign, record));
}

const known = new WeakMap<UnitRecord, { campaign: Campaign; progress: UnitProgress }>();

/** Records are never changed, so one that is asked about at every minute is looked through once. */
export function unitProgress(campaign: Campaign, record: UnitRecord): UnitProgress {
  const found = known.get(record);
  if (found?.campaign === campaign) return found.progress;
  const progress = workOut(campaign, record);
  known.set(record, { campaign, progress });
  return progress;
}

function workOut(campaign: Campaign, record: UnitRecord): UnitProgress {
  const { unit, submission } = record;
  const liaison = liaisonOfRecord(record) ?? null;
  const form = formOfRecord(campaign, record);
  const deadline = (it: ObligationName) => deadlineOf(campaign, deadlineFor(campaign, record, it));
  const timeliness =
    submission.firstSubmittedAt === null ? "missing" : isOnTime(campaign, submission, record.moved) ? "onTime" : "late";
  return {
    unit,
    liaison,
    nomination:
      liaison === null ? "missing" : timelinessOf(firstProposedAt(record.nominations, unit.id), deadline("nomination")),
    statistics: {
      state: statisticsState(record, isStarted(form)),
      timeliness,
      submittedAt: submission.last?.submittedAt ?? null,
      openRows: openRows(campaign, unit, form).map((it) => it.no),
    },
    summary: timelinessOf(firstSummaryAt(record), deadline("summary")),
  };
}

/** What a unit owes: a form that was reopened or returned is owed again until it is submitted. */
export function owes(progress: UnitProgress, obligation: ObligationName): boolean {
  switch (obligation) {
    case "nomination":
      return progress.nomination === "missing";
    case "statistics":
      return progress.statistics.state !== "submitted" && progress.statistics.state !== "accepted";
    case "summary":
      return progress.summary === "missing";
    default:
      return obligation satisfies never;
  }
}

function statisticsState({ submission }: UnitRecord, started: boolean): StatisticsState {
  if (submission.status !== "drafting") return submission.status;
  if (submission.last !== null) return "reopened";
  return started ? "drafting" : "notStarted";
}

function firstSummaryAt(record: UnitRecord): Date | null {
  if (latestDocument(record.documents, "summary") === undefined) return null;
  return record.documents.find((it) => it.kind === "summary")?.receivedAt ?? null;
}

function timelinessOf(metAt: Date | null, deadline: Date): Timeliness {
  if (metAt === null) return "missing";
  return metAt <= deadline ? "onTime" : "late";
}
