import { dayOf, instantAt } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { remindersSince } from "../campaign/sent-reminder.ts";
import { atHand, inView } from "../campaign/unit-record.ts";
import type { Change, Facts, FactsByNeed, Inbound, Need, Numbered, Outcome, Reply, Standing } from "../flows/flow.ts";
import type { OfflineSpan } from "../flows/offline.ts";
import { apply, exactlyOne } from "./changes.ts";
import type { Conversation, Prisma } from "./generated/sqlite/client.ts";
import { toJson } from "./json.ts";
import { enqueue } from "./outbox.ts";
import { loadRecords, toPendingFile } from "./records.ts";
import { loadReminders } from "./reminders.ts";
import type { FactsContext, TurnStore, UsageKind } from "./store.ts";
import { isTaken } from "./transact.ts";

export interface TransactionContext {
  campaign: Campaign;
  managers: readonly string[];
}

const hourMs = 60 * 60_000;

const numbered: readonly Numbered[] = ["entry", "nomination", "question", "file", "publication"];

/** One turn's view of the database, inside its transaction. */
export class PrismaTurn implements TurnStore {
  readonly #client: Prisma.TransactionClient;
  readonly #campaign: Campaign;
  readonly #managers: readonly string[];
  /** What the sender's conversation was when it was read, and the last numbers given out: each is read once. */
  #conversation: Conversation | null | undefined;
  #lastNumbers: Map<string, number> | undefined;

  constructor(client: Prisma.TransactionClient, { campaign, managers }: TransactionContext) {
    this.#client = client;
    this.#campaign = campaign;
    this.#managers = managers;
  }

