import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Campaign, type Measure, parseCampaign } from "../campaign/campaign.ts";
import { hasIndependentCounts, rowsOf } from "../campaign/row.ts";
import { type ReadEntry, read } from "../reader/reading.ts";

/** WIRING: whether a whole message is a command; the route table's own function takes the place of this one. */
const isCommand: IsCommand = isKeyword;

export type IsCommand = (text: string) => boolean;

const keywords =
  "帮助 报名 联络员 报送 继续 进度 我的进度 预览 提交 说明 修改 撤销 跳过 无 不适用 其余无 返回 取消 表格 总结 换人 汇总 发布 导出 催报 查看 审核 同意 不同意 通过 退回 绑定本群 延期 锁定 解锁 确认";

function isKeyword(text: string): boolean {
  const words = text.normalize("NFKC").trim().replace(/^\//, "").split(/\s+/);
  return words.length <= 2 && keywords.split(" ").includes(words[0] ?? "");
}

export interface ParseOptions {
  campaign: Campaign;
  now: Date;
  fields: readonly string[];
  isCommand: IsCommand;
}

/** One message in the shape of `npm run parse` (design §5.4). */
export function parseMessage(text: string, options: ParseOptions): object {
  const { campaign, fields, now } = options;
  if (options.isCommand(text)) {
    return { text, entries: [], restZero: false, questions: [], rejections: [], intent: "command" };
  }
  const reading = read(text, { campaign, fields, now });
  return {
    text,
    entries: reading.entries.map((it) => entryLine(it, campaign)),
    restZero: reading.restZero,
    questions: reading.questions.map(({ about, text, options }) => ({ about, text, options })),
    rejections: reading.rejections.map(({ reason, text }) => ({ reason, text })),
    intent: reading.intent,
  };
}

function entryLine(entry: ReadEntry, campaign: Campaign): object {
  const row = rowsOf(campaign).find((it) => it.indicator.id === entry.indicatorId);
  if (!row) throw new RangeError(`no row ${entry.indicatorId}`);
  const { indicator } = row;
  const name = (it: Measure) => (hasIndependentCounts(indicator) ? it.label : it.unit);
  const given = indicator.measures.filter((it) => entry.figures[it.id] !== undefined);
  return {
    indicator: indicator.id,
    label: indicator.label,
    field: indicator.field ?? null,
    date: entry.date,
    measures: Object.fromEntries(given.map((it) => [name(it), entry.figures[it.id]])),
    dateFrom: entry.dateFrom,
    mode: entry.mode,
    ...(entry.isNotApplicable ? { isNotApplicable: true } : {}),
  };
}

const lineSchema = z.object({
  text: z.string(),
  now: z.iso.datetime({ offset: true }).optional(),
  fields: z.array(z.string()).optional(),
});

/** Reads lines from stdin, writes one JSON line each. Exits with 2 on arguments it can't use. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      campaign: { type: "string" },
      now: { type: "string" },
      fields: { type: "string" },
      jsonl: { type: "boolean", default: false },
    },
  });
  const campaign = values.campaign === undefined ? newestCampaign("campaigns") : loadCampaign(values.campaign);
  const now = instant(values.now ?? `${campaign.period.end}T12:00:00+08:00`);
  const fields = values.fields === undefined ? campaign.fields : fieldList(values.fields, campaign);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (values.jsonl && line.trim() === "") continue;
    const message = values.jsonl ? lineSchema.parse(JSON.parse(line)) : { text: line };
    const parsed = parseMessage(message.text, {
      campaign,
      now: message.now === undefined ? now : instant(message.now),
      fields: message.fields ?? fields,
      isCommand,
    });
    process.stdout.write(`${JSON.stringify(parsed)}\n`);
  }
}

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new UsageError(`--now: “${text}” 不是时间，应如 2023-06-13T16:30:00+08:00`);
  return date;
}

function fieldList(text: string, campaign: Campaign): string[] {
  const fields = text
    .split(/[,，]/)
    .map((it) => it.trim())
    .filter((it) => it !== "");
  const unknown = fields.find((it) => !campaign.fields.includes(it));
  if (unknown !== undefined) throw new UsageError(`--fields: 没有“${unknown}”，应为 ${campaign.fields.join("、")}`);
  return fields;
}

function loadCampaign(path: string): Campaign {
  const parsed = parseCampaign(JSON.parse(readFileSync(path, "utf8")));
  if (parsed.ok) return parsed.campaign;
  throw new UsageError(`${path}:\n${parsed.faults.map((it) => `  ${it.path}: ${it.message}`).join("\n")}`);
}

function newestCampaign(folder: string): Campaign {
  const campaigns = readdirSync(folder)
    .filter((it) => it.endsWith(".json"))
    .map((it) => loadCampaign(join(folder, it)))
    .sort((a, b) => (a.period.start < b.period.start ? 1 : -1));
  const newest = campaigns[0];
  if (newest === undefined) throw new UsageError(`${folder}: 没有活动文件`);
  return newest;
}

class UsageError extends Error {}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
