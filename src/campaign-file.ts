import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Campaign, type Fault, parseCampaign } from "./campaign/campaign.ts";

/** A campaign file that can't be used: every fault with its path in the file. */
export class CampaignFileError extends Error {
  readonly code = "campaignFile";
  readonly file: string;
  readonly faults: readonly Fault[];

  constructor(file: string, faults: readonly Fault[]) {
    const lines = faults.map((it) => `  ${it.path || "（整个文件）"}：${it.message}`);
    super(`活动文件 ${file} 有 ${faults.length} 处错误，请改正后再启动：\n${lines.join("\n")}`);
    this.file = file;
    this.faults = faults;
  }
}

export async function loadCampaign(file: string): Promise<Campaign> {
  const parsed = parseCampaign(await readJson(file));
  if (!parsed.ok) throw new CampaignFileError(file, parsed.faults);
  return parsed.campaign;
}

/** The campaign of `folder` whose period starts latest (design §5.2). */
export async function newestCampaign(folder: string): Promise<Campaign> {
  const names = (await readdir(folder)).filter((it) => it.endsWith(".json"));
  const campaigns = await Promise.all(names.map((it) => loadCampaign(join(folder, it))));
  const newest = campaigns.toSorted((a, b) => (a.period.start < b.period.start ? 1 : -1))[0];
  if (newest === undefined)
    throw new CampaignFileError(folder, [{ path: "", message: "文件夹里没有活动文件（*.json）" }]);
  return newest;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new CampaignFileError(file, [{ path: "", message: "文件不存在或读不了" }]);
  });
  try {
    // Editors on Windows put a byte order mark first.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new CampaignFileError(file, [{ path: "", message: "不是有效的 JSON" }]);
  }
}
