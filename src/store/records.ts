import { z } from "zod";
import { type Campaign, obligationNames, type Unit } from "../campaign/campaign.ts";
import type { MovedDeadline } from "../campaign/deadline.ts";
import type { UnitDocument } from "../campaign/document.ts";
import type { Entry, RowState } from "../campaign/entry.ts";
import { entryPeriods, periodOfKept } from "../campaign/entry-period.ts";
import type { Nomination } from "../campaign/nomination.ts";
import { type ReportingPeriod, reportingPeriods } from "../campaign/period.ts";
import type { Submission, SubmittedForm } from "../campaign/submission.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { PendingFile } from "../flows/flow.ts";
import type {
  Entry as EntryRow,
  Explanation as ExplanationRow,
  MovedDeadline as MovedDeadlineRow,
  Nomination as NominationRow,
  Prisma,
  Submission as SubmissionRow,
  SubmittedForm as SubmittedFormRow,
  UnitFile as UnitFileRow,
} from "./generated/sqlite/client.ts";
import { presentOf } from "./present.ts";

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

const obligation = z.enum(obligationNames);
const rowNumbers = z.array(z.number()).nullable();

type Client = Prisma.TransactionClient;
/** Stands where a moved deadline names no unit. */
export const everyUnit = "";

/** The records of all units of the campaign, or of the named ones, in the campaign file's order, each of its first period. */
export async function loadRecords(
  client: Client,
  campaign: Campaign,
  unitIds?: readonly string[],
): Promise<UnitRecord[]> {
  const units = campaign.units.filter((it) => unitIds?.includes(it.id) ?? true);
  const where = { campaignId: campaign.id, ...(unitIds && { unitId: { in: [...unitIds] } }) };
  const mobiles = mobilesOf(units);
  const nominations = await client.nomination.findMany({ where, orderBy: { no: "asc" } });
  const entries = await client.entry.findMany({ where, orderBy: { no: "asc" } });
  const has = await presentOf(client, campaign.id, { unitIds, everyUnit });
  const notes = has.explanations ? await client.explanation.findMany({ where, orderBy: { period: "asc" } }) : [];
  const submissions = has.submissions ? await client.submission.findMany({ where }) : [];
  const forms = has.submissions ? await client.submittedForm.findMany({ where, orderBy: { version: "asc" } }) : [];
  const files = has.files
    ? await client.unitFile.findMany({ where: { ...where, state: "stored" }, orderBy: { no: "asc" } })
    : [];
  const directory =
    mobiles.length === 0 ? [] : await client.directoryEntry.findMany({ where: { mobile: { in: mobiles } } });
  const movedOf = has.moved ? await loadMoved(client, campaign, unitIds) : () => [];
  const deputies = has.deputies ? await client.deputy.findMany({ where, orderBy: { namedAt: "asc" } }) : [];
  const filings = has.filings ? await client.paperFiling.findMany({ where }) : [];
  const staffIdOf = new Map(directory.map((it) => [it.mobile, it.staffId]));
  const periods = reportingPeriods(campaign);
  const [nominationsOf, filesOf] = [byUnit(nominations), byUnit(files)];
  const [deputiesOf, filingsOf] = [byUnit(deputies), byUnit(filings)];
  const [entriesOf, notesOf, submissionsOf, formsOf] = [
    byUnitAndPeriod(entries, entryPeriods(periods, entries)),
    byUnitAndPeriod(notes, (it) => periods.find(({ key }) => key === it.period) ?? periodOfKept(periods, it.period)),
    byUnitAndPeriod(submissions, (it) => periods.find(({ key }) => key === it.period)),
    byUnitAndPeriod(forms, (it) => periods.find(({ key }) => key === it.period)),
  ];
  return units.flatMap((unit) => {
    const contactIds = unit.contacts.flatMap((it) => ("staffId" in it ? it.staffId : (staffIdOf.get(it.mobile) ?? [])));
    const common = { unit, contactIds, nominations: (nominationsOf.get(unit.id) ?? []).map(toNomination), others: [] };
    const documents = (filesOf.get(unit.id) ?? []).map(toDocument);
    const [filing] = filingsOf.get(unit.id) ?? [];
    const asked = {
      moved: movedOf(unit.id),
      deputies: (deputiesOf.get(unit.id) ?? []).map(({ staffId, name }) => ({ staffId, name })),
      onPaper: filing === undefined ? null : { by: filing.by, at: filing.at },
    };
    const [first, ...others] = periods.map((period): UnitRecord => {
      const { key } = period;
      const place = `${unit.id} ${key}`;
      return {
        ...common,
        period,
        entries: (entriesOf.get(place) ?? []).map(toEntry),
        explanations: toExplanations(notesOf.get(place) ?? [], key),
        submission: toSubmission(
          { unitId: unit.id, period: key },
          submissionsOf.get(place)?.[0],
          formsOf.get(place)?.at(-1),
        ),
        documents,
        ...asked,
      };
    });
    return first === undefined ? [] : [{ ...first, others }];
  });
}

/** The deadlines moved for a unit, alone or with all others. */
export async function loadMoved(
  client: Client,
  { id: campaignId }: Campaign,
  unitIds?: readonly string[],
): Promise<(unitId: string) => MovedDeadline[]> {
  const where = { campaignId, ...(unitIds && { unitId: { in: [...unitIds, everyUnit] } }) };
  // Of two moved at one instant a unit's own is the later, and counts.
  const rows = await client.movedDeadline.findMany({ where, orderBy: [{ movedAt: "asc" }, { unitId: "asc" }] });
  return (unitId) => rows.filter((it) => it.unitId === unitId || it.unitId === everyUnit).map(toMovedDeadline);
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

function mobilesOf(units: readonly Unit[]): string[] {
  return units.flatMap((unit) => unit.contacts.flatMap((it) => ("mobile" in it ? it.mobile : [])));
}

/** Of one row the period's own words stand before those kept under another that the campaign file no longer has. */
function toExplanations(notes: readonly ExplanationRow[], key: string): UnitRecord["explanations"] {
  const [own, others] = [notes.filter((it) => it.period === key), notes.filter((it) => it.period !== key)];
  return Object.fromEntries([...others, ...own].map((it) => [it.indicatorId, it.text]));
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
  const rows = rowNumbers.parse(row?.returnedRows ?? null) ?? [];
  const returned = row?.returnedAt
    ? { reason: row.returnedReason ?? "", at: row.returnedAt, ...(rows.length > 0 && { rows }) }
    : null;
  return {
    ...key,
    status: row === undefined ? "drafting" : submissionStatus.parse(row.status),
    firstSubmittedAt: row?.firstSubmittedAt ?? null,
    acceptedVersion: row?.acceptedVersion ?? null,
    last: form === undefined ? null : toSubmittedForm(form),
    returned,
  };
}

function toMovedDeadline(row: MovedDeadlineRow): MovedDeadline {
  const { due, dueTime, movedAt, movedBy, period, unitId } = row;
  return {
    unitId: unitId === everyUnit ? null : unitId,
    obligation: obligation.parse(row.obligation),
    ...(period !== "" && { period }),
    due,
    dueTime,
    movedAt,
    movedBy,
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
