import { z } from "zod";
import type { Campaign } from "../campaign/campaign.ts";
import { Claims } from "../campaign/claims.ts";
import type { Consolidated } from "../campaign/consolidated.ts";
import type { About, PersonHistory, UnreadReminder } from "../campaign/reminder.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { BoundGroup, Publication, Reply } from "../flows/flow.ts";
import type { OfflineSpan } from "../flows/offline.ts";
import { apply } from "./changes.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { enqueue } from "./outbox.ts";
import { loadPeople, loadUnread } from "./people.ts";
import { loadMoved, loadRecords } from "./records.ts";
import type { ReminderRound, TickStore } from "./store.ts";
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

  async mark(): Promise<{ since: Date | null; lookedAt: Date | null }> {
    const mark = await this.#client.tickMark.findUnique({ where: { campaignId: this.#campaign.id } });
    return { since: mark?.since ?? null, lookedAt: mark?.lookedAt ?? null };
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

  async publishedAtDeadline(period?: string): Promise<Date | null> {
    const where = { campaignId: this.#campaign.id, cause: "deadline", period: period ?? null };
    return (await this.#client.publication.aggregate({ where, _max: { at: true } }))._max.at;
  }

  async claimed(now: Date): Promise<Claims> {
    const latest = await this.#client.reminderSlot.groupBy({
      by: ["obligation", "unitId"],
      where: { campaignId: this.#campaign.id, slotAt: { lte: now } },
      _max: { slotAt: true },
    });
    const claims = new Claims();
    // Written from a `Slot`, never by anything else.
    for (const { obligation, unitId, _max } of latest)
      if (_max.slotAt !== null) claims.add({ obligation: obligation as About, unitId, slotAt: _max.slotAt });
    return claims;
  }

  async units(): Promise<Pick<UnitRecord, "unit" | "moved">[]> {
    const moved = await loadMoved(this.#client, this.#campaign);
    return this.#campaign.units.map((unit) => ({ unit, moved: moved(unit.id) }));
  }

  async putOffs(): Promise<Map<string, Date>> {
    const rows = await this.#client.putOff.findMany({
      where: { campaignId: this.#campaign.id },
      orderBy: { staffId: "asc" },
    });
    return new Map(rows.map((it) => [it.staffId, it.until]));
  }

  async people(now: Date): Promise<Map<string, PersonHistory>> {
    return loadPeople(this.#client, this.#campaign, now);
  }

  async unread(now: Date): Promise<UnreadReminder[]> {
    return loadUnread(this.#client, this.#campaign, now);
  }

  async remind({ messages, slots, putOffsDone, passedOn }: ReminderRound, now: Date): Promise<void> {
    const campaignId = this.#campaign.id;
    await this.#client.reminderSlot.createMany({ data: slots.map((it) => ({ campaignId, ...it })) });
    const where = { campaignId, staffId: { in: [...putOffsDone] }, until: { lte: now } };
    await this.#client.putOff.deleteMany({ where });
    const unread = { campaignId, key: { in: [...passedOn] }, passedOnAt: null };
    await this.#client.reminder.updateMany({ where: unread, data: { passedOnAt: now } });
    for (const { key, ...reply } of messages) await this.#enqueue(key, [reply], now);
  }

  async recall(): Promise<void> {
    const campaignId = this.#campaign.id;
    // One that is being sent, or may have arrived, goes on as it was begun.
    const waiting = { campaignId, status: "waiting", claimedUntil: null, doubtful: false, partsSent: 0 };
    const unsent = await this.#client.outboxMessage.findMany({
      where: { ...waiting, key: { startsWith: `reminder:${campaignId}:` } },
      select: { id: true, key: true },
    });
    const planned = unsent.map((it) => ({ ...it, messageKey: it.key.replace(/:0(:person:.*)?$/, "") }));
    const slots = { campaignId, messageKey: { in: planned.map((it) => it.messageKey) } };
    const claimed = await this.#client.reminderSlot.findMany({ where: slots, select: { messageKey: true } });
    for (const { id, key, messageKey } of planned) {
      // Without a slot nothing would plan it again: what somebody chose the moment of.
      if (!claimed.some((it) => it.messageKey === messageKey)) continue;
      const where = { id, ...waiting };
      const { count } = await this.#client.outboxMessage.updateMany({ where, data: { status: "withdrawn" } });
      if (count === 0) continue;
      await this.#client.reminder.deleteMany({ where: { campaignId, key } });
      await this.#client.reminderSlot.deleteMany({ where: { campaignId, messageKey } });
    }
  }

  async publish(publication: Publication, replies: readonly Reply[], now: Date): Promise<void> {
    await apply(this.#client, this.#campaign, { type: "published", publication });
    await keepNumber(this.#client, this.#campaign.id, { kind: "publication", last: publication.no });
    await this.#enqueue(`publication:${this.#campaign.id}:${publication.no}`, replies, now);
  }

  async looked(now: Date): Promise<void> {
    const campaignId = this.#campaign.id;
    await this.#client.tickMark.upsert({
      where: { campaignId },
      create: { campaignId, since: now, lookedAt: now },
      update: { lookedAt: now },
    });
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
