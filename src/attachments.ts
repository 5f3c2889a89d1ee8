import type { Attachments } from "./bot/dispatcher.ts";
import { dayOf } from "./campaign/calendar.ts";
import type { Campaign } from "./campaign/campaign.ts";
import { consolidate } from "./campaign/consolidated.ts";
import { progressOf } from "./campaign/progress.ts";
import { formOfRecord, liaisonOfRecord } from "./campaign/unit-record.ts";
import type { Clock } from "./clock.ts";
import type { Attachment } from "./flows/flow.ts";
import { annexWorkbook } from "./report/annex.ts";
import { liaisonsWorkbook } from "./report/annex-one.ts";
import { consolidatedWorkbook } from "./report/consolidated-workbook.ts";
import { consolidatedPicture } from "./report/picture.ts";
import type { Store } from "./store/store.ts";

type Loaded = Awaited<ReturnType<Attachments["load"]>>;

/** The bytes of what a reply carries: reports made from the store when the dispatcher asks for them. */
export function createAttachments({
  store,
  campaign,
  clock,
}: {
  store: Store;
  campaign: Campaign;
  clock: Clock;
}): Attachments {
  const workbook = (bytes: Uint8Array, name: string): Loaded => ({ bytes, fileName: `${name}.xlsx`, kind: "file" });

  async function annex(unitId: string, version: number | null): Promise<Loaded> {
    const record = (await store.records()).find((it) => it.unit.id === unitId);
    if (record === undefined) throw new Error(`no unit ${unitId}`);
    const submitted = version === null ? null : await store.submittedForm(unitId, version);
    const form = submitted ?? formOfRecord(campaign, record);
    const liaison = liaisonOfRecord(record) ?? null;
    const submittedAt = submitted?.submittedAt ?? null;
    return workbook(
      await annexWorkbook({ campaign, unit: record.unit, form, liaison, submittedAt }),
      `附件2-${record.unit.name}`,
    );
  }

  async function exported(): Promise<Loaded> {
    const records = await store.records();
    const table = consolidate(campaign, records, { basis: "submitted", asOf: clock.now() });
    const progress = progressOf(campaign, records);
    const bytes = await consolidatedWorkbook({ campaign, table, progress, details: { records } });
    return workbook(bytes, `安全生产月报送-${dayOf(clock.now(), campaign)}`);
  }

  return {
    async load(attachment: Attachment): Promise<Loaded> {
      switch (attachment.file) {
        case "annex2":
          return annex(attachment.unitId, attachment.version);
        case "export":
          return exported();
        case "liaisons":
          return workbook(await liaisonsWorkbook({ campaign, records: await store.records() }), "附件1-联络员");
        case "consolidated": {
          const { table } = await store.publication(attachment.publication);
          return workbook(
            await consolidatedWorkbook({ campaign, table }),
            `汇总表-${dayOf(new Date(table.asOf), campaign)}`,
          );
        }
        case "consolidatedPicture": {
          const { table } = await store.publication(attachment.publication);
          return { bytes: await consolidatedPicture({ campaign, table }), fileName: "汇总表.png", kind: "image" };
        }
        default:
          return attachment satisfies never;
      }
    },
  };
}
