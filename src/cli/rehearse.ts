import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { z } from "zod";
import { type Campaign, parseCampaign } from "../campaign/campaign.ts";
import { unitProgress } from "../campaign/progress.ts";
import { type Local, startLocal } from "../local.ts";
import { createLog } from "../log.ts";
import { Ledger } from "./rehearsal/ledger.ts";
import { seeded } from "./rehearsal/random.ts";
import { Script } from "./rehearsal/script.ts";
import { annexFaults, consolidatedFaults } from "./rehearsal/sheets.ts";
import { Stage, textOf } from "./rehearsal/stage.ts";
import { transcriptOf } from "./rehearsal/transcript.ts";

/** Plays a whole campaign over real sockets in virtual time, and checks every figure and reminder (design §5.4). */
const campaignFile = fileURLToPath(new URL("../../campaigns/zhoushan-2023.json", import.meta.url));
const managers = ["demo-manager-1", "demo-manager-2"];
/** Of the free edition, a month (dingtalk.md §4.1). */
const monthlyQuota = { apiCalls: 5000, streamMessages: 3000 };

export interface RehearsalOptions {
  out: string;
  units: number;
  seed: number;
  onScene?: (done: number, total: number, name: string) => void;
}

export interface Rehearsal {
  faults: string[];
  summary: Summary;
}

type Summary = Awaited<ReturnType<typeof summarise>>;

