import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Campaign, parseCampaign } from "../campaign/campaign.ts";

const campaignFile = fileURLToPath(new URL("../../campaigns/zhoushan-2023.json", import.meta.url));

/** The shipped campaign with its first units only, or with further ones modelled on them. */
export async function sizedCampaign(count: number): Promise<Campaign> {
  const json: unknown = JSON.parse(await readFile(campaignFile, "utf8"));
  const file = z
    .looseObject({ units: z.array(z.looseObject({ id: z.string(), name: z.string() })).min(1) })
    .parse(json);
  const units = Array.from({ length: count }, (_, n) => {
    const model = file.units[n % file.units.length];
    if (n < file.units.length || model === undefined) return model;
    const contacts =
      Array.isArray(model.contacts) && model.contacts.length > 0 ? [{ staffId: `demo-further-${n + 1}` }] : [];
    return { ...model, id: `further-${n + 1}`, name: `演练第${n + 1}单位`, aliases: [], contacts };
  });
  const parsed = parseCampaign({ ...file, units });
  if (!parsed.ok) throw new Error(parsed.faults.map((it) => `${it.path}: ${it.message}`).join("\n"));
  return parsed.campaign;
}
