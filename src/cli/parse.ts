import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import { instantAt } from "../campaign/calendar.ts";
import type { Campaign, Measure } from "../campaign/campaign.ts";
import { rowsOf } from "../campaign/row.ts";
import { loadCampaign, newestCampaign } from "../campaign-file.ts";
import { isCommand } from "../flows/routes.ts";
import { type ReadEntry, read } from "../reader/reading.ts";

export interface ParseOptions {
  campaign: Campaign;
  now: Date;
  fields: readonly string[];
}

/** One message in the shape of `npm run parse` (design §5.4). */
export function parseMessage(text: string, options: ParseOptions): object {
  const { campaign, fields, now } = options;
  if (isCommand(text, campaign)) {
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
  // By label where a row has several of one unit (design §5.4)
  const isByUnit = new Set(indicator.measures.map((it) => it.unit)).size === indicator.measures.length;
  const name = (it: Measure) => (isByUnit ? it.unit : it.label);
  const given = indicator.measures.filter((it) => entry.figures[it.id] !== undefined);
  return {
    indicator: indicator.id,
    label: indicator.label,
    field: indicator.field ?? null,
    date: entry.isOfDay ? null : entry.date,
    measures: Object.fromEntries(given.map((it) => [name(it), entry.figures[it.id]])),
    dateFrom: entry.isOfDay ? null : entry.dateFrom,
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
  const campaign = await (values.campaign === undefined ? newestCampaign("campaigns") : loadCampaign(values.campaign));
  const now = values.now === undefined ? instantAt(campaign.period.end, "12:00", campaign) : instant(values.now);
  const fields = values.fields === undefined ? campaign.fields : fieldList(values.fields, campaign);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (values.jsonl && line.trim() === "") continue;
    const message = values.jsonl ? lineSchema.parse(JSON.parse(line)) : { text: line };
    const parsed = parseMessage(message.text, {
      campaign,
      now: message.now === undefined ? now : instant(message.now),
      fields: message.fields ?? fields,
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

class UsageError extends Error {}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
