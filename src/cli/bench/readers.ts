import type { Campaign } from "../../campaign/campaign.ts";
import { type Row, rowsOf } from "../../campaign/row.ts";
import { type ReadContext, type Reading, read } from "../../reader/reading.ts";
import type { Outcome } from "./score.ts";

/** Something that reads a line: ours, or what it is measured against. */
export interface LineReader {
  name: string;
  read(text: string, context: ReadContext): Outcome;
}

export function ownReader(campaign: Campaign): LineReader {
  const rows = new Map(rowsOf(campaign).map((it) => [it.indicator.id, it]));
  return { name: "anyue", read: (text, context) => outcomeOf(read(text, context), rows) };
}

function outcomeOf(reading: Reading, rows: ReadonlyMap<string, Row>): Outcome {
  const place = (id: string) => placeOf(rowWith(id, rows));
  const measureOf = (id: string | null, measureId: string | null) =>
    id !== null && measureId !== null ? (measureNames(rowWith(id, rows)).get(measureId) ?? null) : null;
  return {
    entries: reading.entries.map(({ indicatorId, figures, mode, date, dateFrom, isOfDay }) => {
      const names = measureNames(rowWith(indicatorId, rows));
      const measures = Object.entries(figures).map(([id, value]) => [names.get(id) ?? id, value] as const);
      const day = isOfDay ? { date: null, dateFrom: null } : { date, dateFrom };
      return { ...place(indicatorId), ...day, mode, measures: Object.fromEntries(measures) };
    }),
    restZero: reading.restZero,
    questions: reading.questions.map(({ about, indicatorId, measureId, options }) => ({
      about,
      rows: (indicatorId === null ? options : [indicatorId]).map(place),
      measure: measureOf(indicatorId, measureId),
    })),
    rejections: reading.rejections.map(({ reason, indicatorId }) => ({
      reason,
      rows: indicatorId === null ? [] : [place(indicatorId)],
      measure: null,
    })),
  };
}

function rowWith(id: string, rows: ReadonlyMap<string, Row>): Row {
  const row = rows.get(id);
  if (row === undefined) throw new RangeError(`no row ${id}`);
  return row;
}

export function placeOf({ indicator }: Row): { label: string; field: string | null } {
  return { label: indicator.label, field: indicator.field ?? null };
}

const known = new WeakMap<Row["indicator"], ReadonlyMap<string, string>>();

/** By measure id, as the parse command names them: by unit, or by label where a row has several of one unit. */
export function measureNames({ indicator }: Row): ReadonlyMap<string, string> {
  const isAlone = (unit: string) => indicator.measures.filter((it) => it.unit === unit).length === 1;
  const names =
    known.get(indicator) ?? new Map(indicator.measures.map((it) => [it.id, isAlone(it.unit) ? it.unit : it.label]));
  known.set(indicator, names);
  return names;
}