export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const startedAt = Date.now();
  const json: unknown = JSON.parse(await readFile(campaignFile, "utf8"));
  const campaign = withUnits(json, options.units);
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
    const scenes = new Script(stage, ledger, seeded(options.seed)).scenes();
    const checker = new GroupChecker(stage, ledger);
    for (const [n, [name, play]] of scenes.entries()) {
      options.onScene?.(n, scenes.length, name);
      await play();
      await checker.check();
    }
    options.onScene?.(scenes.length, scenes.length, "写出结果");
    await checker.checkAnnexes();
    stage.check(
      checker.published >= 2,
      `the table was published ${checker.published} times, not at the deadline and on a manager's word`,
    );
    const faults = [...stage.faults, ...stage.verdict.faults, ...checker.faults];
    const summary = await summarise({ local, campaign, ledger, stage, seed: options.seed, startedAt });
    await writeOut(options.out, { local, campaign, summary, lastTable: checker.lastTable });
    return { faults, summary };
  } finally {
    await local.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The campaign with its first units only, or with further ones modelled on them. */
function withUnits(json: unknown, count: number): Campaign {
  const file = z
    .looseObject({ units: z.array(z.looseObject({ id: z.string(), name: z.string() })).min(1) })
    .parse(json);
  const units = Array.from({ length: count }, (_, n) => {
    const model = file.units[n % file.units.length];
    if (n < file.units.length || model === undefined) return model;
    const contacts =
      Array.isArray(model.contacts) && model.contacts.length > 0 ? [{ staffId: `demo-further-${n + 1}` }] : [];
    return { ...model, id: `further-${n + 1}`, name: `演练第${n + 1}单位`, aliases: [], contacts };
  });
  const parsed = parseCampaign({ ...file, units });
  if (!parsed.ok) throw new Error(parsed.faults.map((it) => `${it.path}: ${it.message}`).join("\n"));
  return parsed.campaign;
}

/** Looks at everything the group and the units were sent, as soon as it arrives. */
class GroupChecker {
  readonly faults: string[] = [];
  published = 0;
  lastTable: Uint8Array | null = null;
  #seen = 0;
  readonly #stage: Stage;
  readonly #ledger: Ledger;

  constructor(stage: Stage, ledger: Ledger) {
    this.#stage = stage;
    this.#ledger = ledger;
  }

  /** Tables that came since the last look: what they say must be what people had submitted by now. */
  async check(): Promise<void> {
    const { world } = this.#stage.local.dingtalk;
    const messages = this.#stage.local.dingtalk.messages({ conversationId: this.#stage.groupId });
    for (const { from, body } of messages.slice(this.#seen)) {
      if (from !== "bot") continue;
      if (body.kind === "image") {
        const png = world.files.find(body.mediaId)?.bytes;
        const isPng =
          png !== undefined &&
          Buffer.from(png.subarray(0, 8)).toString("hex") === "89504e470d0a1a0a" &&
          png.length > 10_000;
        if (!isPng) this.faults.push("the picture of the table is no PNG");
      }
      if (body.kind !== "file") continue;
      this.published += 1;
      const bytes = world.files.find(body.mediaId)?.bytes;
      if (bytes === undefined) this.faults.push("the table can't be opened");
      else {
        this.lastTable = bytes;
        this.faults.push(...(await consolidatedFaults(bytes, this.#ledger, this.#stage.campaign.units)));
        this.faults.push(...this.#personalData(bytes));
      }
    }
    this.#seen = messages.length;
  }

  /** Each unit's last annex 2 against its last submitted figures. */
  async checkAnnexes(): Promise<void> {
    const { dingtalk } = this.#stage.local;
    for (const unit of this.#stage.campaign.units) {
      const liaison = this.#stage.standing(unit).liaison;
      if (liaison === null || this.#stage.standing(unit).owesStatistics) continue;
      const sheets = dingtalk
        .messages({ staffId: liaison })
        .filter((it) => it.from === "bot" && it.body.kind === "file");
      const body = sheets.at(-1)?.body;
      const bytes = body?.kind === "file" ? dingtalk.world.files.find(body.mediaId)?.bytes : undefined;
      if (bytes === undefined) this.faults.push(`${unit.name} got no annex 2`);
      else this.faults.push(...(await annexFaults(bytes, this.#ledger, unit)));
    }
  }

  /** The group's file may hold nobody's name or phone; they would stand in its shared texts. */
  #personalData(bytes: Uint8Array): string[] {
    const text = Buffer.from(bytes).toString("latin1");
    return /1[3-9]\d{9}/.test(text) ? ["the group's file holds a phone number"] : [];
  }
}

interface Played {
  local: Local;
  campaign: Campaign;
  ledger: Ledger;
  stage: Stage;
  seed: number;
  startedAt: number;
}

async function summarise({ local, campaign, ledger, stage, seed, startedAt }: Played) {
  const progress = (await local.app.store.records()).map((it) => unitProgress(campaign, it));
  const count = (timeliness: string) => progress.filter((it) => it.statistics.timeliness === timeliness).length;
  const messages = [
    ...local.dingtalk.world.people.map((it) => ({ staffId: it.staffId })),
    { conversationId: stage.groupId },
  ].flatMap((it) => [...local.dingtalk.messages(it)]);
  const { sent, missed, doubled, needless } = stage.verdict;
  const months = [...new Set(messages.map((it) => it.at.toISOString().slice(0, 7)))].sort();
  const usage = (month?: string) => {
    const { apiCalls, streamMessages } = local.dingtalk.usage(month);
    return { apiCalls, streamMessages };
  };
  return {
    campaign: campaign.id,
    seed,
    units: {
      expected: campaign.units.length,
      nominated: progress.filter((it) => it.liaison !== null).length,
      submitted: count("onTime") + count("late"),
      onTime: count("onTime"),
      late: count("late"),
      missing: count("missing"),
    },
    totals: ledger.rows.flatMap((row) =>
      row.measures.map((measure) => ({
        row: row.no,
        label: row.label,
        field: row.field,
        measure: measure.label || measure.unit,
        value: ledger.total(row.id, measure.id),
      })),
    ),
    reminders: { sent, missed, doubled, needless },
    messages: {
      in: messages.filter((it) => it.from !== "bot").length,
      out: messages.filter((it) => it.from === "bot").length,
    },
    quota: { ...usage(), monthly: monthlyQuota, byMonth: Object.fromEntries(months.map((it) => [it, usage(it)])) },
    seconds: Math.round((Date.now() - startedAt) / 100) / 10,
  };
}

async function writeOut(
  out: string,
  {
    local,
    campaign,
    summary,
    lastTable,
  }: { local: Local; campaign: Campaign; summary: Summary; lastTable: Uint8Array | null },
): Promise<void> {
  await rm(join(out, "files"), { recursive: true, force: true });
  await rm(join(out, "group"), { recursive: true, force: true });
  await mkdir(join(out, "files"), { recursive: true });
  await mkdir(join(out, "group"), { recursive: true });
  const { world } = local.dingtalk;
  const group = world.groups[0];
  const files = new Map<string, string>();
  const everywhere = [
    ...world.people.map((it) => ({ staffId: it.staffId })),
    ...(group === undefined ? [] : [{ conversationId: group.conversationId }]),
  ];
  for (const { body } of everywhere.flatMap((it) => [...world.messages(it)])) {
    const file = "mediaId" in body ? world.files.find(body.mediaId) : undefined;
    if (!("mediaId" in body) || file === undefined || files.has(body.mediaId)) continue;
    const path = `files/${files.size + 1}-${file.fileName}`;
    files.set(body.mediaId, path);
    await writeFile(join(out, path), file.bytes);
  }
  const toGroup =
    group === undefined
      ? []
      : world.messages({ conversationId: group.conversationId }).filter((it) => it.from === "bot");
  for (const [n, { body }] of toGroup.entries()) {
    const file = "mediaId" in body ? world.files.find(body.mediaId) : undefined;
    const name = `${String(n + 1).padStart(2, "0")}-${file?.fileName ?? "文字.md"}`;
    await writeFile(join(out, "group", name), file?.bytes ?? `${textOf(body)}\n`);
  }
  if (lastTable !== null) await writeFile(join(out, "consolidated.xlsx"), lastTable);
  await writeFile(join(out, "transcript.md"), transcriptOf(campaign, world, files));
  await writeFile(join(out, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
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
  const units = z.coerce.number().int().min(1).max(1000).parse(values.units);
  const seed = z.coerce.number().int().parse(values.seed);
  const bar = new SingleBar(
    { format: "{bar} {percentage}% {scene}", clearOnComplete: true, noTTYOutput: false },
    Presets.shades_classic,
  );
  const onScene = (done: number, total: number, scene: string) => {
    if (process.stdout.isTTY) return done === 0 ? bar.start(total, 0, { scene }) : bar.update(done, { scene });
    process.stdout.write(`${done}/${total} ${scene}\n`);
  };
  const result = await rehearse({ out: values.out, units, seed, onScene });
  bar.stop();
  process.stdout.write(`${closing(result, values.out)}\n`);
  if (result.faults.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
