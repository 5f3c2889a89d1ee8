import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { z } from "zod";
import type { Database } from "./database.ts";
import { DatabaseRefusal } from "./database-refusal.ts";
import { PrismaClient } from "./generated/postgresql/client.ts";
import type { PrismaClient as SqliteClient } from "./generated/sqlite/client.ts";
import { migrate, postgresDialect } from "./migrate.ts";

const migrationsFolder = fileURLToPath(new URL("../../prisma/migrations/postgresql", import.meta.url));

export async function openPostgres(databaseUrl: string): Promise<Database> {
  const adapter = new PrismaPg({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  const connection = await adapter.connect();
  try {
    await migrate(connection, migrationsFolder, postgresDialect);
  } catch (error) {
    throw refusalFor(databaseUrl, error);
  } finally {
    await connection.dispose();
  }
  const client = new PrismaClient({ adapter });
  return {
    // The same models, generated for the other provider; what the store uses of them is in both.
    client: client as unknown as SqliteClient,
    isSerial: false,
    durability: () => durabilityOf(client),
    close: () => client.$disconnect(),
  };
}

async function durabilityOf(client: PrismaClient): Promise<Record<string, string>> {
  const rows = z.array(z.object({ name: z.string(), setting: z.string() }));
  const found = await client.$queryRawUnsafe(
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')",
  );
  return Object.fromEntries(rows.parse(found).map((it) => [it.name, it.setting]));
}

function refusalFor(databaseUrl: string, error: unknown): DatabaseRefusal {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const place = `${hostname}:${port || "5432"}${pathname}`;
  const cause = error instanceof Error && error.cause instanceof Object ? error.cause : {};
  const reason = "originalMessage" in cause ? cause.originalMessage : "kind" in cause ? cause.kind : String(error);
  return new DatabaseRefusal(
    `连不上 PostgreSQL，或不能在里面建表（${place}，${reason}）：请检查 DATABASE_URL 里的地址、用户名和密码，以及数据库是否已建好、允许本机连接、允许这个用户建表。`,
    error,
  );
}
