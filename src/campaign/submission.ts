import type { Campaign, Unit } from "./campaign.ts";
import { blocking, type Finding, findingsOf } from "./check.ts";
import { deadlineFor, type MovedDeadline } from "./deadline.ts";
import { type Form, hasSameFigures } from "./form.ts";
import { deadlineOf, periodByKey } from "./period.ts";

/** One frozen version of a unit's form, as its liaison submitted it. */
export interface SubmittedForm extends Form {
  version: number;
  submittedAt: Date;
  submittedBy: string;
}

export type SubmissionStatus = "drafting" | "submitted" | "returned" | "accepted";

/** A unit's 报送表 for one reporting period: drafting → submitted → returned → submitted → accepted (design §2). */
export interface Submission {
  unitId: string;
  /** Key of its `ReportingPeriod`. */
  period: string;
  status: SubmissionStatus;
  firstSubmittedAt: Date | null;
  /** What counts in the consolidated table, until a newer version is submitted. */
  last: SubmittedForm | null;
  /** The version that a manager accepted last. */
  acceptedVersion: number | null;
  /** Why the form came back, and for which rows (none named: as a whole); stays until it is submitted again. */
  returned: { reason: string; at: Date; rows?: readonly number[] } | null;
}

export type SubmissionEvent =
  | { type: "submitted"; form: SubmittedForm }
  | { type: "reopened"; at: Date }
  | { type: "restored"; at: Date }
  | { type: "returned"; reason: string; at: Date; rows?: readonly number[] }
  | { type: "accepted"; at: Date };

export type SubmitRefusal =
  | { reason: "blocked"; findings: Finding[] }
  | { reason: "alreadySubmitted"; submittedAt: Date }
  | { reason: "notSubmitted" };

export type Decision<Event, Refusal> = { ok: true; event: Event } | { ok: false; refusal: Refusal };

/** Of the period that `key` names, else of the first. */
export function newSubmission(campaign: Campaign, unit: Pick<Unit, "id">, key?: string): Submission {
  return {
    unitId: unit.id,
    period: periodByKey(campaign, key).key,
    status: "drafting",
    firstSubmittedAt: null,
    last: null,
    acceptedVersion: null,
    returned: null,
  };
}

export function decideSubmit(
  submission: Submission,
  context: { campaign: Campaign; unit: Unit; form: Form; at: Date; by: string },
): Decision<SubmissionEvent, SubmitRefusal> {
  const { campaign, unit, form, at, by } = context;
  const isSubmitted = submission.status === "submitted" || submission.status === "accepted";
  if (isSubmitted && submission.last !== null) {
    return { ok: false, refusal: { reason: "alreadySubmitted", submittedAt: submission.last.submittedAt } };
  }
  const findings = blocking(findingsOf(campaign, unit, form), form);
  if (findings.length > 0) return { ok: false, refusal: { reason: "blocked", findings } };
  const version = (submission.last?.version ?? 0) + 1;
  return { ok: true, event: { type: "submitted", form: { ...form, version, submittedAt: at, submittedBy: by } } };
}

/** A manager's 通过 or 退回 answers a submitted form only. */
export function decideReview(
  submission: Submission,
  review: Extract<SubmissionEvent, { type: "returned" | "accepted" }>,
): Decision<SubmissionEvent, SubmitRefusal> {
  const isOpenToReview =
    submission.status === "submitted" || (submission.status === "accepted" && review.type === "returned");
  return isOpenToReview ? { ok: true, event: review } : { ok: false, refusal: { reason: "notSubmitted" } };
}

/**
 * What a change of figures does to a form that was handed in: it reopens (the submitted version keeps counting), and
 * taking the change back closes it again, for then nothing differs from what was signed.
 */
export function effectOfChange(submission: Submission, form: Form, at: Date): SubmissionEvent | undefined {
  const { last, status } = submission;
  if (last === null) return undefined;
  const isSame = hasSameFigures(form, last);
  if ((status === "submitted" || status === "accepted") && !isSame) return { type: "reopened", at };
  if (status === "drafting" && isSame) return { type: "restored", at };
  return undefined;
}

export function evolve(submission: Submission, event: SubmissionEvent): Submission {
  switch (event.type) {
    case "submitted": {
      const firstSubmittedAt = submission.firstSubmittedAt ?? event.form.submittedAt;
      return { ...submission, status: "submitted", firstSubmittedAt, last: event.form, returned: null };
    }
    case "reopened":
      return { ...submission, status: "drafting" };
    case "restored": {
      const isAccepted = submission.last !== null && submission.last.version === submission.acceptedVersion;
      return { ...submission, status: isAccepted ? "accepted" : "submitted" };
    }
    case "returned": {
      const { type: _, ...returned } = event;
      return { ...submission, status: "returned", returned };
    }
    case "accepted":
      return { ...submission, status: "accepted", acceptedVersion: submission.last?.version ?? null };
    default:
      return event satisfies never;
  }
}

/** Of the first submission against the period's deadline, as `moved`; a return does not make it late (design §2). */
export function isOnTime(
  campaign: Campaign,
  { firstSubmittedAt, period: key }: Pick<Submission, "firstSubmittedAt" | "period">,
  moved: readonly MovedDeadline[],
): boolean {
  if (firstSubmittedAt === null) return false;
  const deadline = deadlineFor(campaign, { period: periodByKey(campaign, key), moved }, "statistics");
  return firstSubmittedAt <= deadlineOf(campaign, deadline);
}
