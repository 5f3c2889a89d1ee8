import { fileURLToPath } from "node:url";
import { config as loadDotenv } from "dotenv";
import { startApp } from "./app.ts";
import { CampaignFileError, loadCampaign, newestCampaign } from "./campaign-file.ts";
import { MovableClock, systemClock } from "./clock.ts";
import { type Config, defaultDatabaseUrl, readConfig } from "./config.ts";
import { healthRoutes, listen, PortInUse } from "./http.ts";
import { startLocal } from "./local.ts";
import { createLog, faultOf, type Log } from "./log.ts";
import { createPage } from "./playground/page-server.ts";
import { DatabaseRefusal } from "./store/database-refusal.ts";

/** Reads the environment, builds the real world, starts, and handles signals; the only file that exits. */

const campaignsFolder = fileURLToPath(new URL("../campaigns", import.meta.url));
const demoManagers = ["demo-manager-1", "demo-manager-2"];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

async function startBot(config: Config, log: Log): Promise<() => Promise<void>> {
  const { credentials, managers, dataDir, campaignFile, startAt, allowed } = config;
  if (credentials === null) return startPlayground(config, log);
  const campaign = await (campaignFile === null ? newestCampaign(campaignsFolder) : loadCampaign(campaignFile));
  const clock = startAt === null ? systemClock : new MovableClock(startAt, { runs: true });
  const databaseUrl = config.databaseUrl ?? defaultDatabaseUrl;
  const ground = { campaign, credentials, managers, databaseUrl, dataDir, clock, log };
  const app = await startApp({ ...ground, allowed, hasCron: true });
  const server = await listen(healthRoutes(app), config);
  say(`安月已启动：${campaign.title}；健康检查 http://${config.host}:${server.port}/healthz`);
  return async () => {
    await server.close();
    await app.stop();
  };
}

async function startPlayground(config: Config, log: Log): Promise<() => Promise<void>> {
  const campaign = await (config.campaignFile === null
    ? newestCampaign(campaignsFolder)
    : loadCampaign(config.campaignFile));
  const managers = config.managers.length > 0 ? config.managers : demoManagers;
  const databaseFile = `${config.dataDir}/playground.db`;
  const { dataDir, startAt, allowed } = config;
  const local = await startLocal({ campaign, managers, databaseFile, dataDir, log, startAt, allowed, clockRuns: true });
  const { dingtalk, clock } = local;
  const page = createPage({
    dingtalk,
    clock: { now: () => clock.now(), moveTo: local.moveTo, next: local.next },
    campaign,
    managers,
  });
  const server = await listen(healthRoutes(local.app).route("/", page), config);
  say("没有设置 DINGTALK_CLIENT_ID：已启动演示，机器人连接的是本机的模拟钉钉，数据每次启动都会清空。");
  say(`请用浏览器打开 http://${config.host}:${server.port}`);
  return async () => {
    await server.close();
    await local.stop();
  };
}

// What can't be said, as on a full disk, must not end the program: the SDK speaks at every connection.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
loadDotenv({ quiet: true });
const reading = readConfig(process.env);
if (!reading.ok) refuse(`配置有误，请改正后再启动：\n${reading.faults.map((it) => `  ${it}`).join("\n")}`);
const { config } = reading;
const log = createLog(config.logLevel);

const stop = await startBot(config, log).catch((error: unknown) => {
  if (error instanceof CampaignFileError) refuse(error.message);
  if (error instanceof DatabaseRefusal) refuse(error.message);
  if (error instanceof PortInUse) refuse(`端口 ${error.port} 已被占用：请在 .env 里换一个 PORT，例：PORT=8081`);
  throw error;
});

const stopLimitMs = 9500;
let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // Asked twice, or not done in time: whatever is under way is safe to break off, as a crash would.
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), stopLimitMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ fault: faultOf(error) }, "could not stop in order");
        process.exit(1);
      },
    );
  });
}
