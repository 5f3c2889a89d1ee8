import type { Attachments } from "./bot/dispatcher.ts";
import { dayOf } from "./campaign/calendar.ts";
import type { Campaign } from "./campaign/campaign.ts";
import { consolidate, consolidateWhole } from "./campaign/consolidated.ts";
import { isRecurring, reportingPeriods } from "./campaign/period.ts";
import { progressOf } from "./campaign/progress.ts";
import { formOfRecord, inPeriod, inView, liaisonOfRecord, type UnitRecord } from "./campaign/unit-record.ts";
import type { Clock } from "./clock.ts";
import type { Attachment } from "./flows/flow.ts";
import { annexWorkbook } from "./report/annex.ts";
import { liaisonsWorkbook } from "./report/annex-one.ts";
import { consolidatedWorkbook } from "./report/consolidated-workbook.ts";
import { consolidatedPicture } from "./report/picture.ts";
import type { Store } from "./store/store.ts";

type Loaded = Awaited<ReturnType<Attachments["load"]>>;

/** Of each period that has begun. */
function progressByPeriod(campaign: Campaign, records: readonly UnitRecord[], asOf: Date) {
  const begun = reportingPeriods(campaign).filter((it) => it.start <= dayOf(asOf, campaign));
  return begun.map((period) => {
    const seen = records.map((it) => inPeriod(it, period.key));
    return { period, progress: progressOf(campaign, seen) };
  });
}

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

  async function annex({ unitId, version, period }: Extract<Attachment, { file: "annex2" }>): Promise<Loaded> {
    const found = (await store.records()).find((it) => it.unit.id === unitId);
    if (found === undefined) throw new Error(`no unit ${unitId}`);
    const record = period === undefined ? found : inPeriod(found, period);
    const submitted = version === null ? null : await store.submittedForm(unitId, version, period);
    const form = submitted ?? formOfRecord(campaign, record);
    const liaison = liaisonOfRecord(record) ?? null;
    const submittedAt = submitted?.submittedAt ?? null;
    return workbook(
      await annexWorkbook({ campaign, unit: record.unit, period: record.period, form, liaison, submittedAt }),
      `附件2-${record.unit.name}${period === undefined ? "" : `-第${record.period.no}期`}`,
    );
  }

  async function exported({ period }: Extract<Attachment, { file: "export" }>): Promise<Loaded> {
    const asOf = clock.now();
    const isWhole = period === "whole";
    const stored = await store.records();
    const records =
      period === undefined || isWhole
        ? inView(campaign, stored, dayOf(asOf, campaign))
        : stored.map((it) => inPeriod(it, period));
    const table = (isWhole ? consolidateWhole : consolidate)(campaign, records, { basis: "submitted", asOf });
    const progress = isRecurring(campaign)
      ? { periods: progressByPeriod(campaign, records, asOf) }
      : { progress: progressOf(campaign, records) };
    const bytes = await consolidatedWorkbook({ campaign, table, ...progress, details: { records } });
    return workbook(bytes, `安全生产月报送-${dayOf(clock.now(), campaign)}`);
  }

  return {
    async load(attachment: Attachment): Promise<Loaded> {
      switch (attachment.file) {
        case "annex2":
          return annex(attachment);
        case "export":
          return exported(attachment);
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
