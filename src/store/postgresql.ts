import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { z } from "zod";
import type { Database } from "./database.ts";
import { DatabaseRefusal } from "./database-refusal.ts";
import { PrismaClient } from "./generated/postgresql/client.ts";
import type { PrismaClient as SqliteClient } from "./generated/sqlite/client.ts";
import { migrate, postgresDialect } from "./migrate.ts";

export const postgresMigrations = fileURLToPath(new URL("../../prisma/migrations/postgresql", import.meta.url));

/** A server that says nothing for so long stands still: a message is acknowledged within 3 s or not at all. */
const longestSilenceMs = 2_500;
/** Whoever froze or was cut off in the middle of a turn must not keep the others out for ever: the server ends it then. */
const longestIdleMs = 5_000;

/**
 * What a serializable transaction sees is settled by its first query, and `LOCK TABLE` is none: whoever waited sees all
 * that the one before has written. In this mode it keeps out nothing but its like and the upkeep of that small table.
 */
const lockTurns = 'LOCK TABLE "Counter" IN SHARE UPDATE EXCLUSIVE MODE';

export async function openPostgres(
  databaseUrl: string,
  { silenceMs = longestSilenceMs, idleMs = longestIdleMs }: { silenceMs?: number; idleMs?: number } = {},
): Promise<Database> {
  // Making tables may take its time
  const patient = new PrismaPg({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  const connection = await patient.connect().catch((error: unknown) => {
    throw refusalFor(databaseUrl, error);
  });
  try {
    await migrate(connection, postgresMigrations, postgresDialect);
  } catch (error) {
    throw refusalFor(databaseUrl, error);
  } finally {
    await connection.dispose();
  }
  const pool = impatientPool(databaseUrl, { silenceMs, idleMs });
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    // The same models, generated for the other provider; what the store uses of them is in both.
    client: client as unknown as SqliteClient,
    isSerial: false,
    enterTurn: async (turn) => void (await turn.$executeRawUnsafe(lockTurns)),
    durability: () => durabilityOf(client),
    async close() {
      await client.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * Connections that break when the server is silent while something is asked; the pool then makes new ones. Idle ones are
 * closed before that, so that only waiting breaks them.
 */
function impatientPool(connectionString: string, { silenceMs, idleMs }: { silenceMs: number; idleMs: number }): Pool {
  const stream = () => {
    const socket = new Socket();
    socket.setTimeout(silenceMs, () => socket.destroy(new Error("the database is silent")));
    return socket;
  };
  const idleTimeoutMillis = silenceMs / 2;
  const limits = {
    connectionTimeoutMillis: silenceMs,
    idleTimeoutMillis,
    idle_in_transaction_session_timeout: idleMs,
  };
  const pool = new Pool({ connectionString, ...limits, stream });
  // What was asked on it fails by itself; without a listener an idle one would end the program
  pool.on("error", () => {});
  return pool;
}

async function durabilityOf(client: PrismaClient): Promise<Record<string, string>> {
  const rows = z.array(z.object({ name: z.string(), setting: z.string() }));
  const found = await client.$queryRawUnsafe(
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')",
  );
  return Object.fromEntries(rows.parse(found).map((it) => [it.name, it.setting]));
}

export function refusalFor(databaseUrl: string, error: unknown): DatabaseRefusal {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const place = `${hostname}:${port || "5432"}${pathname}`;
  const cause = error instanceof Error && error.cause instanceof Object ? error.cause : {};
  const reason = "originalMessage" in cause ? cause.originalMessage : "kind" in cause ? cause.kind : String(error);
  return new DatabaseRefusal(
    `连不上 PostgreSQL，或不能在里面建表（${place}，${reason}）：请检查 DATABASE_URL 里的地址、用户名和密码，以及数据库是否已建好、允许本机连接、允许这个用户建表。`,
    error,
  );
}
