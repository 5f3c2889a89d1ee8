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
    throw isUnreachable(error) ? unreachable(databaseUrl, error) : error;
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

function isUnreachable(error: unknown): boolean {
  const kind = error instanceof Error && "cause" in error ? Object(error.cause).kind : undefined;
  return ["DatabaseNotReachable", "AuthenticationFailed", "DatabaseDoesNotExist", "SocketTimeout"].includes(kind);
}

function unreachable(databaseUrl: string, error: unknown): DatabaseRefusal {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const kind = error instanceof Error && "cause" in error ? Object(error.cause).kind : "";
  const place = `${hostname}:${port || "5432"}${pathname}`;
  return new DatabaseRefusal(
    `连不上 PostgreSQL（${place}，${kind}）：请检查 DATABASE_URL 里的地址、用户名和密码，以及数据库是否已建好并允许本机连接。`,
    error,
  );
}
