import { z } from "zod";
import type { Campaign, Unit } from "../campaign/campaign.ts";
import type { UnitDocument } from "../campaign/document.ts";
import type { Entry, RowState } from "../campaign/entry.ts";
import type { Nomination } from "../campaign/nomination.ts";
import { reportingPeriod, type Submission, type SubmittedForm } from "../campaign/submission.ts";
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

/** The records of all units of the campaign, or of the named ones, in the campaign file's order. */
export async function loadRecords(
  client: Client,
  campaign: Campaign,
  unitIds?: readonly string[],
): Promise<UnitRecord[]> {
  const units = campaign.units.filter((it) => unitIds?.includes(it.id) ?? true);
  const where = { campaignId: campaign.id, ...(unitIds && { unitId: { in: [...unitIds] } }) };
  const [nominations, entries, notes, submissions, forms, files, directory] = [
    await client.nomination.findMany({ where, orderBy: { no: "asc" } }),
    await client.entry.findMany({ where, orderBy: { no: "asc" } }),
    await client.explanation.findMany({ where }),
    await client.submission.findMany({ where: { ...where, period: reportingPeriod(campaign) } }),
    await client.submittedForm.findMany({
      where: { ...where, period: reportingPeriod(campaign) },
      orderBy: { version: "asc" },
    }),
    await client.unitFile.findMany({ where: { ...where, state: "stored" }, orderBy: { no: "asc" } }),
    await client.directoryEntry.findMany({ where: { mobile: { in: mobilesOf(units) } } }),
  ];
  const staffIdOf = new Map(directory.map((it) => [it.mobile, it.staffId]));
  const entriesOf = new Map<string, EntryRow[]>(units.map((it) => [it.id, []]));
  for (const entry of entries) entriesOf.get(entry.unitId)?.push(entry);
  return units.map((unit) => {
    const own = <T extends { unitId: string }>(rows: readonly T[]) => rows.filter((it) => it.unitId === unit.id);
    const contactIds = unit.contacts.flatMap((it) => ("staffId" in it ? it.staffId : (staffIdOf.get(it.mobile) ?? [])));
    return {
      unit,
      contactIds,
      nominations: own(nominations).map(toNomination),
      entries: (entriesOf.get(unit.id) ?? []).map(toEntry),
      explanations: Object.fromEntries(own(notes).map((it) => [it.indicatorId, it.text])),
      submission: toSubmission(campaign, unit.id, own(submissions)[0], own(forms).at(-1)),
      documents: own(files).map(toDocument),
    };
  });
}

function mobilesOf(units: readonly Unit[]): string[] {
  return units.flatMap((unit) => unit.contacts.flatMap((it) => ("mobile" in it ? it.mobile : [])));
}

function toNomination(row: NominationRow): Nomination {
  const { campaignId: _, ...rest } = row;
  return { ...rest, status: nominationStatus.parse(row.status) };
}

function toEntry(row: EntryRow): Entry {
  const { campaignId: _, ...rest } = row;
  return { ...rest, mode: entryMode.parse(row.mode), figures: figures.parse(row.figures) };
}

export function toSubmittedForm(row: SubmittedFormRow): SubmittedForm {
  const { version, submittedAt, submittedBy } = row;
  const form = { rows: rowStates.parse(row.rows), explanations: explanations.parse(row.explanations) };
  return { ...form, version, submittedAt, submittedBy };
}

function toSubmission(
  campaign: Campaign,
  unitId: string,
  row: SubmissionRow | undefined,
  form: SubmittedFormRow | undefined,
): Submission {
  const returned = row?.returnedAt ? { reason: row.returnedReason ?? "", at: row.returnedAt } : null;
  return {
    unitId,
    period: reportingPeriod(campaign),
    status: submissionStatus.parse(row?.status ?? "drafting"),
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
