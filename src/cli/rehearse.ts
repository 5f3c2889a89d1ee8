import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { startLocal } from "../local.ts";
import { createLog } from "../log.ts";
import { wholeNumber } from "./options.ts";
import { seeded } from "./random.ts";
import { SheetChecker } from "./rehearsal/checker.ts";
import { Ledger } from "./rehearsal/ledger.ts";
import { Play } from "./rehearsal/play.ts";
import { monthlyQuota, type Summary, summarise, writeOut } from "./rehearsal/results.ts";
import { scenesOf } from "./rehearsal/script.ts";
import { Stage } from "./rehearsal/stage.ts";
import { sizedCampaign } from "./sized-campaign.ts";

/** Plays a whole campaign over real sockets in virtual time, and checks every figure and reminder (design §5.4). */
const managers = ["demo-manager-1", "demo-manager-2"];

export interface RehearsalOptions {
  out: string;
  units: number;
  seed: number;
  onScene?: (done: number, total: number, name: string) => void;
  /** Ends the play after the scene that runs; what was opened is closed and deleted. */
  signal?: AbortSignal;
}

export interface Rehearsal {
  faults: string[];
  summary: Summary;
}

export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const startedAt = Date.now();
  await refuseForeignFolder(options.out);
  const campaign = await sizedCampaign(options.units);
  const folder = await mkdtemp(join(tmpdir(), "anyue-rehearsal-"));
  const local = await startLocal({
    campaign,
    managers,
    databaseFile: join(folder, "rehearsal.db"),
    dataDir: folder,
    log: createLog("silent"),
    startAt: null,
    clockRuns: false,
    qpsPerApi: 100_000,
  });
  try {
    const ledger = new Ledger(campaign.form);
    const stage = new Stage(local, campaign, managers);
    const scenes = scenesOf(new Play(stage, ledger, seeded(options.seed)));
    const checker = new SheetChecker(stage, ledger);
    for (const [n, [name, play]] of scenes.entries()) {
      options.signal?.throwIfAborted();
      options.onScene?.(n, scenes.length, name);
      await play();
      await checker.check();
    }
    options.onScene?.(scenes.length, scenes.length, "写出结果");
    await checker.checkAnnexes();
    const summary = await summarise({ local, campaign, ledger, stage, seed: options.seed, startedAt });
    const { expected, onTime, late, missing } = summary.units;
    const counted = JSON.stringify({ expected, onTime, late, missing });
    const wanted = JSON.stringify(ledger.turnout(campaign.units.length));
    stage.check(counted === wanted, `the bot counts the units ${counted}, not ${wanted}`);
    const faults = [...stage.faults, ...stage.verdict.faults, ...checker.faults];
    await writeOut(options.out, { local, campaign, summary, lastTable: checker.lastTable });
    return { faults, summary };
  } finally {
    await local.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What an earlier rehearsal wrote is replaced; anybody else's folder is left alone. */
async function refuseForeignFolder(out: string): Promise<void> {
  const names = await readdir(out).catch((): string[] => []);
  if (names.length > 0 && !(names.includes("summary.json") && names.includes("transcript.md")))
    throw new Error(`${out} 里有别的文件，没有演练。请另指定一个空的或新的目录。`);
}

function closing({ summary, faults }: Rehearsal, out: string): string {
  const { units, reminders, messages, quota, seconds } = summary;
  const months = Object.entries(quota.byMonth).map(
    ([month, it]) =>
      `  ${month}：接口 ${it.apiCalls}/${monthlyQuota.apiCalls} 次，消息 ${it.streamMessages}/${monthlyQuota.streamMessages} 条`,
  );
  return [
    `应报 ${units.expected} 个单位：推荐联络员 ${units.nominated}，已交 ${units.submitted}（按时 ${units.onTime}，逾期 ${units.late}），未交 ${units.missing}`,
    `提醒 ${reminders.sent} 条：漏 ${reminders.missed}，重 ${reminders.doubled}，不该发 ${reminders.needless}；收到消息 ${messages.in} 条，发出 ${messages.out} 条`,
    "每月用量（免费版额度）：",
    ...months,
    `用时 ${seconds} 秒；结果在 ${out}`,
    faults.length === 0
      ? "全部核对一致 ✓"
      : `有 ${faults.length} 处不符：\n${faults.map((it) => `  ${it}`).join("\n")}`,
  ].join("\n");
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      units: { type: "string", default: "10" },
      seed: { type: "string", default: "1" },
    },
  });
  if (values.out === undefined) throw new Error("用法：npm run rehearse -- --out 目录 [--units 个数] [--seed 数字]");
  const units = wholeNumber("--units", values.units, { min: 1, max: 1000 });
  const seed = wholeNumber("--seed", values.seed, { min: 0, max: 2 ** 32 - 1 });
  const bar = new SingleBar(
    { format: "{bar} {percentage}% {scene}", clearOnComplete: true, noTTYOutput: false },
    Presets.shades_classic,
  );
  const onScene = (done: number, total: number, scene: string) => {
    if (process.stdout.isTTY) return done === 0 ? bar.start(total, 0, { scene }) : bar.update(done, { scene });
    process.stdout.write(`${done}/${total} ${scene}\n`);
  };
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => stopping.abort(new Error("演练中断，没有写出结果")));
  }
  const result = await rehearse({ out: values.out, units, seed, onScene, signal: stopping.signal }).finally(() =>
    bar.stop(),
  );
  process.stdout.write(`${closing(result, values.out)}\n`);
  if (result.faults.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
