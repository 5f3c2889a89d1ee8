import { z } from "zod";
import type { Campaign } from "../campaign/campaign.ts";
import type { Consolidated } from "../campaign/consolidated.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { BoundGroup, Publication, Reply } from "../flows/flow.ts";
import type { OfflineSpan } from "../flows/offline.ts";
import { apply } from "./changes.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { enqueue } from "./outbox.ts";
import { loadRecords } from "./records.ts";
import type { PlannedReminder, TickStore } from "./store.ts";
import { keepNumber, type TransactionContext } from "./turn-store.ts";

/** A program that was not heard of for so long is forgotten. */
const keepMs = 24 * 60 * 60_000;
const publicationCause = z.enum(["deadline", "manager"]);

/** One tick's view of the database, inside its transaction. */
export class PrismaTick implements TickStore {
  readonly #client: Prisma.TransactionClient;
  readonly #campaign: Campaign;
  readonly #managers: readonly string[];
  /** There is something new to say. */
  hasQueued = false;

  constructor(client: Prisma.TransactionClient, { campaign, managers }: TransactionContext) {
    this.#client = client;
    this.#campaign = campaign;
    this.#managers = managers;
  }

  async lookedAt(): Promise<Date | null> {
    const mark = await this.#client.tickMark.findUnique({ where: { campaignId: this.#campaign.id } });
    return mark?.lookedAt ?? null;
  }

  async records(): Promise<UnitRecord[]> {
    return loadRecords(this.#client, this.#campaign);
  }

  async boundGroup(): Promise<BoundGroup | null> {
    const where = { campaignId: this.#campaign.id };
    return this.#client.boundGroup.findUnique({ where, select: { conversationId: true, title: true } });
  }

  async nextPublication(): Promise<number> {
    const where = { campaignId_kind: { campaignId: this.#campaign.id, kind: "publication" } };
    return ((await this.#client.counter.findUnique({ where }))?.last ?? 0) + 1;
  }

  async isPublishedAtDeadline(period?: string): Promise<boolean> {
    const where = { campaignId: this.#campaign.id, cause: "deadline", period: period ?? null };
    return (await this.#client.publication.count({ where })) > 0;
  }

  async remind({ key, slotAt, slots, replies }: PlannedReminder, now: Date): Promise<boolean> {
    const campaignId = this.#campaign.id;
    const taken = await this.#client.reminderSlot.count({ where: { campaignId, slotAt, OR: [...slots] } });
    if (taken > 0) return false;
    await this.#client.reminderSlot.createMany({
      data: slots.map((slot) => ({ campaignId, ...slot, slotAt, messageKey: key })),
    });
    await this.#enqueue(key, replies, now);
    return true;
  }

  async publish(publication: Publication, replies: readonly Reply[], now: Date): Promise<void> {
    await apply(this.#client, this.#campaign, { type: "published", publication });
    await keepNumber(this.#client, this.#campaign.id, { kind: "publication", last: publication.no });
    await this.#enqueue(`publication:${this.#campaign.id}:${publication.no}`, replies, now);
  }

  async looked(now: Date): Promise<void> {
    const campaignId = this.#campaign.id;
    const mark = { lookedAt: now };
    await this.#client.tickMark.upsert({ where: { campaignId }, create: { campaignId, ...mark }, update: mark });
  }

  async lastOnline(program: string): Promise<Date | null> {
    const where = { campaignId: this.#campaign.id, program: { not: program } };
    const latest = await this.#client.presence.findFirst({ where, orderBy: { onlineAt: "desc" } });
    return latest?.onlineAt ?? null;
  }

  async markOnline(program: string, onlineAt: Date): Promise<void> {
    const campaignId = this.#campaign.id;
    const where = { campaignId_program: { campaignId, program } };
    await this.#client.presence.upsert({ where, create: { campaignId, program, onlineAt }, update: { onlineAt } });
    // Programs that ended; the latest of them tells a new one since when nobody was connected.
    const gone = { campaignId, program: { not: program }, onlineAt: { lt: new Date(onlineAt.getTime() - keepMs) } };
    await this.#client.presence.deleteMany({ where: gone });
  }

  async recordOffline({ from: fromAt, to: toAt }: OfflineSpan, replies: readonly Reply[]): Promise<void> {
    const campaignId = this.#campaign.id;
    await this.#client.offlineSpan.create({ data: { campaignId, fromAt, toAt } });
    await this.#enqueue(`offline:${campaignId}:${fromAt.toISOString()}`, replies, toAt);
  }

  async #enqueue(key: string, replies: readonly Reply[], at: Date): Promise<void> {
    this.hasQueued ||= replies.length > 0;
    await enqueue(this.#client, replies, { campaignId: this.#campaign.id, managers: this.#managers, key, at });
  }
}

export async function loadPublication(
  client: Prisma.TransactionClient,
  campaignId: string,
  no: number,
): Promise<Publication> {
  const row = await client.publication.findUniqueOrThrow({ where: { campaignId_no: { campaignId, no } } });
  // Written by `apply` from a `Publication`, never by anything else.
  return { no, cause: publicationCause.parse(row.cause), table: row.table as unknown as Consolidated };
}
