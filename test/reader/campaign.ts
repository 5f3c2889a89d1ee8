import { readFileSync } from "node:fs";
import { type Campaign, parseCampaign } from "../../src/campaign/campaign.ts";

/** The real campaign: what people call its rows is part of what these tests check. */
export const zhoushan = load("../../campaigns/zhoushan-2023.json");

function load(path: string): Campaign {
  const parsed = parseCampaign(JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")));
  if (!parsed.ok) throw new Error(parsed.faults.map((it) => `${it.path}: ${it.message}`).join("\n"));
  return parsed.campaign;
}
