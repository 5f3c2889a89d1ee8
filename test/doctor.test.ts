import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { type Finding, reportOf } from "../src/cli/doctor/finding.ts";
import { examine } from "../src/cli/doctor.ts";
import type { LocalDingTalk, LocalDingTalkOptions } from "../src/playground/local-dingtalk.ts";
import { local } from "./playground/robot.ts";
import { open } from "./store/opened.ts";
import { zhoushanJson } from "./support/campaign.ts";
import { temporaryFolder } from "./support/database.ts";

type Environment = Record<string, string>;

/** Of the campaign of 2023, while it runs; a test says what is otherwise. */
async function campaignFile(folder: string, given: object = {}): Promise<string> {
  const file = join(folder, "campaign.json");
  await writeFile(file, JSON.stringify({ ...zhoushanJson(), ...given }));
  return file;
}

interface Given extends Partial<LocalDingTalkOptions> {
  environment?: Environment;
  campaign?: object;
  serverNow?: () => number;
}

async function examined(given: Given = {}): Promise<{ findings: Finding[]; dingtalk: LocalDingTalk; folder: string }> {
  const { environment = {}, campaign = {}, serverNow = Date.now, ...ofDingTalk } = given;
  const folder = await temporaryFolder();
  const dingtalk = await local({
    people: [{ staffId: "boss", name: "赵乙", mobile: "19900000002" }],
    groups: [],
    ...ofDingTalk,
  });
  const own: Environment = {
    ...{ DINGTALK_CLIENT_ID: "dingtest", DINGTALK_CLIENT_SECRET: "s3cret", MANAGERS: "boss" },
    ...{ DINGTALK_API_BASE: dingtalk.baseUrl, DINGTALK_OAPI_BASE: dingtalk.baseUrl },
    ...{ DATABASE_URL: `file:${join(folder, "bot.db")}`, DATA_DIR: join(folder, "data") },
    CAMPAIGN: await campaignFile(folder, campaign),
  };
  const machine = {
    environment: { ...own, ...environment },
    nodeVersion: "20.19.0",
    zone: "Asia/Shanghai",
    now: serverNow,
  };
  return { findings: await examine(machine), dingtalk, folder };
}

const faultsOf = (findings: readonly Finding[]) =>
  findings.filter((it) => it.grade === "fault").map((it) => `${it.about}：${it.text} → ${it.todo}`);
const textOf = (findings: readonly Finding[], about: string) =>
  findings.filter((it) => it.about === about).map((it) => it.text);

test("where all is well it finds nothing, writes to nobody, and says which calls it made", async () => {
  const { findings, dingtalk } = await examined({ campaign: { reminders: { todo: true } } });
  expect(faultsOf(findings)).toEqual([]);
  expect(textOf(findings, "机器人")).toEqual(["钉钉认识 RobotCode（就是 Client ID）"]);
  expect(textOf(findings, "管理员")).toEqual(["组织里有 boss"]);
  expect(textOf(findings, "待办")).toEqual(["有权限"]);
  expect(textOf(findings, "对时")).toEqual([expect.stringContaining("本机时钟")]);
  const counted = `计入当月额度 ${dingtalk.usage().apiCalls} 次，没有给任何人发消息`;
  expect(textOf(findings, "本次调用的接口")).toEqual([expect.stringContaining(counted)]);
  expect([dingtalk.ledger.received, dingtalk.ledger.todos, dingtalk.usage().apiCalls]).toEqual([[], [], 2]);
  expect(reportOf(findings).split("\n").at(-1)).toBe("没有发现问题。");
});

test("without credentials it says so, asks nobody, and checks the rest", async () => {
  const none = { DINGTALK_CLIENT_ID: "", DINGTALK_CLIENT_SECRET: "" };
  const { findings, dingtalk } = await examined({ environment: none });
  expect(faultsOf(findings)).toEqual([]);
  expect(textOf(findings, "钉钉")).toEqual([expect.stringMatching(/^没有填 DINGTALK_CLIENT_ID/)]);
  expect(textOf(findings, "数据库")).toEqual([expect.stringContaining("第一次启动时建立")]);
  expect(dingtalk.ledger.calls).toEqual([]);
});

test("the campaign's dates, ladders and reminders are counted", async () => {
  const { findings } = await examined();
  expect(textOf(findings, "统计表")).toEqual([
    "截止 7月1日 18:00；提醒 11 次：6月15日、6月25日、6月27日、6月29日、6月30日（2 次）、7月3日、7月4日、7月5日、7月6日、7月7日",
  ]);
  // Eleven moments for form and summary together, nine for the nomination, three Fridays, and the event's day.
  expect(textOf(findings, "提醒")).toEqual([expect.stringMatching(/^每个单位最多 24 次，10 个单位最多 240 条/)]);
  expect(textOf(findings, "可以提醒的时段")).toEqual([expect.stringContaining("08:30–11:30、14:00–17:30")]);
  const { findings: few } = await examined({ environment: { DINGTALK_MONTHLY_API_CALLS: "200" } });
  expect(textOf(few, "提醒")).toEqual([expect.stringContaining("最多的 6 月有")]);
});

test("a year whose holidays are not known is named", async () => {
  const { findings } = await examined({
    campaign: {
      year: 2027,
      opensOn: "2027-05-19",
      period: { start: "2027-06-01", end: "2027-06-30" },
      obligations: {
        nomination: { due: "2027-05-25" },
        statistics: { due: "2027-07-01" },
        summary: { due: "2027-07-01" },
      },
    },
  });
  expect(textOf(findings, "节假日")).toEqual(["2027 年的节假日还没有公布，按周末算"]);
});

