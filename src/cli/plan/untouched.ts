import { instantAt } from "../../campaign/calendar.ts";
import type { Campaign, Unit } from "../../campaign/campaign.ts";
import type { Nomination } from "../../campaign/nomination.ts";
import { emptyRecord, type UnitRecord } from "../../campaign/unit-record.ts";

/** Of a unit that has done nothing; whoever is known by mobile only is found by the time it matters. */
export function untouched(campaign: Campaign, unit: Unit): UnitRecord {
  const contactIds = unit.contacts.map((it) => ("staffId" in it ? it.staffId : it.mobile));
  return { ...emptyRecord(campaign, unit), contactIds };
}

/** It still does nothing, but has a liaison: whoever could be asked before, else somebody new. */
export function withLiaison(campaign: Campaign, record: UnitRecord): UnitRecord {
  const { unit, contactIds } = record;
  const staffId = contactIds[0] ?? `liaison-${unit.id}`;
  const namedAt = instantAt(campaign.period.start, "00:00", campaign);
  const liaison: Nomination = {
    ...{ no: 1, unitId: unit.id, name: "联络员", post: "", phone: "", staffId },
    ...{ proposedBy: staffId, proposedAt: namedAt, status: "approved", decidedBy: null, decidedAt: namedAt },
  };
  return { ...record, nominations: [liaison] };
}
