import type { Campaign, Indicator, Unit } from "./campaign.ts";
import { type Entry, openRow, type RowState, rowState } from "./entry.ts";
import { type Row, rowsFor } from "./row.ts";

/** A unit's annex 2 as it stands: the state of every row that applies to it, and the 说明 that travel with figures. */
export interface Form {
  rows: Readonly<Record<string, RowState>>;
  /** By indicator id. */
  explanations: Readonly<Record<string, string>>;
}

export function formOf(
  campaign: Campaign,
  unit: Unit,
  filled: { entries: readonly Entry[]; explanations: Readonly<Record<string, string>> },
): Form {
  const entriesOf = new Map<string, Entry[]>(rowsFor(campaign, unit).map(({ indicator }) => [indicator.id, []]));
  for (const entry of filled.entries) if (entry.unitId === unit.id) entriesOf.get(entry.indicatorId)?.push(entry);
  const rows = rowsFor(campaign, unit).map(
    ({ indicator }) => [indicator.id, rowState(indicator, entriesOf.get(indicator.id) ?? [])] as const,
  );
  return { rows: Object.fromEntries(rows), explanations: filled.explanations };
}

export function rowOf(form: Form, indicator: Indicator): RowState {
  return form.rows[indicator.id] ?? openRow(indicator);
}

export function openRows(campaign: Campaign, unit: Unit, form: Form): Row[] {
  return rowsFor(campaign, unit).filter(({ indicator }) => rowOf(form, indicator).kind === "open");
}

export function isStarted(form: Form): boolean {
  return Object.values(form.rows).some((it) => it.kind !== "open" || Object.keys(it.figures).length > 0);
}

export function hasSameFigures(a: Form, b: Form): boolean {
  const canonical = ({ rows, explanations }: Form) =>
    JSON.stringify([sorted(rows).map(([id, state]) => [id, sortedState(state)]), sorted(explanations)]);
  return canonical(a) === canonical(b);
}

function sortedState(state: RowState): unknown {
  return state.kind === "notApplicable" ? state.kind : [state.kind, sorted(state.figures)];
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
