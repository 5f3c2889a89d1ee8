import { actOn } from "../campaign/calendar.ts";
import { latestDocument } from "../campaign/document.ts";
import { unitProgress } from "../campaign/progress.ts";
import { answer, outcome, type Step } from "./flow.ts";
import { dayText, dueOf, momentText } from "./moment.ts";

/** `进度`, for a liaison: what the own unit owes, until when. */
export const ownProgress: Step<"own"> = (turn) => {
  const { campaign, own } = turn.facts;
  const progress = unitProgress(campaign, own);
  const data = {
    unit: own.unit.name,
    state: progress.statistics.state,
    openRows: progress.statistics.openRows,
    submittedAt:
      progress.statistics.submittedAt === null ? null : momentText(progress.statistics.submittedAt, campaign),
    returnedReason: own.submission.returned?.reason ?? null,
    hasSummary: progress.summary !== "missing",
    hasStamped: latestDocument(own.documents, "stamped") !== undefined,
    statisticsDue: dueOf(turn.facts, "statistics"),
    summaryDue: dueOf(turn.facts, "summary"),
    actOn:
      actOn(campaign, "statistics") === campaign.obligations.statistics.due
        ? null
        : dayText(actOn(campaign, "statistics")),
  };
  return outcome(turn.state, [answer(turn.inbound, { tag: "ownProgress", data })]);
};
