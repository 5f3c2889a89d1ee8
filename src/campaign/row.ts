import type { Campaign, Indicator, Measure, Section, Unit } from "./campaign.ts";

/** A row of the form (annex 2): numbered 1 … n through all sections, the same number everywhere (design §5.2). */
export interface Row {
  no: number;
  section: Section;
  indicator: Indicator;
}

export function rowsOf(campaign: Campaign): readonly Row[] {
  const found =
    known.get(campaign.form) ??
    campaign.form.sections
      .flatMap((section) => section.indicators.map((indicator) => ({ section, indicator })))
      .map((row, index) => ({ no: index + 1, ...row }));
  known.set(campaign.form, found);
  return found;
}

const known = new WeakMap<Campaign["form"], readonly Row[]>();

/** The rows a unit fills: those of no field, and those of its own fields of work. */
export function rowsFor(campaign: Campaign, unit: Pick<Unit, "fields">): Row[] {
  return rowsOf(campaign).filter(({ indicator }) => appliesTo(indicator, unit.fields));
}

export function appliesTo(indicator: Indicator, fields: readonly string[]): boolean {
  return indicator.field === undefined || fields.includes(indicator.field);
}

export function shortLabel({ indicator }: Pick<Row, "indicator">): string {
  return indicator.short ?? indicator.label;
}

/** Several counts of one unit (一案双罚, 行刑衔接 …): each stands alone, none makes another necessary. */
export function hasIndependentCounts(indicator: Indicator): boolean {
  const { measures } = indicator;
  for (const { unit } of measures) if (unit !== measures[0]?.unit) return false;
  return measures.length > 1;
}

/** Which figure column of the official layout a measure stands in. */
export function columnOf(indicator: Indicator, measure: Measure): number {
  if (measure.column !== undefined) return measure.column;
  return hasIndependentCounts(indicator) ? 0 : indicator.measures.indexOf(measure);
}
