import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { type MigrationDirectory, type SchemaEngine, schemaEngine } from "../../../scripts/schema-engine.ts";
import { askBeside } from "../../../src/cli/beside.ts";
import { migrate, sqliteDialect } from "../../../src/store/migrate.ts";
import { temporaryFolder } from "../../support/database.ts";
import { open } from "../opened.ts";

const own = resolve(import.meta.dirname, "../../../prisma/migrations/sqlite");

async function connect(file: string) {
  const connection = await new PrismaBetterSqlite3({ url: `file:${file}` }).connect();
  onTestFinished(() => connection.dispose().catch(() => undefined));
  return connection;
}

const tablesOf = (file: string) =>
  askBeside(
    `file:${file}`,
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
  ).then((rows) => rows.flat());

async function write(folder: string, name: string, script: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), script);
}

describe("migrations", () => {
  it("are applied in the order of their names, each once", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "a.db");
    await write(folder, "2_rename", "ALTER TABLE first RENAME TO second;");
    await write(folder, "1_first", "CREATE TABLE first (a TEXT);");
    const connection = await connect(file);
    expect(await migrate(connection, folder, sqliteDialect)).toEqual(["1_first", "2_rename"]);
    expect(await migrate(connection, folder, sqliteDialect)).toEqual([]);
    await write(folder, "3_more", "CREATE TABLE more (a TEXT);");
    expect(await migrate(connection, folder, sqliteDialect)).toEqual(["3_more"]);
    expect(await tablesOf(file)).toEqual(["_prisma_migrations", "more", "second"]);
  });

  it("that break leave nothing half done, and what went before stays", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "a.db");
    await write(folder, "1_first", "CREATE TABLE first (a TEXT);");
    await write(folder, "2_broken", "CREATE TABLE half (a TEXT); CREATE TABLE first (a TEXT);");
    const connection = await connect(file);
    await expect(migrate(connection, folder, sqliteDialect)).rejects.toThrow();
    await connection.dispose();
    expect(await tablesOf(file)).toEqual(["_prisma_migrations", "first"]);
    await write(folder, "2_broken", "CREATE TABLE half (a TEXT);");
    expect(await migrate(await connect(file), folder, sqliteDialect)).toEqual(["2_broken"]);
  });

  it("are, in the judgement of Prisma's own engine, applied and unchanged", async () => {
    const file = join(await temporaryFolder(), "bot.db");
    await (await open({ url: `file:${file}` })).close();
    const prisma = await engineOn(file);
    const migrationsList = {
      baseDir: own,
      lockfile,
      shadowDbInitScript: "",
      migrationDirectories: await directories(),
    };
    const history = { migrationsList, optInToShadowDatabase: false, filters };
    expect(await prisma.diagnoseMigrationHistory(history)).toMatchObject({
      hasMigrationsTable: true,
      editedMigrationNames: [],
      failedMigrationNames: [],
      history: null,
    });
    expect(await prisma.applyMigrations({ migrationsList, filters })).toEqual({ appliedMigrationNames: [] });
  });
});

const lockfile = { path: "migration_lock.toml", content: 'provider = "sqlite"\n' };
const filters = { externalTables: [], externalEnums: [] };

async function directories(): Promise<MigrationDirectory[]> {
  const names = (await readdir(own, { withFileTypes: true })).filter((it) => it.isDirectory()).map((it) => it.name);
  return Promise.all(
    names.toSorted().map(async (path) => {
      const value = await readFile(join(own, path, "migration.sql"), "utf8");
      return { path, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
    }),
  );
}

/** Prisma's schema engine, what `prisma migrate deploy` is made of, on the given database. */
async function engineOn(file: string): Promise<SchemaEngine> {
  const schema = await readFile(resolve(own, "../../schema.prisma"), "utf8");
  return schemaEngine(new PrismaBetterSqlite3({ url: `file:${file}` }), schema);
}
