import type { Campaign } from "../campaign/campaign.ts";
import type { Entry } from "../campaign/entry.ts";
import { periodByKey } from "../campaign/period.ts";
import { evolve } from "../campaign/submission.ts";
import { inPeriod } from "../campaign/unit-record.ts";
import type { Change } from "../flows/flow.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { toJson } from "./json.ts";
import { withdrawReminder } from "./outbox.ts";
import { everyUnit, loadRecords } from "./records.ts";

/** Does to the database what one `Change` says. The switch is finished by the compiler. */
export async function apply(client: Prisma.TransactionClient, campaign: Campaign, change: Change): Promise<void> {
  const campaignId = campaign.id;
  switch (change.type) {
    case "nominationProposed":
      await client.nomination.create({ data: { campaignId, ...change.nomination } });
      return;
    case "nominationDecided": {
      const { no, status, by, at } = change;
      const data = { status, decidedBy: by, decidedAt: at };
      // Only what still waits is decided; what was approved may yet be replaced.
      const from = status === "replaced" ? ["proposed", "approved"] : ["proposed"];
      await exactlyOne(client.nomination.updateMany({ where: { campaignId, no, status: { in: from } }, data }));
      return;
    }
    case "nomineeFound":
      await exactlyOne(
        client.nomination.updateMany({
          where: { campaignId, no: change.no, staffId: null },
          data: { staffId: change.staffId },
        }),
      );
      return;
    case "entriesRecorded":
      await recordEntries(client, campaignId, change.entries);
      return;
    case "entriesWithdrawn": {
      const where = { campaignId, no: { in: change.numbers }, withdrawnAt: null };
      await client.entry.updateMany({ where, data: { withdrawnAt: change.at } });
      return;
    }
    case "explained": {
      const { unitId, indicatorId, text, period = "" } = change;
      const key = { campaignId, unitId, period, indicatorId };
      const where = { campaignId_unitId_period_indicatorId: key };
      await client.explanation.upsert({ where, create: { ...key, text }, update: { text } });
      return;
    }
    case "submissionMoved":
      await moveSubmission(client, campaign, change);
      return;
    case "fileReceived":
      await client.unitFile.create({ data: { campaignId, ...change.file, state: "pending" } });
      return;
    case "fileSettled": {
      const { document } = change;
      const data =
        document === null
          ? { state: "failed" }
          : { state: "stored", storedAs: document.storedAs, bytes: document.bytes, kind: document.kind };
      await exactlyOne(client.unitFile.updateMany({ where: { campaignId, no: change.no, state: "pending" }, data }));
      return;
    }
    case "documentNamed":
      await exactlyOne(
        client.unitFile.updateMany({
          where: { campaignId, no: change.no, state: "stored" },
          data: { kind: change.kind },
        }),
      );
      return;
    case "groupBound":
      await client.boundGroup.upsert({
        where: { campaignId },
        create: { campaignId, ...change.group },
        update: change.group,
      });
      return;
    case "published": {
      const { no, cause, table } = change.publication;
      const period = table.period !== undefined && "key" in table.period ? table.period.key : null;
      await client.publication.create({
        data: { campaignId, no, cause, period, table: toJson(table), at: new Date(table.asOf) },
      });
      return;
    }
    case "reminderPutOff": {
      const { staffId, until } = change;
      const where = { campaignId_staffId: { campaignId, staffId } };
      await client.putOff.upsert({ where, create: { campaignId, staffId, until }, update: { until } });
      return;
    }
    case "filedOnPaper": {
      const { unitId, by, at } = change;
      const where = { campaignId_unitId: { campaignId, unitId } };
      await client.paperFiling.upsert({ where, create: { campaignId, unitId, by, at }, update: { by, at } });
      return;
    }
    case "askedAgain":
      await client.paperFiling.deleteMany({ where: { campaignId, unitId: { in: change.unitIds } } });
      return;
    case "deadlineMoved": {
      const { moved } = change;
      await client.movedDeadline.create({
        data: { campaignId, ...moved, unitId: moved.unitId ?? everyUnit, period: moved.period ?? "" },
      });
      return;
    }
    case "deputyNamed": {
      const { unitId, deputy, at } = change;
      const where = { campaignId_unitId_staffId: { campaignId, unitId, staffId: deputy.staffId } };
      const named = { name: deputy.name, namedAt: at };
      await client.deputy.upsert({
        where,
        create: { campaignId, unitId, staffId: deputy.staffId, ...named },
        update: named,
      });
      return;
    }
    case "reminderWithdrawn":
      await withdrawReminder(client, campaign, change);
      return;
    default:
      change satisfies never;
  }
}

async function recordEntries(client: Prisma.TransactionClient, campaignId: string, entries: readonly Entry[]) {
  const [first, ...others] = entries.map((it) => ({ campaignId, ...it, figures: toJson(it.figures) }));
  if (first === undefined) return;
  // Nearly always it is one. How to insert many Prisma works out anew each time, which takes as long as the insert.
  if (others.length === 0) await client.entry.create({ data: first, select: { no: true } });
  else await client.entry.createMany({ data: [first, ...others] });
}

async function moveSubmission(
  client: Prisma.TransactionClient,
  campaign: Campaign,
  { unitId, event, period: named }: Extract<Change, { type: "submissionMoved" }>,
): Promise<void> {
  const [record] = await loadRecords(client, campaign, [unitId]);
  if (record === undefined) throw new Error(`no unit ${unitId}`);
  const { submission } = inPeriod(record, periodByKey(campaign, named).key);
  const { period, status, firstSubmittedAt, acceptedVersion, returned } = evolve(submission, event);
  const key = { campaignId: campaign.id, unitId, period };
  const returnedRow = {
    returnedReason: returned?.reason ?? null,
    returnedAt: returned?.at ?? null,
    returnedRows: toJson(returned?.rows ?? []),
  };
  const row = { status, firstSubmittedAt, acceptedVersion, ...returnedRow };
  await client.submission.upsert({
    where: { campaignId_unitId_period: key },
    create: { ...key, ...row },
    update: row,
  });
  if (event.type !== "submitted") return;
  const { rows, explanations, version, submittedAt, submittedBy } = event.form;
  const frozen = { rows: toJson(rows), explanations: toJson(explanations), version, submittedAt, submittedBy };
  await client.submittedForm.create({ data: { ...key, ...frozen } });
}

/** What a change claims stands in its WHERE; when that meets nothing, the turn must not go on. */
export async function exactlyOne(update: Promise<{ count: number }>): Promise<void> {
  const { count } = await update;
  if (count !== 1) throw new Error(`expected to change one row, changed ${count}`);
}
