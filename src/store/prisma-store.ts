import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { z } from "zod";
import type { Campaign } from "../campaign/campaign.ts";
import { isMobile } from "../campaign/phone.ts";
import { reportingPeriod, type SubmittedForm } from "../campaign/submission.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { PendingFile, Publication } from "../flows/flow.ts";
import { PrismaClient } from "./generated/client.ts";
import { migrate } from "./migrate.ts";
import { PrismaOutbox, type Transaction } from "./outbox-store.ts";
import { loadRecords, toPendingFile, toSubmittedForm } from "./records.ts";
import type { Store, TickStore, TurnStore, UnknownMobile } from "./store.ts";
import { loadPublication, PrismaTick } from "./tick-store.ts";
import { PrismaTurn } from "./turn-store.ts";
import { PrismaUsage } from "./usage-store.ts";

/** Waiting for its turn may take long under a burst; the work itself may not. */
const transactionOptions = { maxWait: 60_000, timeout: 15_000 };
const migrationsFolder = fileURLToPath(new URL("../../prisma/migrations/sqlite", import.meta.url));

export interface StoreOptions {
  /** `file:…`, a SQLite database. */
  databaseUrl: string;
  campaign: Campaign;
  managers: readonly string[];
}

/** Opens the database, brings its tables up to date, and hands out the store of one campaign. */
export async function openStore(options: StoreOptions): Promise<Store> {
  await mkdir(dirname(options.databaseUrl.replace(/^file:/, "")), { recursive: true });
  const adapter = new PrismaBetterSqlite3({ url: options.databaseUrl });
  const connection = await adapter.connect();
  try {
    await migrate(connection, migrationsFolder);
  } finally {
    await connection.dispose();
  }
  const client = new PrismaClient({ adapter });
  await client.$queryRawUnsafe("PRAGMA journal_mode = WAL");
  // better-sqlite3 lets WAL run with NORMAL, where a power cut may lose what was already acknowledged.
  await client.$queryRawUnsafe("PRAGMA synchronous = FULL");
  return new PrismaStore(client, options);
}

class PrismaStore implements Store {
  readonly outbox: PrismaOutbox;
  readonly usage: PrismaUsage;
  readonly #client: PrismaClient;
  readonly #options: StoreOptions;

  constructor(client: PrismaClient, options: StoreOptions) {
    this.#client = client;
    this.#options = options;
    this.outbox = new PrismaOutbox((work) => this.#transact(work), options);
    const onQueued = () => this.outbox.announce();
    this.usage = new PrismaUsage((work) => this.#transact(work), { context: options, onQueued });
  }

  async turn<T>(work: (turn: TurnStore) => Promise<T>): Promise<T> {
    const result = await this.#transact((tx) => work(new PrismaTurn(tx, this.#options)));
    this.outbox.announce();
    return result;
  }

  async tick<T>(work: (tick: TickStore) => Promise<T>): Promise<T> {
    const result = await this.#transact((tx) => work(new PrismaTick(tx, this.#options)));
    this.outbox.announce();
    return result;
  }

  /**
   * The only way to the database. SQLite has one connection here, and a query outside a transaction would run inside
   * whichever is open: it would see what may yet be rolled back, and be rolled back with it.
   */
  #transact<T>(work: Transaction<T>): Promise<T> {
    return this.#client.$transaction(work, transactionOptions);
  }

  async records(): Promise<UnitRecord[]> {
    return this.#transact((tx) => loadRecords(tx, this.#options.campaign));
  }

  async publication(no: number): Promise<Publication> {
    return this.#transact((tx) => loadPublication(tx, this.#options.campaign.id, no));
  }

  async submittedForm(unitId: string, version: number): Promise<SubmittedForm> {
    const { campaign } = this.#options;
    const key = { campaignId: campaign.id, unitId, period: reportingPeriod(campaign), version };
    const where = { campaignId_unitId_period_version: key };
    return toSubmittedForm(await this.#transact((tx) => tx.submittedForm.findUniqueOrThrow({ where })));
  }

  async pendingFiles(): Promise<PendingFile[]> {
    const where = { campaignId: this.#options.campaign.id, state: "pending" };
    const files = await this.#transact((tx) => tx.unitFile.findMany({ where, orderBy: { no: "asc" } }));
    return files.map(toPendingFile);
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

  async durability(): Promise<{ journalMode: string; synchronous: number }> {
    const journal = z.tuple([z.object({ journal_mode: z.string() })]);
    const synchronous = z.tuple([z.object({ synchronous: z.coerce.number() })]);
    return this.#transact(async (tx) => {
      const [mode] = journal.parse(await tx.$queryRawUnsafe("PRAGMA journal_mode"));
      const [level] = synchronous.parse(await tx.$queryRawUnsafe("PRAGMA synchronous"));
      return { journalMode: mode.journal_mode, synchronous: level.synchronous };
    });
  }

  async close(): Promise<void> {
    await this.#client.$disconnect();
  }
}
