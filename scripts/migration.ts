/**
 * Writes the next migration of both providers: `npm run migration -- <name>`. prisma/schema.prisma is the model; the schema
 * of PostgreSQL is derived from it. What changed is computed in process by Prisma's own schema engine (as WebAssembly),
 * whose native build needs a download host that is often out of reach: for SQLite from its migrations, for PostgreSQL,
 * which that engine can't read back, from the schema derived last time. With `--check` it writes nothing and fails when
 * something is left; that PostgreSQL's migrations lead to its schema is checked by test/store/migrate.test.ts.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { startPostgres } from "./postgres.ts";

interface Provider {
  name: "sqlite" | "postgresql";
  adapter: SqlMigrationAwareDriverAdapterFactory;
  from: engine.DiffTarget;
  schema: string;
}

const modelPath = "prisma/schema.prisma";
const derivedPath = "prisma/schema.postgresql.prisma";
const noFilter = { externalTables: [], externalEnums: [] };

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

async function startEngine(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = await readFile(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm"));
  const imports = { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

async function migrationFiles(folder: string): Promise<engine.MigrationDirectory[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((it) => it.isDirectory()).map((it) => it.name);
  const load = async (name: string): Promise<engine.MigrationDirectory> => {
    const value = await readFile(`${folder}/${name}/migration.sql`, "utf8");
    return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
  };
  return Promise.all(names.toSorted().map(load));
}

/** The statements that lead from what a provider has to its schema; empty when there are none. */
async function difference({ adapter, from, schema }: Provider): Promise<string> {
  const datamodels: [string, string][] = [["schema.prisma", schema]];
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  const schemaEngine = await engine.SchemaEngine.new({ datamodels }, () => undefined, bound);
  const to = schemaTarget(schema);
  const { stdout } = await schemaEngine.diff({ from, to, script: true, exitCode: null, filters: noFilter });
  const script = stdout ?? "";
  return script.replace(/^--.*$/gm, "").trim() === "" ? "" : script;
}

function schemaTarget(content: string): engine.DiffTarget {
  return { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] };
}

async function migrationsTarget(folder: string): Promise<engine.DiffTarget> {
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
await startEngine();
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
  const script = await difference(provider);
  if (script === "") continue;
  left.push(`${provider.name}:\n${script}`);
  if (!isCheck) await write(provider, { name: `${stamp}_${name}`, script });
}
await postgres.stop();
if (!isCheck) await writeFile(derivedPath, derived(model));
else if (left.length > 0) throw new Error(`${modelPath} has changes without a migration:\n${left.join("\n")}`);
else if (derivedBefore !== derived(model)) throw new Error(`${derivedPath} is not what is derived from ${modelPath}`);
process.exit(0);
