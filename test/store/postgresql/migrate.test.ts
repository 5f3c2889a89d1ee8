import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../../src/store/database.ts";
import { DatabaseRefusal } from "../../../src/store/refusal.ts";
import { asked, newDatabase } from "../../support/database.ts";

const schemaFile = resolve(import.meta.dirname, "../../../prisma/schema.postgresql.prisma");

it("programs that start at the same moment bring the tables up to date once", async () => {
  const url = await newDatabase();
  const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url)));
  for (const database of opened) await database.close();
  const names = await asked(url, 'SELECT migration_name FROM "_prisma_migrations"');
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
  await expect(opening).rejects.toThrow(/^连不上 PostgreSQL（127\.0\.0\.1:1\/anyue_.*请检查 DATABASE_URL/);
  await expect(opening).rejects.not.toThrow(/geheim/);
});

async function shapeOf(url: string): Promise<unknown[][]> {
  const columns = `SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_prisma%' ORDER BY 1, 2`;
  const indexes =
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%' ORDER BY 1, 2";
  const rows = [...(await asked(url, columns)), ...(await asked(url, indexes))];
  expect(rows.length).toBeGreaterThan(100);
  return rows;
}

/** The tables as Prisma's own engine makes them from the schema alone. */
async function createFromSchema(url: string): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = await readFile(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm"));
  const imports = { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const content = await readFile(schemaFile, "utf8");
  const adapter = new PrismaPg({ connectionString: url });
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  const prisma = await engine.SchemaEngine.new({ datamodels: [["schema.prisma", content]] }, () => undefined, bound);
  const { stdout } = await prisma.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const connection = await adapter.connect();
  onTestFinished(() => connection.dispose());
  await connection.executeScript(stdout ?? "");
}
