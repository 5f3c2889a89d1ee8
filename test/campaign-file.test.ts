import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { CampaignFileError, loadCampaign, newestCampaign } from "../src/campaign-file.ts";
import { zhoushan, zhoushanJson } from "./support/campaign.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "anyue-campaigns-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

async function write(name: string, given: Record<string, unknown> | string): Promise<string> {
  const text = typeof given === "string" ? given : JSON.stringify({ ...zhoushanJson(), ...given });
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const june = (year: number) => ({ id: `y-${year}`, period: { start: `${year}-06-01`, end: `${year}-06-30` } });

async function refusal(load: Promise<unknown>): Promise<CampaignFileError> {
  const error = await load.then(
    () => undefined,
    (it: unknown) => it,
  );
  if (!(error instanceof CampaignFileError)) throw new Error(`not refused: ${error}`);
  return error;
}

describe("the newest campaign of a folder", () => {
  it("is the one whose period starts latest, whatever its file is called", async () => {
    await write("z-old.json", june(2022));
    await write("a-new.json", june(2024));
    await write("m-middle.json", june(2023));
    await write("notes.txt", "不是活动文件");
    expect((await newestCampaign(folder)).id).toBe("y-2024");
  });

  it("is looked for among whole files only: a broken one is told, not passed over", async () => {
    await write("2023.json", june(2023));
    await write("2024.json", { ...june(2024), year: "明年" });
    const error = await refusal(newestCampaign(folder));
    expect(error.file).toBe(join(folder, "2024.json"));
    expect(error.faults.map((it) => it.path)).toEqual(["year"]);
  });

  it("is missed where there is none", async () => {
    const error = await refusal(newestCampaign(folder));
    expect(error.message).toContain("没有活动文件");
  });

  it("is Zhoushan's in this project", async () => {
    expect(await newestCampaign(resolve(import.meta.dirname, "../campaigns"))).toEqual(zhoushan);
  });
});

describe("a campaign file that can't be used", () => {
  it("is named with every fault and its path, on lines of their own", async () => {
    const file = await write("broken.json", { theme: "", surprise: 1, timezone: "Asia/Zhoushan" });
    const error = await refusal(loadCampaign(file));
    expect(error.code).toBe("campaignFile");
    const [first, ...lines] = error.message.split("\n");
    expect(first).toBe(`活动文件 ${file} 有 3 处错误，请改正后再启动：`);
    expect(lines.map((it) => it.trim().split("：")[0]).sort()).toEqual(["theme", "timezone", "（整个文件）"]);
  });

  it("may not be there at all", async () => {
    const error = await refusal(loadCampaign(join(folder, "nowhere.json")));
    expect(error.message).toContain("文件不存在或读不了");
    expect(error.message).toContain("nowhere.json");
  });

  it.each(["", "{", '{"id": "a",}', "定海区"])("may be no JSON: %j", async (text) => {
    const error = await refusal(loadCampaign(await write("bad.json", text)));
    expect(error.faults).toEqual([{ path: "", message: "不是有效的 JSON" }]);
  });
});
