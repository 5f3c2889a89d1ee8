/**
 * Writes the next migration: `npm run migration -- <name>`. The difference between prisma/migrations and
 * prisma/schema.prisma is computed in process by Prisma's own schema engine (as WebAssembly), whose native build needs a
 * download host that is often out of reach. With `--check` it writes nothing and fails when a difference is left.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

const schemaPath = "prisma/schema.prisma";
const migrationsPath = "prisma/migrations/sqlite";
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

async function loadEngine(): Promise<engine.SchemaEngine> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = await readFile(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm"));
  const imports = { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new ScriptingSqlite({ url: ":memory:" }));
  const datamodels: [string, string][] = [[schemaPath, await readFile(schemaPath, "utf8")]];
  return engine.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}

async function migrationFiles(): Promise<engine.MigrationDirectory[]> {
  const entries = await readdir(migrationsPath, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((it) => it.isDirectory()).map((it) => it.name);
  const load = async (name: string): Promise<engine.MigrationDirectory> => {
    const value = await readFile(`${migrationsPath}/${name}/migration.sql`, "utf8");
    return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
  };
  return Promise.all(names.toSorted().map(load));
}

const name = process.argv[2];
if (name === undefined) throw new Error("usage: npm run migration -- <name> | --check");

const schemaEngine = await loadEngine();
const lockfile = { path: "migration_lock.toml", content: 'provider = "sqlite"\n' };
const { stdout } = await schemaEngine.diff({
  from: {
    tag: "migrations",
    baseDir: migrationsPath,
    lockfile,
    shadowDbInitScript: "",
    migrationDirectories: await migrationFiles(),
  },
  to: {
    tag: "schemaDatamodel",
    files: [{ path: schemaPath, content: await readFile(schemaPath, "utf8") }],
  },
  script: true,
  exitCode: null,
  filters: noFilter,
});

const script = stdout ?? "";
const isEmpty = script.replace(/^--.*$/gm, "").trim() === "";
if (name === "--check") {
  if (!isEmpty) throw new Error(`prisma/schema.prisma has changes without a migration:\n${script}`);
} else if (!isEmpty) {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = `${migrationsPath}/${stamp}_${name}`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/migration.sql`, script);
  await writeFile(`${migrationsPath}/migration_lock.toml`, lockfile.content);
  process.stdout.write(`${folder}/migration.sql\n`);
}
process.exit(0);
