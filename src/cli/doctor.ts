import { fileURLToPath, pathToFileURL } from "node:url";
import { config as loadDotenv } from "dotenv";
import { dayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { CampaignFileError, loadCampaign, newestCampaign } from "../campaign-file.ts";
import { type Clock, MovableClock, systemClock } from "../clock.ts";
import { type Config, defaultDatabaseUrl, readConfig } from "../config.ts";
import { campaignFindings, fileFaults } from "./doctor/campaign.ts";
import { checkDatabase, type DatabaseCheck } from "./doctor/database.ts";
import { dingTalkFindings } from "./doctor/dingtalk.ts";
import { type Finding, fault, fine, note, reportOf } from "./doctor/finding.ts";
import { folderFinding, nodeFinding, zoneFinding } from "./doctor/machine.ts";
import { timeFinding } from "./doctor/time.ts";

/** `npm run doctor`: whether everything is there that the program needs, and what to do where it is not (design §5.4). */

const campaignsFolder = fileURLToPath(new URL("../../campaigns", import.meta.url));

export interface Machine {
  environment: Record<string, string | undefined>;
  nodeVersion: string;
  zone: string;
  /** The server's clock. */
  now: () => number;
}

/** Writes to nobody, and changes nothing. */
export async function examine(machine: Machine): Promise<Finding[]> {
  const first = [nodeFinding(machine.nodeVersion)];
  const reading = readConfig(machine.environment);
  if (!reading.ok)
    return [...first, ...reading.faults.map((it) => fault("配置", it, "请改 .env 里的这一项，再自检一次。"))];
  const { config } = reading;
  const managers = config.managers.length > 0 ? `，${config.managers.length} 位管理员` : "";
  first.push(fine("配置", `没有矛盾${managers}`));
  try {
    const campaign = await (config.campaignFile === null
      ? newestCampaign(campaignsFolder)
      : loadCampaign(config.campaignFile));
    return [...first, ...(await examineWith(config, campaign, machine))];
  } catch (error) {
    if (!(error instanceof CampaignFileError)) throw error;
    return [...first, ...fileFaults(error), await folderFinding("收到的文件", config.dataDir)];
  }
}

async function examineWith(config: Config, campaign: Campaign, machine: Machine): Promise<Finding[]> {
  const { credentials, managers, startAt, allowed } = config;
  const clock: Clock =
    startAt === null ? { now: () => new Date(machine.now()) } : new MovableClock(startAt, { runs: true });
  const month = dayOf(clock.now(), campaign).slice(0, 7);
  const database = await databaseOf(config, month);
  const findings = [
    ...campaignFindings(campaign, clock.now(), allowed.calls),
    ...database.findings,
    await folderFinding("收到的文件", config.dataDir),
    zoneFinding(clock, campaign.timezone, machine.zone),
    ...(startAt === null
      ? []
      : [note("时钟", `设了 NOW，程序从 ${startAt.toISOString()} 走起`, "正式使用前请去掉 NOW。")]),
  ];
  if (credentials === null) {
    const text = "没有填 DINGTALK_CLIENT_ID，npm start 会启动演示；没有联系钉钉，凭证、权限、用量和对时都没有查";
    return [...findings, note("钉钉", text, "要接入钉钉，请照 README 的十步填 .env，再自检一次。")];
  }
  return [
    ...findings,
    await timeFinding(credentials.apiBase, machine.now),
    ...(await dingTalkFindings({ credentials, campaign, managers, clock })),
    usageFinding(month, database.used, allowed),
  ];
}

async function databaseOf({ credentials, databaseUrl, dataDir }: Config, month: string): Promise<DatabaseCheck> {
  if (credentials !== null) return checkDatabase(databaseUrl ?? defaultDatabaseUrl, month);
  if (databaseUrl !== null) return checkDatabase(databaseUrl, month);
  return { findings: [note("数据库", `演示用 ${dataDir}/playground.db，每次启动都清空`)], used: null };
}

function usageFinding(month: string, used: DatabaseCheck["used"], allowed: Config["allowed"]): Finding {
  const about = `${month} 用量`;
  if (used === null) return fine(about, `还没有记录；额度 ${allowed.calls} 次接口调用、${allowed.stream} 条消息`);
  const text = `本程序用了 ${used.calls}/${allowed.calls} 次接口调用、${used.stream}/${allowed.stream} 条消息（其他应用的不在内）`;
  const share = Math.max(used.calls / allowed.calls, used.stream / allowed.stream);
  const todo = "请到开发者后台“资源管理”核对，必要时增购。";
  if (share >= 1) return fault(about, text, todo);
  return share >= 0.8 ? note(about, text, todo) : fine(about, text);
}

async function main(): Promise<void> {
  loadDotenv({ quiet: true });
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = () => systemClock.now().getTime();
  const machine = { environment: process.env, nodeVersion: process.versions.node, zone, now };
  const findings = await examine(machine);
  process.stdout.write(`${reportOf(findings)}\n`);
  if (findings.some((it) => it.grade === "fault")) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
