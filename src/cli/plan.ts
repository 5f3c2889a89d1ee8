import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Campaign } from "../campaign/campaign.ts";
import { day } from "../campaign/scalar.ts";
import { loadCampaign, newestCampaign } from "../campaign-file.ts";
import { wholeNumber } from "./options.ts";
import { assumption, calendarOf, unknownYears } from "./plan/calendar.ts";
import { icsOf } from "./plan/ics.ts";
import { planTable } from "./plan/table.ts";

/** `npm run plan`: the calendar of all reminders to units that report nothing, as a table and as an iCalendar file. */

const example = "例：npm run plan -- --campaign campaigns/zhoushan-2023.json --from 2023-05-19 --to 2023-07-10";

/** Throws what is wrong with its arguments, in words for whoever gave them. */
export async function main(args: readonly string[]): Promise<void> {
  const values = optionsOf(args);
  const span = { from: dayOption("--from", values.from), to: dayOption("--to", values.to) };
  if (span.to < span.from) throw new Error(`--to “${span.to}” 早于 --from “${span.from}”`);
  const whole = await (values.campaign === undefined ? newestCampaign("campaigns") : loadCampaign(values.campaign));
  const campaign = values.units === undefined ? whole : withUnits(whole, values.units);
  const lines = calendarOf(campaign, span);
  const text = lines.length === 0 ? `${span.from} 至 ${span.to} 没有提醒。` : planTable(lines);
  process.stdout.write([text, assumption(campaign), ...unknownYears(span)].map((it) => `${it}\n`).join(""));
  if (values.ics === undefined) return;
  await writeFile(values.ics, icsOf(campaign, lines, span)).catch((error: Error) => {
    throw new Error(`--ics “${values.ics}” 写不了：${error.message}`);
  });
}

function optionsOf(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ args: [...args], options: { campaign: text, from: text, to: text, ics: text, units: text } })
      .values;
  } catch {
    throw new Error(`参数应为 --campaign、--from、--to、--ics、--units，各带一个值。${example}`);
  }
}

function dayOption(name: string, text: string | undefined): string {
  if (text === undefined) throw new Error(`缺少 ${name}。${example}`);
  if (!day.safeParse(text).success) throw new Error(`${name} “${text}” 应为日期，如 2023-05-19`);
  return text;
}

/** The first of its units. */
function withUnits(campaign: Campaign, text: string): Campaign {
  const count = wholeNumber("--units", text, { min: 1, max: campaign.units.length });
  return { ...campaign, units: campaign.units.slice(0, count) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
