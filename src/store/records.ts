import { z } from "zod";
import type { Campaign, Unit } from "../campaign/campaign.ts";
import type { UnitDocument } from "../campaign/document.ts";
import type { Entry, RowState } from "../campaign/entry.ts";
import type { Nomination } from "../campaign/nomination.ts";
import { periodOn, type ReportingPeriod, reportingPeriods } from "../campaign/period.ts";
import type { Submission, SubmittedForm } from "../campaign/submission.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { PendingFile } from "../flows/flow.ts";
import type {
  Entry as EntryRow,
  Nomination as NominationRow,
  Prisma,
  Submission as SubmissionRow,
  SubmittedForm as SubmittedFormRow,
  UnitFile as UnitFileRow,
} from "./generated/sqlite/client.ts";

/** Rows of the database → domain. JSON columns are parsed, so a row that something else wrote is refused loudly. */
const figures = z.record(z.string(), z.number());
const explanations = z.record(z.string(), z.string());
const rowState: z.ZodType<RowState> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("filled"), figures }),
  z.object({ kind: z.literal("zero"), figures }),
  z.object({ kind: z.literal("notApplicable") }),
  z.object({ kind: z.literal("open"), figures, missing: z.array(z.string()) }),
]);
const rowStates = z.record(z.string(), rowState);
const entryMode = z.enum(["add", "set", "fix"]);
const nominationStatus = z.enum(["proposed", "approved", "declined", "replaced"]);
const submissionStatus = z.enum(["drafting", "submitted", "returned", "accepted"]);
const documentKind = z.enum(["summary", "stamped"]);

type Client = Prisma.TransactionClient;

/** The records of all units of the campaign, or of the named ones, in the campaign file's order, each of its first period. */
export async function loadRecords(
  client: Client,
  campaign: Campaign,
  unitIds?: readonly string[],
): Promise<UnitRecord[]> {
  const units = campaign.units.filter((it) => unitIds?.includes(it.id) ?? true);
  const where = { campaignId: campaign.id, ...(unitIds && { unitId: { in: [...unitIds] } }) };
  const mobiles = mobilesOf(units);
  const [nominations, entries, notes, submissions, files] = [
    await client.nomination.findMany({ where, orderBy: { no: "asc" } }),
    await client.entry.findMany({ where, orderBy: { no: "asc" } }),
    await client.explanation.findMany({ where }),
    await client.submission.findMany({ where }),
    await client.unitFile.findMany({ where: { ...where, state: "stored" }, orderBy: { no: "asc" } }),
  ];
  // A turn asks for what there can be only: each question takes as long as a good part of the rest of it.
  const forms =
    submissions.length === 0 ? [] : await client.submittedForm.findMany({ where, orderBy: { version: "asc" } });
  const directory =
    mobiles.length === 0 ? [] : await client.directoryEntry.findMany({ where: { mobile: { in: mobiles } } });
  const staffIdOf = new Map(directory.map((it) => [it.mobile, it.staffId]));
  const periods = reportingPeriods(campaign);
  const [nominationsOf, filesOf] = [byUnit(nominations), byUnit(files)];
  const [entriesOf, notesOf, submissionsOf, formsOf] = [
    byUnitAndPeriod(entries, (it) => periodOfEntry(periods, it)),
    byUnitAndPeriod(notes, (it) => periods.find(({ key }) => key === it.period) ?? periods[0]),
    byUnitAndPeriod(submissions, (it) => periods.find(({ key }) => key === it.period)),
    byUnitAndPeriod(forms, (it) => periods.find(({ key }) => key === it.period)),
  ];
  return units.flatMap((unit) => {
    const contactIds = unit.contacts.flatMap((it) => ("staffId" in it ? it.staffId : (staffIdOf.get(it.mobile) ?? [])));
    const common = { unit, contactIds, nominations: (nominationsOf.get(unit.id) ?? []).map(toNomination), others: [] };
    const documents = (filesOf.get(unit.id) ?? []).map(toDocument);
    const [first, ...others] = periods.map((period): UnitRecord => {
      const { key } = period;
      const place = `${unit.id} ${key}`;
      return {
        ...common,
        period,
        entries: (entriesOf.get(place) ?? []).map(toEntry),
        explanations: Object.fromEntries((notesOf.get(place) ?? []).map((it) => [it.indicatorId, it.text])),
        submission: toSubmission(
          { unitId: unit.id, period: key },
          submissionsOf.get(place)?.[0],
          formsOf.get(place)?.at(-1),
        ),
        documents,
      };
    });
    return first === undefined ? [] : [{ ...first, others }];
  });
}