test("faults of settings and of the campaign file are named with their place", async () => {
  const { findings } = await examined({ environment: { MANAGERS: "", PORT: "x" } });
  expect(faultsOf(findings).join("\n")).toMatch(/配置：PORT：.*\n配置：MANAGERS：至少填一位管理员/);
  const { findings: ofFile } = await examined({ campaign: { timezone: "Mars/Base", reminders: { windows: [] } } });
  expect(faultsOf(ofFile).map((it) => it.split("：")[1])).toEqual(expect.arrayContaining(["reminders.windows"]));
  const { findings: ofNone } = await examined({ environment: { CAMPAIGN: "/nowhere.json" } });
  expect(faultsOf(ofNone)).toEqual([expect.stringContaining("文件不存在或读不了")]);
});

test("each fault on DingTalk's side comes with what to do about it", async () => {
  const wrongSecret = await examined({ environment: { DINGTALK_CLIENT_SECRET: "wrong" } });
  expect(faultsOf(wrongSecret.findings)).toEqual([
    expect.stringMatching(/^凭证：.*→ .*核对 Client ID 和 Client Secret/),
  ]);
  const wrongRobot = await examined({ environment: { DINGTALK_ROBOT_CODE: "other", MANAGERS: "boss,gone" } });
  expect(faultsOf(wrongRobot.findings)).toEqual([
    expect.stringMatching(/^机器人：钉钉不认识 RobotCode（invalidParameter\.robotCode\.auth）/),
    expect.stringMatching(/^管理员：组织里没有 gone 这个人/),
  ]);
  const noTodos = await examined({ campaign: { reminders: { todo: true } }, tenant: { todo: "notPermitted" } });
  expect(faultsOf(noTodos.findings)).toEqual([expect.stringMatching(/^待办：没有权限.*Todo\.Todo\.Write/)]);
  const usedUp = await examined({ monthlyQuota: { apiCalls: 0, streamMessages: 3000 } });
  expect(faultsOf(usedUp.findings)).toEqual([expect.stringMatching(/^机器人：本月接口调用量已用完/)]);
  const unreachable = await examined({ environment: { DINGTALK_API_BASE: "http://127.0.0.1:9" } });
  expect(faultsOf(unreachable.findings)).toEqual([expect.stringMatching(/^凭证：.*→ 请检查网络/)]);
});

test("a server's clock that is wrong by minutes is a fault", async () => {
  const { findings } = await examined({ serverNow: () => Date.now() + 300_000 });
  expect(faultsOf(findings)).toEqual([expect.stringMatching(/^对时：本机时钟比钉钉快 (29|30)\d 秒/)]);
});

test("a database that the bot uses is looked at from beside; one that is broken is a fault", async () => {
  const folder = await temporaryFolder();
  const url = `file:${join(folder, "bot.db")}`;
  const store = await open({ url });
  const month = new Date().toISOString().slice(0, 7);
  await store.usage.add(month, { calls: 4500, stream: 3 });
  const { findings } = await examined({ environment: { DATABASE_URL: url } });
  expect(faultsOf(findings)).toEqual([]);
  expect(textOf(findings, "数据库")).toEqual([expect.stringContaining("打得开"), expect.stringContaining("正在运行")]);
  expect(textOf(findings, `${month} 用量`)).toEqual([expect.stringContaining("4500/5000")]);
  const broken = join(folder, "broken.db");
  await writeFile(broken, "no database at all, ".repeat(100));
  const { findings: ofBroken } = await examined({ environment: { DATABASE_URL: `file:${broken}` } });
  expect(faultsOf(ofBroken)).toEqual([expect.stringMatching(/^数据库：打不开数据库 .* → 请检查 DATABASE_URL/)]);
});

test("an old Node and a place that can't be written are faults", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "file"), "");
  const environment = {
    DATA_DIR: join(folder, "file", "data"),
    CAMPAIGN: await campaignFile(folder),
    DATABASE_URL: `file:${folder}/b.db`,
  };
  const machine = { environment, nodeVersion: "18.20.4", zone: "UTC", now: Date.now };
  const findings = await examine(machine);
  expect(faultsOf(findings)).toEqual([
    "Node.js：18.20.4 太旧 → 请安装 Node.js 20.19 或更新的版本（nodejs.org）。",
    expect.stringMatching(/^收到的文件：.*写不了 → 请让运行机器人的用户能写/),
  ]);
  expect(textOf(findings, "时钟")).toEqual([expect.stringContaining("服务器时区是 UTC")]);
});

test("npm run doctor ends with 1 where something is to be mended, else with 0", async () => {
  const folder = await temporaryFolder();
  const run = (given: Environment) => {
    const env = { PATH: process.env.PATH ?? "", HOME: folder, DATA_DIR: folder, ...given };
    const root = resolve(import.meta.dirname, "..");
    const child = spawnSync("npm", ["run", "-s", "doctor"], { cwd: root, env, encoding: "utf8" });
    return { status: child.status, last: child.stdout.trimEnd().split("\n").at(-1) };
  };
  expect(run({})).toEqual({ status: 0, last: "没有发现问题。" });
  expect(run({ DINGTALK_CLIENT_ID: "x" })).toEqual({ status: 1, last: "有 2 处要改（标 ✗ 的）。" });
});
