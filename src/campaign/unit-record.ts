import type { Campaign, Unit } from "./campaign.ts";
import type { UnitDocument } from "./document.ts";
import type { Entry } from "./entry.ts";
import { type Form, formOf } from "./form.ts";
import { liaisonOf, type Nomination } from "./nomination.ts";
import type { Submission } from "./submission.ts";

/** All that is kept of one unit in one campaign. */
export interface UnitRecord {
  unit: Unit;
  /** Contacts of the campaign file, as far as the directory knows their staff ids. */
  contactIds: readonly string[];
  nominations: readonly Nomination[];
  entries: readonly Entry[];
  explanations: Readonly<Record<string, string>>;
  submission: Submission;
  documents: readonly UnitDocument[];
}

export function formOfRecord(campaign: Campaign, record: UnitRecord): Form {
  return formOf(campaign, record.unit, record);
}

export function liaisonOfRecord(record: UnitRecord): Nomination | undefined {
  return liaisonOf(record.nominations, record.unit.id);
}
