/**
 * Writes the next migration of both providers: `npm run migration -- <name>`. prisma/schema.prisma is the model; the schema
 * of PostgreSQL is derived from it. What changed is computed in process by Prisma's own schema engine: for SQLite from its
 * migrations, for PostgreSQL, which that engine can't read back, from the schema derived last time. With `--check` it writes nothing and fails when
 * something is left; that PostgreSQL's migrations lead to its schema is checked by test/store/migrate.test.ts.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { startPostgres } from "./postgres.ts";
import { type DiffTarget, difference, type MigrationDirectory, schemaEngine, schemaTarget } from "./schema-engine.ts";

interface Provider {
  name: "sqlite" | "postgresql";
  adapter: SqlMigrationAwareDriverAdapterFactory;
  from: DiffTarget;
  schema: string;
}

const modelPath = "prisma/schema.prisma";
const derivedPath = "prisma/schema.postgresql.prisma";

/** The engine runs a whole migration as one statement, which better-sqlite3 prepares and refuses: run it as a script. */
class ScriptingSqlite extends PrismaBetterSqlite3 {
  override async connectToShadowDb(): ReturnType<PrismaBetterSqlite3["connectToShadowDb"]> {
    const connection = await super.connectToShadowDb();
    const executeRaw = connection.executeRaw.bind(connection);
    connection.executeRaw = async (query) => {
      if (query.args.length > 0) return executeRaw(query);
      await connection.executeScript(query.sql);
      return 0;
    };
    return connection;
  }
}

function derived(model: string): string {
  const notice = "// Derived from schema.prisma by scripts/migration.ts: change that one.\n\n";
  return (
    notice +
    model.replace('provider = "sqlite"', 'provider = "postgresql"').replace("generated/sqlite", "generated/postgresql")
  );
}

async function migrationFiles(folder: string): Promise<MigrationDirectory[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((it) => it.isDirectory()).map((it) => it.name);
  const load = async (name: string): Promise<MigrationDirectory> => {
    const value = await readFile(`${folder}/${name}/migration.sql`, "utf8");
    return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
  };
  return Promise.all(names.toSorted().map(load));
}

/** The statements that lead from what a provider has to its schema; empty when there are none. */
async function missing({ adapter, from, schema }: Provider): Promise<string> {
  const script = await difference(await schemaEngine(adapter, schema), { from, to: schemaTarget(schema) });
  return script.replace(/^--.*$/gm, "").trim() === "" ? "" : script;
}

async function migrationsTarget(folder: string): Promise<DiffTarget> {
  return {
    tag: "migrations",
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: lockfileOf("sqlite") },
    shadowDbInitScript: "",
    migrationDirectories: await migrationFiles(folder),
  };
}

function lockfileOf(name: Provider["name"]): string {
  return `provider = "${name}"\n`;
}

async function write(provider: Provider, { name, script }: { name: string; script: string }): Promise<void> {
  const folder = `prisma/migrations/${provider.name}`;
  await mkdir(`${folder}/${name}`, { recursive: true });
  await writeFile(`${folder}/${name}/migration.sql`, script);
  await writeFile(`${folder}/migration_lock.toml`, lockfileOf(provider.name));
  process.stdout.write(`${folder}/${name}/migration.sql\n`);
}

const name = process.argv[2];
if (name === undefined) throw new Error("usage: npm run migration -- <name> | --check");
const isCheck = name === "--check";

const model = await readFile(modelPath, "utf8");
const derivedBefore = await readFile(derivedPath, "utf8").catch(() => null);
const postgres = await startPostgres();
const providers: Provider[] = [
  {
    name: "sqlite",
    adapter: new ScriptingSqlite({ url: ":memory:" }),
    from: await migrationsTarget("prisma/migrations/sqlite"),
    schema: model,
  },
  {
    name: "postgresql",
    // Both sides are schemas, but the engine asks a server for its version.
    adapter: new PrismaPg({ connectionString: postgres.url }),
    from: derivedBefore === null ? { tag: "empty" } : schemaTarget(derivedBefore),
    schema: derived(model),
  },
];
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const left: string[] = [];
for (const provider of providers) {
  const script = await missing(provider);
  if (script === "") continue;
  left.push(`${provider.name}:\n${script}`);
  if (!isCheck) await write(provider, { name: `${stamp}_${name}`, script });
}
await postgres.stop();
if (!isCheck) await writeFile(derivedPath, derived(model));
else if (left.length > 0) throw new Error(`${modelPath} has changes without a migration:\n${left.join("\n")}`);
else if (derivedBefore !== derived(model)) throw new Error(`${derivedPath} is not what is derived from ${modelPath}`);
process.exit(0);
