import { deadlineFor } from "../campaign/deadline.ts";
import { latestDocument } from "../campaign/document.ts";
import { actOnOf } from "../campaign/period.ts";
import { unitProgress } from "../campaign/progress.ts";
import { answer, outcome, type Step } from "./flow.ts";
import { dayText, dueOf, momentText } from "./moment.ts";

/** `进度`, for a liaison: what the own unit owes, until when. */
export const ownProgress: Step<"own"> = (turn) => {
  const { campaign, own } = turn.facts;
  const progress = unitProgress(campaign, own);
  const due = deadlineFor(campaign, own, "statistics");
  const actOn = actOnOf(due);
  // A period that begins on a rest day can't be reported on the working day before it.
  const actsBefore = actOn !== due.due && actOn >= own.period.start;
  const data = {
    unit: own.unit.name,
    state: progress.statistics.state,
    openRows: progress.statistics.openRows,
    submittedAt:
      progress.statistics.submittedAt === null ? null : momentText(progress.statistics.submittedAt, campaign),
    returnedReason: own.submission.returned?.reason ?? null,
    hasSummary: progress.summary !== "missing",
    hasStamped: latestDocument(own.documents, "stamped") !== undefined,
    statisticsDue: dueOf(turn.facts, due),
    summaryDue: dueOf(turn.facts, deadlineFor(campaign, own, "summary")),
    actOn: actsBefore ? dayText(actOn) : null,
  };
  return outcome(turn.state, [answer(turn.inbound, { tag: "ownProgress", data })]);
};
