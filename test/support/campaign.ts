import { readFileSync } from "node:fs";
import { type Campaign, parseCampaign, type Unit } from "../../src/campaign/campaign.ts";

export const zhoushanFile = new URL("../../campaigns/zhoushan-2023.json", import.meta.url);

/** The campaign file as plain JSON, for tests that break it. */
export function zhoushanJson(): Record<string, unknown> {
  return JSON.parse(readFileSync(zhoushanFile, "utf8"));
}

function load(): Campaign {
  const parsed = parseCampaign(zhoushanJson());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}

export const zhoushan: Campaign = load();

export function unitOf(id: string, campaign: Campaign = zhoushan): Unit {
  const unit = campaign.units.find((it) => it.id === id);
  if (unit === undefined) throw new Error(`no unit ${id}`);
  return unit;
}
