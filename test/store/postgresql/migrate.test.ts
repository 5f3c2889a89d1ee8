import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { expect, it, onTestFinished } from "vitest";
import { difference, schemaEngine, schemaTarget } from "../../../scripts/schema-engine.ts";
import { askBeside } from "../../../src/cli/beside.ts";
import { openDatabase } from "../../../src/store/database.ts";
import { DatabaseRefusal } from "../../../src/store/database-refusal.ts";
import { newDatabase } from "../../support/database.ts";

const schemaFile = resolve(import.meta.dirname, "../../../prisma/schema.postgresql.prisma");

it("programs that start at the same moment bring the tables up to date once", async () => {
  const url = await newDatabase();
  const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url)));
  for (const database of opened) await database.close();
  const names = await askBeside(url, 'SELECT migration_name FROM "_prisma_migrations"');
  expect(names.length).toBeGreaterThan(0);
  expect(new Set(names.flat()).size).toBe(names.length);
});

it("the migrations lead to what the schema says: every column, key and index", async () => {
  const migrated = await newDatabase();
  await (await openDatabase(migrated)).close();
  const direct = await newDatabase();
  await createFromSchema(direct);
  expect(await shapeOf(migrated)).toEqual(await shapeOf(direct));
});

it("a server that is not there is said in plain words, without the password", async () => {
  const url = Object.assign(new URL(await newDatabase()), { port: "1", password: "geheim" }).href;
  const opening = openDatabase(url);
  await expect(opening).rejects.toThrow(DatabaseRefusal);
  await expect(opening).rejects.toThrow(/^连不上 PostgreSQL，.*（127\.0\.0\.1:1\/anyue_.*请检查 DATABASE_URL/);
  await expect(opening).rejects.not.toThrow(/geheim/);
});

async function shapeOf(url: string): Promise<unknown[][]> {
  const columns = `SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_prisma%' ORDER BY 1, 2`;
  const indexes =
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%' ORDER BY 1, 2";
  const rows = [...(await askBeside(url, columns)), ...(await askBeside(url, indexes))];
  expect(rows.length).toBeGreaterThan(100);
  return rows;
}

/** The tables as Prisma's own engine makes them from the schema alone. */
async function createFromSchema(url: string): Promise<void> {
  const adapter = new PrismaPg({ connectionString: url });
  const schema = await readFile(schemaFile, "utf8");
  const prisma = await schemaEngine(adapter, schema);
  const script = await difference(prisma, { from: { tag: "empty" }, to: schemaTarget(schema) });
  const connection = await adapter.connect();
  onTestFinished(() => connection.dispose());
  await connection.executeScript(script);
}
