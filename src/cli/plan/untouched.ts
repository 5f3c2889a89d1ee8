import type { Campaign, Unit } from "../../campaign/campaign.ts";
import { reportingPeriods } from "../../campaign/period.ts";
import { newSubmission } from "../../campaign/submission.ts";
import type { UnitRecord } from "../../campaign/unit-record.ts";

/** Of a unit that has done nothing; whoever is known by mobile only is found by the time it matters. */
export function untouched(campaign: Campaign, unit: Unit): UnitRecord {
  const base = {
    unit,
    contactIds: unit.contacts.map((it) => ("staffId" in it ? it.staffId : it.mobile)),
    nominations: [],
    entries: [],
    explanations: {},
    documents: [],
    moved: [],
    deputies: [],
    onPaper: null,
    others: [],
  };
  const [first, ...others] = reportingPeriods(campaign).map(
    (period): UnitRecord => ({ ...base, period, submission: newSubmission(campaign, unit, period.key) }),
  );
  if (first === undefined) throw new RangeError("a campaign without a period");
  return { ...first, others };
}