/** Rows of one unit and period under `unit period`; those of no period of the campaign belong to none. */
function byUnitAndPeriod<T extends { unitId: string }>(
  rows: readonly T[],
  periodOf: (row: T) => ReportingPeriod | undefined,
): Map<string, T[]> {
  return groupedBy(rows, (it) => `${it.unitId} ${periodOf(it)?.key ?? ""}`);
}

function byUnit<T extends { unitId: string }>(rows: readonly T[]): Map<string, T[]> {
  return groupedBy(rows, (it) => it.unitId);
}

/** Looking through all rows again for each unit would take most of a turn where there are hundreds of units. */
function groupedBy<T>(rows: readonly T[], placeOf: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const place = placeOf(row);
    const beside = found.get(place);
    if (beside === undefined) found.set(place, [row]);
    else beside.push(row);
  }
  return found;
}

/** Recorded without a period, or in one that the campaign file has changed since: its day tells. */
function periodOfEntry(periods: readonly ReportingPeriod[], { period, date }: EntryRow): ReportingPeriod | undefined {
  const known = periods.find(({ key }) => key === period);
  if (known !== undefined) return known;
  const day = date ?? period?.split("/")[0];
  return day === undefined ? periods[0] : periodOn(periods, day);
}

function mobilesOf(units: readonly Unit[]): string[] {
  return units.flatMap((unit) => unit.contacts.flatMap((it) => ("mobile" in it ? it.mobile : [])));
}

function toNomination(row: NominationRow): Nomination {
  const { campaignId: _, ...rest } = row;
  return { ...rest, status: nominationStatus.parse(row.status) };
}

function toEntry(row: EntryRow): Entry {
  const { campaignId: _, period, ...rest } = row;
  return {
    ...rest,
    ...(period !== null && { period }),
    mode: entryMode.parse(row.mode),
    figures: figures.parse(row.figures),
  };
}

export function toSubmittedForm(row: SubmittedFormRow): SubmittedForm {
  const { version, submittedAt, submittedBy } = row;
  const form = { rows: rowStates.parse(row.rows), explanations: explanations.parse(row.explanations) };
  return { ...form, version, submittedAt, submittedBy };
}

function toSubmission(
  key: Pick<Submission, "unitId" | "period">,
  row: SubmissionRow | undefined,
  form: SubmittedFormRow | undefined,
): Submission {
  const returned = row?.returnedAt ? { reason: row.returnedReason ?? "", at: row.returnedAt } : null;
  return {
    ...key,
    status: row === undefined ? "drafting" : submissionStatus.parse(row.status),
    firstSubmittedAt: row?.firstSubmittedAt ?? null,
    acceptedVersion: row?.acceptedVersion ?? null,
    last: form === undefined ? null : toSubmittedForm(form),
    returned,
  };
}

function toDocument(row: UnitFileRow): UnitDocument {
  const { no, unitId, fileName, receivedBy, receivedAt } = row;
  const kind = documentKind.nullable().parse(row.kind);
  return { no, unitId, kind, fileName, storedAs: row.storedAs ?? "", bytes: row.bytes ?? 0, receivedBy, receivedAt };
}

export function toPendingFile(row: UnitFileRow): PendingFile {
  const { no, unitId, fileName, downloadCode, receivedBy, receivedAt } = row;
  return { no, unitId, kind: documentKind.nullable().parse(row.kind), fileName, downloadCode, receivedBy, receivedAt };
}
