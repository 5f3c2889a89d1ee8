import type { Campaign, Indicator, Measure } from "./campaign.ts";
import type { RowState } from "./entry.ts";
import { isStarted } from "./form.ts";
import { type Timeliness, unitProgress } from "./progress.ts";
import { appliesTo, rowsOf } from "./row.ts";
import { formOfRecord, type UnitRecord } from "./unit-record.ts";

/** 口径: the last submitted versions only, or with the forms still being filled in. */
export type Basis = "submitted" | "withDrafts";

export interface ConsolidatedUnit {
  unitId: string;
  name: string;
  fields: readonly string[];
  timeliness: Timeliness;
  /** By indicator id; `null` where the unit has nothing that counts. */
  rows: Readonly<Record<string, RowState>> | null;
}

/** 汇总表: one snapshot of all units' forms. Plain data, so that text, picture and xlsx of one publication agree. */
export interface Consolidated {
  campaignId: string;
  basis: Basis;
  /** ISO instant of the snapshot. */
  asOf: string;
  units: readonly ConsolidatedUnit[];
}

/** Figures of one unit of counting: 个 and 幢 stay apart. */
export interface KeyTotal {
  label: string;
  values: readonly { unit: string; value: number }[];
}

export function consolidate(
  campaign: Campaign,
  records: readonly UnitRecord[],
  { basis, asOf }: { basis: Basis; asOf: Date },
): Consolidated {
  const units = records.map((record): ConsolidatedUnit => {
    const { unit, submission } = record;
    const form = formOfRecord(campaign, record);
    const counted = basis === "submitted" ? submission.last : isStarted(form) ? form : submission.last;
    const { timeliness } = unitProgress(campaign, record).statistics;
    return { unitId: unit.id, name: unit.name, fields: unit.fields, timeliness, rows: counted?.rows ?? null };
  });
  return { campaignId: campaign.id, basis, asOf: asOf.toISOString(), units };
}

/** One unit's cell: a number, `notApplicable` (also where the row is not of its fields), or `null` for 未填. */
export function cellOf(
  unit: ConsolidatedUnit,
  indicator: Indicator,
  measure: Measure,
): number | "notApplicable" | null {
  if (!appliesTo(indicator, unit.fields)) return "notApplicable";
  const state = unit.rows?.[indicator.id];
  if (state === undefined) return null;
  return state.kind === "notApplicable" ? state.kind : (state.figures[measure.id] ?? null);
}

/** The sum over all units; `null` where no unit gave a figure, or the measure (a percentage) can't be added up. */
export function totalOf(table: Consolidated, indicator: Indicator, measure: Measure): number | null {
  if (measure.total === "none") return null;
  const cells = table.units.map((unit) => cellOf(unit, indicator, measure));
  const numbers = cells.filter((it): it is number => typeof it === "number");
  return numbers.length === 0 ? null : sumDecimals(numbers, measure.decimals);
}

/**
 * What the group is told in one line: the sums of the form's own columns, then those of rows that several fields of
 * work have in common (发现隐患, 整改隐患), each by unit of counting.
 */
export function keyTotals(campaign: Campaign, table: Consolidated): KeyTotal[] {
  const rows = rowsOf(campaign);
  const all = rows.flatMap(({ indicator }) => indicator.measures.map((measure) => ({ indicator, measure })));
  const columns = campaign.form.columns.map((label) => ({
    label,
    counted: all.filter((it) => it.measure.label === label),
  }));
  const shared = [...new Set(rows.map((it) => it.indicator.label))].flatMap((label) => {
    const counted = all.filter((it) => it.indicator.label === label);
    return new Set(counted.map((it) => it.indicator.id)).size > 1 ? [{ label, counted }] : [];
  });
  return [...columns, ...shared].flatMap(({ label, counted }) => {
    const values = sumByUnit(counted.map((it) => ({ ...it, total: totalOf(table, it.indicator, it.measure) })));
    return values.length === 0 ? [] : [{ label, values }];
  });
}

function sumByUnit(counted: readonly { measure: Measure; total: number | null }[]): { unit: string; value: number }[] {
  const known = counted.flatMap(({ measure, total }) => (total === null ? [] : [{ ...measure, total }]));
  return [...new Set(known.map((it) => it.unit))].map((unit) => {
    const alike = known.filter((it) => it.unit === unit);
    const totals = alike.map((it) => it.total);
    return { unit, value: sumDecimals(totals, Math.max(...alike.map((it) => it.decimals))) };
  });
}

/** Adds in whole steps of the last decimal, so that 0.1 + 0.2 is 0.3. */
function sumDecimals(numbers: readonly number[], decimals: number): number {
  const scale = 10 ** decimals;
  return numbers.reduce((sum, it) => sum + Math.round(it * scale), 0) / scale;
}