  async claim(inbound: Inbound, at: Date): Promise<boolean> {
    const { key, sender, at: _, group: __, ...content } = inbound;
    const claim = { campaignId: this.#campaign.id, key };
    const data = { ...claim, staffId: sender.staffId, content: toJson(content), changes: [], at };
    try {
      await this.#client.turn.create({ data, select: { key: true } });
      return true;
    } catch (error) {
      // Its key is the claim. The transaction has done nothing else, and does nothing more.
      if (isTaken(error)) return false;
      throw error;
    }
  }

  async conversation(staffId: string): Promise<string | null> {
    return (await this.#conversationOf(staffId))?.state ?? null;
  }

  async standing(staffId: string): Promise<Standing> {
    const campaignId = this.#campaign.id;
    const where = { campaignId, staffId, status: "approved" };
    const approved = await this.#client.nomination.findFirst({ where, orderBy: { no: "desc" } });
    const mobiles = await this.#mobilesOf(staffId);
    const listed = this.#campaign.units.filter((unit) =>
      unit.contacts.some((it) => ("staffId" in it ? it.staffId === staffId : mobiles.includes(it.mobile))),
    );
    // A unit that was taken out of the campaign file has no form any more.
    const unit = this.#campaign.units.find((it) => it.id === approved?.unitId);
    return {
      isManager: this.#managers.includes(staffId),
      liaisonOf: unit?.id ?? null,
      contactOf: listed.map((it) => it.id),
    };
  }

  async offlineSince(staffId: string): Promise<OfflineSpan | null> {
    const campaignId = this.#campaign.id;
    const conversation = await this.#conversationOf(staffId);
    if (conversation === null) return null;
    const span = await this.#client.offlineSpan.findFirst({
      where: { campaignId, toAt: { gt: conversation.updatedAt } },
      orderBy: { toAt: "desc" },
    });
    return span === null ? null : { from: span.fromAt, to: span.toAt };
  }

  async facts<N extends Need>(needs: readonly N[], context: FactsContext): Promise<Facts<N>> {
    const { standing, now } = context;
    const common = { campaign: this.#campaign, now, standing, next: await this.#nextNumbers() };
    const loaded: Partial<FactsByNeed> = {};
    for (const need of needs) Object.assign(loaded, { [need]: await this.#load(need, context) });
    // Every need that the route named is loaded above; the type can't follow the loop.
    return { ...common, ...loaded } as Facts<N>;
  }

  async commit(inbound: Inbound, { state, changes, replies }: Outcome, now: Date): Promise<void> {
    const campaignId = this.#campaign.id;
    const { key } = inbound;
    for (const change of changes) await apply(this.#client, this.#campaign, change);
    await this.#keepNumbers({ state, changes, replies });
    await this.#keepConversation(inbound, JSON.stringify(state), now);
    if (changes.length > 0)
      await exactlyOne(
        this.#client.turn.updateMany({ where: { campaignId, key }, data: { changes: toJson(changes) } }),
      );
    await this.#enqueue(inbound, replies, now);
  }

  async fail(
    inbound: Inbound,
    { fault, changes, replies }: { fault: object; changes: Change[]; replies: Reply[] },
    now: Date,
  ): Promise<void> {
    const where = { campaignId: this.#campaign.id, key: inbound.key };
    for (const change of changes) await apply(this.#client, this.#campaign, change);
    const data = { fault: toJson(fault), changes: toJson(changes) };
    await exactlyOne(this.#client.turn.updateMany({ where, data }));
    await this.#enqueue(inbound, replies, now);
  }

  /** As far as they matter: nothing where the campaign names no contact by a mobile. */
  async #mobilesOf(staffId: string): Promise<string[]> {
    const hasMobiles = this.#campaign.units.some((unit) => unit.contacts.some((it) => "mobile" in it));
    if (!hasMobiles) return [];
    return (await this.#client.directoryEntry.findMany({ where: { staffId } })).map((it) => it.mobile);
  }

  async #enqueue({ key }: Inbound, replies: readonly Reply[], at: Date): Promise<void> {
    const context = { campaignId: this.#campaign.id, managers: this.#managers, key: `reply:${key}`, at };
    await enqueue(this.#client, replies, context);
  }

  async #load(need: Need, { standing, now, period = null }: FactsContext): Promise<FactsByNeed[Need]> {
    const campaignId = this.#campaign.id;
    const today = dayOf(now, this.#campaign);
    switch (need) {
      case "own": {
        const [own] = await loadRecords(this.#client, this.#campaign, [standing.liaisonOf ?? ""]);
        if (own === undefined) throw new Error("a route asked for the sender's unit, but the sender speaks for none");
        return atHand(own, { today, chosen: period });
      }
      case "all":
        return inView(this.#campaign, await loadRecords(this.#client, this.#campaign), today);
      case "group":
        return this.#client.boundGroup.findUnique({
          where: { campaignId },
          select: { conversationId: true, title: true },
        });
      case "files": {
        const where = { campaignId, state: "pending" };
        return (await this.#client.unitFile.findMany({ where, orderBy: { no: "asc" } })).map(toPendingFile);
      }
      case "remindedToday": {
        const dayBegan = instantAt(today, "00:00", this.#campaign);
        const hourBegan = new Date(now.getTime() - hourMs);
        return loadReminders(this.#client, campaignId, hourBegan < dayBegan ? hourBegan : dayBegan);
      }
      case "reminders": {
        const month = today.slice(0, 7);
        const used = await this.#client.usage.findMany({ where: { month } });
        const usedOf = (kind: UsageKind) => used.find((it) => it.kind === kind)?.used ?? 0;
        const usage = { month, calls: usedOf("calls"), stream: usedOf("stream") };
        const since = instantAt(remindersSince(this.#campaign, now), "00:00", this.#campaign);
        return { sent: await loadReminders(this.#client, campaignId, since), usage };
      }
      default:
        return need satisfies never;
    }
  }

  async #nextNumbers(): Promise<Record<Numbered, number>> {
    const last = await this.#last();
    const next = (kind: Numbered) => (last.get(kind) ?? 0) + 1;
    return {
      entry: next("entry"),
      nomination: next("nomination"),
      question: next("question"),
      file: next("file"),
      publication: next("publication"),
    };
  }

  async #keepNumbers({ state, changes }: Outcome): Promise<void> {
    const used: Record<Numbered, number[]> = {
      entry: changes.flatMap((it) => (it.type === "entriesRecorded" ? it.entries.map((entry) => entry.no) : [])),
      nomination: changes.flatMap((it) => (it.type === "nominationProposed" ? it.nomination.no : [])),
      question: state.asked.map((it) => it.no),
      file: changes.flatMap((it) => (it.type === "fileReceived" ? it.file.no : [])),
      publication: changes.flatMap((it) => (it.type === "published" ? it.publication.no : [])),
    };
    const known = await this.#last();
    for (const kind of numbered) {
      const last = Math.max(0, ...used[kind]);
      // A counter only rises.
      if (last <= (known.get(kind) ?? 0)) continue;
      const campaignId = this.#campaign.id;
      if (known.has(kind))
        await exactlyOne(this.#client.counter.updateMany({ where: { campaignId, kind }, data: { last } }));
      else await keepNumber(this.#client, campaignId, { kind, last });
      known.set(kind, last);
    }
  }

  async #last(): Promise<Map<string, number>> {
    const where = { campaignId: this.#campaign.id };
    this.#lastNumbers ??= new Map((await this.#client.counter.findMany({ where })).map((it) => [it.kind, it.last]));
    return this.#lastNumbers;
  }

  async #keepConversation({ kind, sender: { staffId } }: Inbound, state: string, now: Date): Promise<void> {
    const campaignId = this.#campaign.id;
    if ((await this.#conversationOf(staffId)) === null) {
      const data = { campaignId, staffId, state, updatedAt: now };
      await this.#client.conversation.create({ data, select: { staffId: true } });
      return;
    }
    // When the person last said something; `offlineSince` counts from there.
    const said = kind === "fileArrived" || kind === "personFound" ? {} : { updatedAt: now };
    const where = { campaignId, staffId };
    await exactlyOne(this.#client.conversation.updateMany({ where, data: { state, ...said } }));
  }

  async #conversationOf(staffId: string): Promise<Conversation | null> {
    const where = { campaignId_staffId: { campaignId: this.#campaign.id, staffId } };
    if (this.#conversation?.staffId !== staffId)
      this.#conversation = await this.#client.conversation.findUnique({ where });
    return this.#conversation;
  }
}

/** The last number given out, which the caller knows to be higher than what is kept. */
export async function keepNumber(
  client: Prisma.TransactionClient,
  campaignId: string,
  { kind, last }: { kind: Numbered; last: number },
): Promise<void> {
  const where = { campaignId_kind: { campaignId, kind } };
  await client.counter.upsert({ where, create: { campaignId, kind, last }, update: { last } });
}
