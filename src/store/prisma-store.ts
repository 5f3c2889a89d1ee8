import type { Campaign } from "../campaign/campaign.ts";
import { periodByKey } from "../campaign/period.ts";
import { isMobile } from "../campaign/phone.ts";
import type { SubmittedForm } from "../campaign/submission.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { Publication } from "../flows/flow.ts";
import { type Database, openDatabase } from "./database.ts";
import { PrismaOutbox } from "./outbox-store.ts";
import { PrismaReceipts } from "./receipt-store.ts";
import { loadRecords, toPendingFile, toSubmittedForm } from "./records.ts";
import type { ClaimedFile, FileClaim, Store, TickStore, TurnStore, UnknownMobile } from "./store.ts";
import { loadPublication, PrismaTick } from "./tick-store.ts";
import { PrismaTodos } from "./todo-store.ts";
import { type Transact, transactOn } from "./transact.ts";
import { PrismaTurn } from "./turn-store.ts";
import { PrismaUsage } from "./usage-store.ts";

export interface StoreOptions {
  campaign: Campaign;
  managers: readonly string[];
}

/** Opens the database that `databaseUrl` names, brings its tables up to date, and hands out the store of one campaign. */
export async function openStore({ databaseUrl, ...options }: StoreOptions & { databaseUrl: string }): Promise<Store> {
  return storeOn(await openDatabase(databaseUrl), options);
}

export function storeOn(database: Database, options: StoreOptions): Store {
  return new PrismaStore(database, options);
}

class PrismaStore implements Store {
  readonly outbox: PrismaOutbox;
  readonly usage: PrismaUsage;
  readonly receipts: PrismaReceipts;
  readonly todos: PrismaTodos;
  readonly #database: Database;
  readonly #transact: Transact;
  readonly #options: StoreOptions;

  constructor(database: Database, options: StoreOptions) {
    this.#database = database;
    this.#options = options;
    this.#transact = transactOn(database.client, database);
    this.outbox = new PrismaOutbox(this.#transact, options);
    this.receipts = new PrismaReceipts(this.#transact, options.campaign);
    const onQueued = () => this.outbox.announce();
    this.usage = new PrismaUsage(this.#transact, { context: options, onQueued });
    this.todos = new PrismaTodos(this.#transact, { context: options, onQueued });
  }

  async turn<T>(work: (turn: TurnStore) => Promise<T>): Promise<T> {
    const result = await this.#transact(async (tx) => {
      await this.#database.enterTurn(tx);
      return work(new PrismaTurn(tx, this.#options));
    });
    this.outbox.announce();
    return result;
  }

  async tick<T>(work: (tick: TickStore) => Promise<T>): Promise<T> {
    const { result, hasQueued } = await this.#transact(async (tx) => {
      const tick = new PrismaTick(tx, this.#options);
      return { result: await work(tick), hasQueued: tick.hasQueued };
    });
    if (hasQueued) this.outbox.announce();
    return result;
  }

  async records(): Promise<UnitRecord[]> {
    return this.#transact((tx) => loadRecords(tx, this.#options.campaign));
  }

  async publication(no: number): Promise<Publication> {
    return this.#transact((tx) => loadPublication(tx, this.#options.campaign.id, no));
  }

  async submittedForm(unitId: string, version: number, named?: string): Promise<SubmittedForm> {
    const { campaign } = this.#options;
    const { key: period } = periodByKey(campaign, named);
    const key = { campaignId: campaign.id, unitId, period, version };
    const where = { campaignId_unitId_period_version: key };
    return toSubmittedForm(await this.#transact((tx) => tx.submittedForm.findUniqueOrThrow({ where })));
  }

  claimFile(now: Date, leaseMs: number): Promise<ClaimedFile | null> {
    const pending = { campaignId: this.#options.campaign.id, state: "pending" };
    const where = { ...pending, OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] };
    const claim = { claimedUntil: new Date(now.getTime() + leaseMs) };
    return this.#transact(async (tx) => {
      for (const file of await tx.unitFile.findMany({ where, orderBy: { no: "asc" } })) {
        // Another process may be faster.
        const own = { ...where, no: file.no };
        const { count } = await tx.unitFile.updateMany({ where: own, data: claim });
        if (count === 1) return { ...toPendingFile(file), ...claim };
      }
      return null;
    }, "readCommitted");
  }

  renewFile(claim: FileClaim, until: Date): Promise<boolean> {
    return this.#reclaim(claim, until);
  }

  async releaseFile(claim: FileClaim): Promise<void> {
    await this.#reclaim(claim, null);
  }

  /** `false`: the claim is void. */
  async #reclaim({ no, claimedUntil }: FileClaim, until: Date | null): Promise<boolean> {
    const where = { campaignId: this.#options.campaign.id, no, state: "pending", claimedUntil };
    const data = { claimedUntil: until };
    const { count } = await this.#transact((tx) => tx.unitFile.updateMany({ where, data }), "readCommitted");
    return count === 1;
  }

  async unknownMobiles(askedBefore: Date): Promise<UnknownMobile[]> {
    const { campaign } = this.#options;
    const [waiting, asked] = await this.#transact(async (tx) => [
      await tx.nomination.findMany({
        where: { campaignId: campaign.id, staffId: null, status: { in: ["proposed", "approved"] } },
      }),
      await tx.directoryEntry.findMany({ where: { checkedAt: { gte: askedBefore } } }),
    ]);
    const contacts = campaign.units.flatMap((unit) =>
      unit.contacts.flatMap((it) => ("mobile" in it ? [it.mobile] : [])),
    );
    const isKnown = (mobile: string) => asked.some((it) => it.mobile === mobile);
    const isNobodys = (mobile: string) => asked.some((it) => it.mobile === mobile && it.staffId === null);
    const nominees = waiting.map((it) => it.phone).filter((it) => isMobile(it) && !isNobodys(it));
    const mobiles = new Set([...contacts.filter((it) => !isKnown(it)), ...nominees]);
    return [...mobiles].map((mobile) => ({ mobile, nominations: waiting.filter((it) => it.phone === mobile) }));
  }

  async mobileFound(mobile: string, staffId: string | null, at: Date): Promise<void> {
    const entry = { staffId, checkedAt: at };
    await this.#transact((tx) =>
      tx.directoryEntry.upsert({ where: { mobile }, create: { mobile, ...entry }, update: entry }),
    );
  }

  durability(): Promise<Record<string, string>> {
    return this.#database.durability();
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
