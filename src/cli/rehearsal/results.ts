import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Campaign } from "../../campaign/campaign.ts";
import { unitProgress } from "../../campaign/progress.ts";
import type { Local } from "../../local.ts";
import type { Ledger } from "./ledger.ts";
import { type Stage, textOf } from "./stage.ts";
import { transcriptOf } from "./transcript.ts";

/** Of the free edition, a month (dingtalk.md §4.1). */
export const monthlyQuota = { apiCalls: 5000, streamMessages: 3000 };

export type Summary = Awaited<ReturnType<typeof summarise>>;

interface Played {
  local: Local;
  campaign: Campaign;
  ledger: Ledger;
  stage: Stage;
  seed: number;
  startedAt: number;
}

export async function summarise({ local, campaign, ledger, stage, seed, startedAt }: Played) {
  const progress = (await local.app.store.records()).map((it) => unitProgress(campaign, it));
  const count = (timeliness: string) => progress.filter((it) => it.statistics.timeliness === timeliness).length;
  const messages = [
    ...local.dingtalk.world.people.map((it) => ({ staffId: it.staffId })),
    { conversationId: stage.groupId },
  ].flatMap((it) => [...local.dingtalk.messages(it)]);
  const { sent, missed, doubled, needless } = stage.verdict;
  const months = [...new Set(messages.map((it) => it.at.toISOString().slice(0, 7)))].sort();
  const usage = (month?: string) => {
    const { apiCalls, streamMessages } = local.dingtalk.usage(month);
    return { apiCalls, streamMessages };
  };
  return {
    campaign: campaign.id,
    seed,
    units: {
      expected: campaign.units.length,
      nominated: progress.filter((it) => it.liaison !== null).length,
      submitted: count("onTime") + count("late"),
      onTime: count("onTime"),
      late: count("late"),
      missing: count("missing"),
    },
    totals: ledger.rows.flatMap((row) =>
      row.measures.map((measure) => ({
        row: row.no,
        label: row.label,
        field: row.field,
        measure: measure.label || measure.unit,
        value: ledger.total(row.id, measure.id),
      })),
    ),
    reminders: { sent, missed, doubled, needless },
    messages: {
      in: messages.filter((it) => it.from !== "bot").length,
      out: messages.filter((it) => it.from === "bot").length,
    },
    quota: { ...usage(), monthly: monthlyQuota, byMonth: Object.fromEntries(months.map((it) => [it, usage(it)])) },
    seconds: Math.round((Date.now() - startedAt) / 100) / 10,
  };
}

export async function writeOut(
  out: string,
  {
    local,
    campaign,
    summary,
    lastTable,
  }: { local: Local; campaign: Campaign; summary: Summary; lastTable: Uint8Array | null },
): Promise<void> {
  await rm(join(out, "files"), { recursive: true, force: true });
  await rm(join(out, "group"), { recursive: true, force: true });
  await mkdir(join(out, "files"), { recursive: true });
  await mkdir(join(out, "group"), { recursive: true });
  const { world } = local.dingtalk;
  const group = world.groups[0];
  const files = new Map<string, string>();
  const everywhere = [
    ...world.people.map((it) => ({ staffId: it.staffId })),
    ...(group === undefined ? [] : [{ conversationId: group.conversationId }]),
  ];
  for (const { body } of everywhere.flatMap((it) => [...world.messages(it)])) {
    const file = "mediaId" in body ? world.files.find(body.mediaId) : undefined;
    if (!("mediaId" in body) || file === undefined || files.has(body.mediaId)) continue;
    const path = `files/${files.size + 1}-${file.fileName}`;
    files.set(body.mediaId, path);
    await writeFile(join(out, path), file.bytes);
  }
  const toGroup =
    group === undefined
      ? []
      : world.messages({ conversationId: group.conversationId }).filter((it) => it.from === "bot");
  for (const [n, { body }] of toGroup.entries()) {
    const file = "mediaId" in body ? world.files.find(body.mediaId) : undefined;
    const name = `${String(n + 1).padStart(2, "0")}-${file?.fileName ?? "文字.md"}`;
    await writeFile(join(out, "group", name), file?.bytes ?? `${textOf(body)}\n`);
  }
  if (lastTable !== null) await writeFile(join(out, "consolidated.xlsx"), lastTable);
  await writeFile(join(out, "transcript.md"), transcriptOf(campaign, world, files));
  await writeFile(join(out, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
}
