import { dayOf } from "./calendar.ts";
import type { Campaign, Indicator, Measure } from "./campaign.ts";
import { deadlineFor } from "./deadline.ts";
import { sumDecimals } from "./decimals.ts";
import type { Figures, RowState } from "./entry.ts";
import { type Form, isStarted } from "./form.ts";
import { deadlineOf, isRecurring, type ReportingPeriod } from "./period.ts";
import { type Timeliness, unitProgress } from "./progress.ts";
import { appliesTo, rowsOf } from "./row.ts";
import { allPeriodsOf, formOfRecord, type UnitRecord } from "./unit-record.ts";

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
  /** Where the form is owed again and again: one period, or the sum over all that have begun. */
  period?: ReportingPeriod | { whole: number };
  units: readonly ConsolidatedUnit[];
}

/** Figures of one unit of counting: 个 and 幢 stay apart. */
export interface KeyTotal {
  label: string;
  values: readonly { unit: string; value: number }[];
}

/** Of the period that the records are of. */
export function consolidate(
  campaign: Campaign,
  records: readonly UnitRecord[],
  { basis, asOf }: { basis: Basis; asOf: Date },
): Consolidated {
  const units = records.map((record): ConsolidatedUnit => {
    const { unit } = record;
    const { timeliness } = unitProgress(campaign, record).statistics;
    const rows = countedForm(campaign, record, basis)?.rows ?? null;
    return { unitId: unit.id, name: unit.name, fields: unit.fields, timeliness, rows };
  });
  const period = isRecurring(campaign) ? records[0]?.period : undefined;
  return { campaignId: campaign.id, basis, asOf: asOf.toISOString(), ...(period && { period }), units };
}

/**
 * Sums over all periods that have begun. A unit counts as having reported once no period whose deadline has
 * passed is missing, and as late where any was. A percentage has no sum.
 */
export function consolidateWhole(
  campaign: Campaign,
  records: readonly UnitRecord[],
  { basis, asOf }: { basis: Basis; asOf: Date },
): Consolidated {
  const today = dayOf(asOf, campaign);
  const begunOf = (record: UnitRecord) => allPeriodsOf(record).filter((it) => it.period.start <= today);
  const units = records.map((record): ConsolidatedUnit => {
    const { unit } = record;
    const begun = begunOf(record);
    const due = begun.filter(
      (it) =>
        deadlineOf(campaign, deadlineFor(campaign, it, "statistics")) < asOf || it.submission.firstSubmittedAt !== null,
    );
    const all = due.map((it) => unitProgress(campaign, it).statistics.timeliness);
    const timeliness: Timeliness =
      all.length === 0 || all.includes("missing") ? "missing" : all.includes("late") ? "late" : "onTime";
    const forms = begun.flatMap((it) => countedForm(campaign, it, basis) ?? []);
    const rows = forms.length === 0 ? null : sumOfForms(campaign, forms);
    return { unitId: unit.id, name: unit.name, fields: unit.fields, timeliness, rows };
  });
  const [first] = records;
  const whole = first === undefined ? 0 : begunOf(first).length;
  return { campaignId: campaign.id, basis, asOf: asOf.toISOString(), period: { whole }, units };
}

function countedForm(campaign: Campaign, record: UnitRecord, basis: Basis): Pick<Form, "rows"> | null {
  const { last } = record.submission;
  if (basis === "submitted") return last;
  const form = formOfRecord(campaign, record);
  return isStarted(form) ? form : last;
}

/** Row by row; where some form says 不适用 and another counts, the figures stand. */
function sumOfForms(campaign: Campaign, forms: readonly Pick<Form, "rows">[]): Record<string, RowState> {
  const rows = rowsOf(campaign).flatMap(({ indicator }): [string, RowState][] => {
    const states = forms.flatMap((it) => it.rows[indicator.id] ?? []);
    const counted = states.flatMap((it) => (it.kind === "notApplicable" ? [] : [it.figures]));
    if (states.length === 0) return [];
    if (counted.length === 0) return [[indicator.id, { kind: "notApplicable" }]];
    const figures = sumOfFigures(indicator, counted);
    const missing = indicator.measures.map((it) => it.id).filter((it) => figures[it] === undefined);
    if (missing.length > 0) return [[indicator.id, { kind: "open", figures, missing }]];
    const kind = Object.values(figures).every((it) => it === 0) ? "zero" : "filled";
    return [[indicator.id, { kind, figures }]];
  });
  return Object.fromEntries(rows);
}

function sumOfFigures(indicator: Indicator, counted: readonly Figures[]): Record<string, number> {
  const sums = indicator.measures.flatMap(({ id, total, decimals }): [string, number][] => {
    const numbers = counted.flatMap((it) => it[id] ?? []);
    return total === "none" || numbers.length === 0 ? [] : [[id, sumDecimals(numbers, decimals)]];
  });
  return Object.fromEntries(sums);
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
