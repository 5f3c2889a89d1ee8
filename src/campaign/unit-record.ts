import type { Campaign, Unit } from "./campaign.ts";
import { deadlineFor, type MovedDeadline } from "./deadline.ts";
import type { UnitDocument } from "./document.ts";
import type { Entry } from "./entry.ts";
import { entryPeriods } from "./entry-period.ts";
import { type Form, formOf } from "./form.ts";
import { liaisonOf, type Nomination } from "./nomination.ts";
import { periodInView, type ReportingPeriod, reportingPeriods } from "./period.ts";
import { newSubmission, type Submission } from "./submission.ts";

/**
 * All that is kept of one unit in one reporting period. Entries, explanations and submission are that period's;
 * nominations, contacts and documents the campaign's.
 */
export interface UnitRecord {
  unit: Unit;
  /** Contacts of the campaign file, as far as the directory knows their staff ids. */
  contactIds: readonly string[];
  nominations: readonly Nomination[];
  period: ReportingPeriod;
  entries: readonly Entry[];
  explanations: Readonly<Record<string, string>>;
  submission: Submission;
  documents: readonly UnitDocument[];
  /** Deadlines that were moved for the unit, or for all. */
  moved: readonly MovedDeadline[];
  /** Who is asked after the liaison, in order. */
  deputies: readonly Deputy[];
  /** Its liaison said that it handed its papers in outside the bot; `null` where nobody did, or a manager asked again. */
  onPaper: PaperFiling | null;
  /** The unit's records of the other periods; none where the form is owed once. Those have no others of their own. */
  others: readonly UnitRecord[];
}

export interface Deputy {
  staffId: string;
  name: string;
}

/** 已线下报送: said, not seen. Figures are still wanted, so it only stills reminders until a manager asks again. */
export interface PaperFiling {
  by: string;
  at: Date;
}

/** Of a unit of which nothing is known yet, in each period. */
export function emptyRecord(campaign: Campaign, unit: Unit): UnitRecord {
  const nothing = { nominations: [], entries: [], explanations: {}, documents: [], moved: [], deputies: [] };
  const base = { unit, contactIds: [], ...nothing, onPaper: null, others: [] };
  const [first, ...others] = reportingPeriods(campaign).map(
    (period): UnitRecord => ({ ...base, period, submission: newSubmission(campaign, unit, period.key) }),
  );
  if (first === undefined) throw new RangeError("a campaign without a period");
  return { ...first, others };
}

export function formOfRecord(campaign: Campaign, record: UnitRecord): Form {
  return formOf(campaign, record.unit, record);
}

export function liaisonOfRecord(record: UnitRecord): Nomination | undefined {
  return liaisonOf(record.nominations, record.unit.id);
}

/** The unit's records of all periods, in order. */
export function allPeriodsOf(record: UnitRecord): UnitRecord[] {
  return [{ ...record, others: [] }, ...record.others].toSorted((a, b) => a.period.no - b.period.no);
}

/** The unit's entries of all periods, in order of recording. */
export function entriesOf(record: UnitRecord): Entry[] {
  return [record, ...record.others].flatMap((it) => it.entries).toSorted((a, b) => a.no - b.no);
}

/** The unit with these entries instead of its own, each in the period that it counts in. */
export function withEntries(record: UnitRecord, entries: readonly Entry[]): UnitRecord {
  const periods = allPeriodsOf(record).map((it) => it.period);
  const periodOf = entryPeriods(periods, entries);
  const having = (it: UnitRecord) => ({
    ...it,
    entries: entries.filter((entry) => periodOf(entry).key === it.period.key),
  });
  return { ...having(record), others: record.others.map(having) };
}

/** The same unit seen in another period. */
export function inPeriod(record: UnitRecord, key: string): UnitRecord {
  if (record.period.key === key) return record;
  const found = record.others.find((it) => it.period.key === key);
  if (found === undefined) throw new RangeError(`no period ${key}`);
  const { others: _, ...rest } = record;
  return { ...found, others: [{ ...rest, others: [] }, ...record.others.filter((it) => it !== found)] };
}

/** All units in the period that everybody speaks of on a day. */
export function inView(campaign: Campaign, records: readonly UnitRecord[], today: string): UnitRecord[] {
  const { key } = periodInView(reportingPeriods(campaign), today);
  return records.map((it) => inPeriod(it, key));
}

/** A unit whose form of the period has to be submitted: for the first time, or again. */
export function owesForm({ submission }: Pick<UnitRecord, "submission">): boolean {
  return submission.status !== "submitted" && submission.status !== "accepted";
}

/**
 * The period that a liaison works on: the one chosen, else the earliest that has begun and is still owed, else the latest
 * that has begun.
 */
export function atHand(record: UnitRecord, { today, chosen }: { today: string; chosen: string | null }): UnitRecord {
  const all = allPeriodsOf(record);
  const begun = all.filter((it) => it.period.start <= today);
  const found = all.find((it) => it.period.key === chosen) ?? begun.find(owesForm) ?? begun.at(-1) ?? all[0] ?? record;
  return inPeriod(record, found.period.key);
}

/** Other periods whose deadline day has passed and whose form is still owed, in order. */
export function alsoOwed(campaign: Campaign, record: UnitRecord, today: string): ReportingPeriod[] {
  return allPeriodsOf(record)
    .filter((it) => it.period.key !== record.period.key && owesForm(it))
    .filter((it) => deadlineFor(campaign, it, "statistics").due < today)
    .map((it) => it.period);
}
