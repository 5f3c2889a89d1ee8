import { readdir, readFile, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import ExcelJS from "exceljs";
import { Hono } from "hono";
import { onTestFinished, vi } from "vitest";
import { parseCampaign } from "../../src/campaign/campaign.ts";
import { type LocalDingTalk, startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { createPage, type PageClock } from "../../src/playground/page-server.ts";
import { peopleOf } from "../../src/playground/people.ts";
import { app, caller, connect, type Robot, TestClock, tokenOf } from "./robot.ts";

const pageFolder = new URL("../../src/playground/page/", import.meta.url);
const managers = ["boss"];

/** The page built by its own settings, unless that was done after its last change. */
export async function buildPage(): Promise<void> {
  const sources = (await readdir(pageFolder, { withFileTypes: true })).filter((it) => it.isFile());
  const changed = await Promise.all(sources.map((it) => changedAtMs(it.name)));
  if ((await changedAtMs("dist/index.html")) > Math.max(...changed)) return;
  const { build } = await import("vite");
  // The tests' own value would put React's development build into the page.
  vi.stubEnv("NODE_ENV", "production");
  await build({
    root: pageFolder.pathname,
    configFile: new URL("vite.config.ts", pageFolder).pathname,
    logLevel: "warn",
  });
  vi.unstubAllEnvs();
}

/** 0 for what is not there. */
async function changedAtMs(path: string): Promise<number> {
  return stat(new URL(path, pageFolder)).then(
    (it) => it.mtimeMs,
    () => 0,
  );
}

/** Stands still until moved, and notes where to; `hold` makes the moves that follow wait. */
export class PageTestClock extends TestClock implements PageClock {
  readonly moves: string[] = [];
  hold: Promise<void> = Promise.resolve();
  following: Date | null = new Date("2023-06-05T09:00:00+08:00");

  async moveTo(instant: Date): Promise<void> {
    this.moves.push(instant.toISOString());
    await this.hold;
    this.advance((instant.getTime() - this.now().getTime()) / 1000);
  }

  async next(): Promise<Date | null> {
    return this.following;
  }
}

export interface PageRig {
  url: string;
  dingtalk: LocalDingTalk;
  clock: PageTestClock;
  stop(): Promise<void>;
}

/** The first three units of a campaign with their people, two groups, and the page, on a free port if none is given. */
export async function startPage({ port = 0 } = {}): Promise<PageRig> {
  const file = await readFile(new URL("../../campaigns/zhoushan-2023.json", import.meta.url), "utf8");
  const json = JSON.parse(file);
  const parsed = parseCampaign({ ...json, units: json.units.slice(0, 3) });
  if (!parsed.ok) throw new Error("the campaign is broken");
  const { campaign } = parsed;
  const clock = new PageTestClock();
  const { people, groups } = peopleOf(campaign, managers);
  const dumb = { conversationId: "cidDumb+/==", title: "没有机器人的群", memberIds: ["boss"], hasRobot: false };
  const dingtalk = await startLocalDingTalk({ ...app, people, groups: [...groups, dumb], now: clock.now });
  const page = createPage({ dingtalk, clock, campaign, managers });
  const routes = new Hono().get("/healthz", (context) => context.text("ok")).route("/", page);
  const server = serve({ fetch: routes.fetch, hostname: "127.0.0.1", port });
  await new Promise((resolve) => server.once("listening", resolve));
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
    await dingtalk.stop();
  };
  onTestFinished(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, dingtalk, clock, stop };
}

export const dtmd = (text: string) => `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(text)}`;

/** One red pixel. */
export const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
  "base64",
);

export async function workbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("汇总").getCell("A1").value = 120;
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Answers 卡片 with buttons, 图片 and 表格 with files, and whatever else with markdown that repeats it. */
export async function startEcho(dingtalk: LocalDingTalk, table: Buffer): Promise<Robot> {
  const robot = await connect(dingtalk);
  const call = await caller(dingtalk);
  const upload = (type: string, fileName: string, bytes: Buffer) => uploadMedia(dingtalk, { type, fileName, bytes });
  let answered = 0;

  robot.on("heard", () => {
    for (const payload of robot.heard.slice(answered)) void answer(payload);
    answered = robot.frames.length;
  });

  async function answer(payload: Robot["heard"][number]): Promise<void> {
    const text: string = payload.text?.content.trim() ?? payload.content.fileName ?? payload.msgtype;
    const [msgKey, param] = await messageFor(text);
    const message = { robotCode: app.clientId, msgKey, msgParam: JSON.stringify(param) };
    if (payload.conversationType === "1") {
      await call("/v1.0/robot/oToMessages/batchSend", { ...message, userIds: [payload.senderStaffId] });
    } else {
      await call("/v1.0/robot/groupMessages/send", { ...message, openConversationId: payload.conversationId });
    }
  }

  async function messageFor(text: string): Promise<[string, object]> {
    if (text === "图片") return ["sampleImageMsg", { photoURL: await upload("image", "p.png", png) }];
    if (text === "表格") {
      const mediaId = await upload("file", "t.xlsx", table);
      return ["sampleFile", { mediaId, fileName: "汇总表 (6月).xlsx", fileType: "xlsx" }];
    }
    if (text === "卡片") {
      const buttons = {
        actionTitle1: "同意",
        actionURL1: dtmd("同意 12"),
        actionTitle2: "不同意",
        actionURL2: dtmd("不同意 12"),
      };
      return ["sampleActionCard2", { title: "推荐", text: "### 联络员推荐\n\n**张三** 科长", ...buttons }];
    }
    const markdown = `听到：**${text}**\n\n- 第一条\n- 第二条\n\n<img src=x onerror=alert(1)> [去填报](${dtmd("报送")})`;
    return ["sampleMarkdown", { title: "听到", text: markdown }];
  }
  return robot;
}

async function uploadMedia(
  dingtalk: LocalDingTalk,
  { type, fileName, bytes }: { type: string; fileName: string; bytes: Buffer },
): Promise<string> {
  const form = new FormData();
  form.append("media", new File([Uint8Array.from(bytes)], fileName));
  const token = await tokenOf(dingtalk);
  const url = `${dingtalk.baseUrl}/media/upload?access_token=${token}&type=${type}`;
  const answer = (await (await fetch(url, { method: "POST", body: form })).json()) as { media_id: string };
  return answer.media_id;
}
