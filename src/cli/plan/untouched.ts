import type { Campaign, Unit } from "../../campaign/campaign.ts";
import { emptyRecord, type UnitRecord } from "../../campaign/unit-record.ts";

/** Of a unit that has done nothing; whoever is known by mobile only is found by the time it matters. */
export function untouched(campaign: Campaign, unit: Unit): UnitRecord {
  const contactIds = unit.contacts.map((it) => ("staffId" in it ? it.staffId : it.mobile));
  return { ...emptyRecord(campaign, unit), contactIds };
}
