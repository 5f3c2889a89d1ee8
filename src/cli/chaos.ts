import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { ackLimitMs } from "./chaos/acks.ts";
import { chaosReport } from "./chaos/report.ts";
import { type ChaosOptions, type ChaosResult, runChaos } from "./chaos/run.ts";
import { wholeNumber } from "./options.ts";

/** `npm run chaos`: people talk to the bot while everything breaks; at the end every message must have counted once. */

type Database = ChaosOptions["database"];

/** On SQLite one process, on PostgreSQL two. */
const replicasOn: Record<Database, number> = { sqlite: 1, postgresql: 2 };

function readOptions(): { databases: Database[]; messages: number; units: number; seed: number; logLevel: string } {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "1000" },
      units: { type: "string", default: "20" },
      seed: { type: "string", default: "1" },
      database: { type: "string", default: "both" },
      log: { type: "string", default: "silent" },
    },
  });
  const databases = (["sqlite", "postgresql"] as const).filter((it) => [it, "both"].includes(values.database));
  if (databases.length === 0) throw new Error(`--database “${values.database}” 应为 sqlite、postgresql 或 both`);
  return {
    databases,
    messages: wholeNumber("--messages", values.messages, { min: 1, max: 1_000_000 }),
    units: wholeNumber("--units", values.units, { min: 1, max: 500 }),
    seed: wholeNumber("--seed", values.seed, { min: 0, max: 2 ** 32 - 1 }),
    logLevel: values.log,
  };
}

async function runOn(chosen: ChaosOptions): Promise<ChaosResult> {
  if (chosen.database === "sqlite") return runChaos(chosen);
  const { startPostgres } = await import("../../scripts/postgres.ts");
  const postgres = await startPostgres();
  return runChaos({ ...chosen, databaseUrl: postgres.url }).finally(() => postgres.stop());
}

async function main(): Promise<void> {
  const { databases, ...options } = readOptions();
  for (const database of databases) {
    const bar = new SingleBar(
      { format: `${database} {bar} {value}/{total} 条，杀死 {deaths} 次`, clearOnComplete: true, noTTYOutput: false },
      Presets.shades_classic,
    );
    let isStarted = false;
    const onProgress = (done: number, deaths: number) => {
      if (!process.stdout.isTTY) {
        if (done % 500 === 0) process.stdout.write(`${database} ${done}/${options.messages}，杀死 ${deaths} 次\n`);
      } else if (isStarted) bar.update(done, { deaths });
      else bar.start(options.messages, done, { deaths });
      isStarted = true;
    };
    const chosen: ChaosOptions = { ...options, database, replicas: replicasOn[database], onProgress };
    const result = await runOn(chosen).finally(() => bar.stop());
    process.stdout.write(`${chaosReport(chosen, result)}\n`);
    if (result.verdict.faults.length > 0 || result.acks.slowestMs >= ackLimitMs) process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().then(
    () => process.exit(),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
