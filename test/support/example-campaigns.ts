import { readFileSync } from "node:fs";
import { type Campaign, parseCampaign } from "../../src/campaign/campaign.ts";

/** The campaign files that show other forms: a week of energy companies; a county's amounts and percentages. */
export const exampleNames = ["yunjiang-energy-week", "pinglan-2025"] as const;
export type ExampleName = (typeof exampleNames)[number];

export function exampleCampaign(name: ExampleName): Campaign {
  const file = new URL(`../../campaigns/examples/${name}.json`, import.meta.url);
  const parsed = parseCampaign(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.ok) throw new Error(parsed.faults.map((it) => `${it.path}: ${it.message}`).join("\n"));
  return parsed.campaign;
}
