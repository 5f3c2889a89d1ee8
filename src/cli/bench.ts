import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { loadCampaign } from "../campaign-file.ts";
import { type BurstOptions, burstOf } from "./bench/acks.ts";
import { labelledGroups } from "./bench/labelled.ts";
import { benchPlan } from "./bench/plan.ts";
import { benchReader } from "./bench/reader.ts";
import { readerTable } from "./bench/table.ts";
import { wholeNumber } from "./options.ts";
import { sizedCampaign } from "./sized-campaign.ts";

/** `npm run bench`: measurements as JSON lines on stdout, or as tables with `--table`; progress on stderr. */

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** The lines the reader meets, and those it does not meet yet: without these it would look better than it is. */
const shippedCorpus = [file("test/reader/corpus"), file("test/reader/open-lines.jsonl")];

type Bench = (args: readonly string[]) => Promise<void>;
const benches: Record<string, Bench> = { reader, acks, plan };

async function reader(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string", multiple: true, default: shippedCorpus },
      campaign: { type: "string", default: file("campaigns/zhoushan-2023.json") },
      rounds: { type: "string", default: "9" },
      table: { type: "boolean", default: false },
    },
  });
  const rounds = wholeNumber("--rounds", values.rounds, { min: 0, max: 1000 });
  const campaign = await loadCampaign(values.campaign);
  const groups = (await Promise.all(values.corpus.map(labelledGroups))).flat();
  const bar = new SingleBar(
    { format: "reader {bar} {value}/{total} 轮", clearOnComplete: true, stream: process.stderr },
    Presets.shades_classic,
  );
  if (rounds > 0) bar.start(rounds, 0);
  try {
    const lines = benchReader({ campaign, groups, rounds, onRound: (done) => bar.update(done) });
    const text = values.table ? readerTable(lines) : lines.map((it) => JSON.stringify(it)).join("\n");
    process.stdout.write(`${text}\n`);
  } finally {
    bar.stop();
  }
}

/** SQLite in one program, PostgreSQL in one and in two. */
async function acks(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { people: { type: "string", default: "300" } } });
  const people = wholeNumber("--people", values.people, { min: 1, max: 1000 });
  const print = async (options: BurstOptions) => {
    const { databaseUrl: _, ...named } = options;
    process.stdout.write(`${JSON.stringify({ bench: "acks", ...named, ...(await burstOf(options)) })}\n`);
  };
  await print({ database: "sqlite", processes: 1, people });
  const { createDatabase, startPostgres } = await import("../../scripts/postgres.ts");
  const postgres = await startPostgres();
  try {
    for (const processes of [1, 2]) {
      await print({ database: "postgresql", databaseUrl: await createDatabase(postgres.url), processes, people });
    }
  } finally {
    await postgres.stop();
  }
}

async function plan(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { units: { type: "string", default: "1000" } } });
  const campaign = await sizedCampaign(wholeNumber("--units", values.units, { min: 1, max: 10_000 }));
  for (const line of benchPlan(campaign)) process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Throws what is wrong with its arguments, in words for whoever gave them. */
export async function main(args: readonly string[]): Promise<void> {
  const isNamed = args[0] !== undefined && !args[0].startsWith("-");
  const name = isNamed ? args[0] : undefined;
  const chosen = name === undefined ? Object.values(benches) : [benches[name]];
  for (const bench of chosen) {
    if (!bench) throw new Error(`没有名为“${name}”的测试，可选：${Object.keys(benches).join("、")}`);
    await bench(isNamed ? args.slice(1) : args);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
