/** Prisma's own schema engine as WebAssembly, in this process: its native build needs a download host that is often out of reach. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

export type { DiffTarget, MigrationDirectory, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";

let started: Promise<void> | undefined;

/** An engine for the schema whose text is given, at the database that the adapter reaches. */
export async function schemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  schema: string,
): Promise<engine.SchemaEngine> {
  started ??= start();
  await started;
  const datamodels: [string, string][] = [["schema.prisma", schema]];
  return engine.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter));
}

/** The schema as one side of a difference. */
export function schemaTarget(content: string): engine.DiffTarget {
  return { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] };
}

/** The statements that lead from one side to the other. */
export async function difference(
  prisma: engine.SchemaEngine,
  { from, to }: { from: engine.DiffTarget; to: engine.DiffTarget },
): Promise<string> {
  const filters = { externalTables: [], externalEnums: [] };
  const { stdout } = await prisma.diff({ from, to, script: true, exitCode: null, filters });
  return stdout ?? "";
}

async function start(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = await readFile(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm"));
  const imports = { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}
