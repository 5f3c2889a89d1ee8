import type { Measure } from "../campaign/campaign.ts";
import {
  type Entry,
  type Figures,
  lastCorrectable,
  liveEntries,
  type RowState,
  rowState,
  withFixes,
} from "../campaign/entry.ts";
import { keptBy } from "../campaign/period.ts";
import { hasIndependentCounts, type Row, shortLabel } from "../campaign/row.ts";
import { effectOfChange } from "../campaign/submission.ts";
import { formOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import type { DraftedEntry } from "./conversation.ts";
import type { Change, Turn } from "./flow.ts";
import type { Amount, EffectText, MeasureText } from "./words/figures.ts";
import type { RowEcho } from "./words/report.ts";

/** What is to become an entry, its mode decided. */
export interface Draft extends DraftedEntry {
  mode: Entry["mode"];
  /** Key of the period it counts in, where that is known; see `recordByPeriod`. */
  period?: string;
  /** Which entry a `fix` corrects, where that is known; otherwise the row's last. */
  fixes?: number;
  /** The person's own words for a figure, by measure id, where they are not its digits (四百八). */
  worded?: Readonly<Record<string, string>>;
}

/** The entry that a draft becomes, in the period of `before`. */
export function entryOf(turn: Turn<"own">, before: UnitRecord, draft: Draft & { no: number }): Entry {
  const { fixes, worded: _, period: __, ...drafted } = draft;
  const last = drafted.mode === "fix" ? lastCorrectable({ id: drafted.indicatorId }, before.entries)?.no : undefined;
  return {
    ...drafted,
    ...keptBy(turn.facts.campaign, before.period),
    unitId: before.unit.id,
    fixes: fixes ?? last ?? null,
    turnKey: turn.inbound.key,
    recordedBy: turn.inbound.sender.staffId,
    recordedAt: turn.facts.now,
    withdrawnAt: null,
  };
}

/** What a change of figures does to the form of its period, if that was handed in already. */
export function effectOn(
  turn: Turn<"own">,
  record: UnitRecord,
): { changes: Change[]; effect: EffectText["effect"] | null } {
  const { campaign, now } = turn.facts;
  const event = effectOfChange(record.submission, formOfRecord(campaign, record), now);
  if (event === undefined) return { changes: [], effect: null };
  const unitId = record.unit.id;
  const kept = keptBy(campaign, record.period);
  const moved: Change = { type: "submissionMoved", unitId, ...kept, event };
  if (event.type === "reopened") return { changes: [moved], effect: "reopened" };
  return {
    changes: [moved, { type: "reminderWithdrawn", unitId, obligation: "statistics", ...kept }],
    effect: "restored",
  };
}

export function echoOf(row: Row, entry: Entry, records: { before: UnitRecord; after: UnitRecord }): RowEcho {
  const [before, after] = [records.before, records.after].map((it) => stateOf(row, it)) as [RowState, RowState];
  const fixed = records.before.entries.find((it) => it.no === entry.fixes);
  const zero = entry.mode === "set" && Object.values(entry.figures).every((it) => it === 0);
  return {
    no: row.no,
    name: shortLabel(row),
    kind: entry.isNotApplicable ? "notApplicable" : zero ? "zero" : entry.mode,
    date: entry.date ?? fixed?.date ?? null,
    dateFrom: entry.dateFrom ?? fixed?.dateFrom ?? null,
    said: amounts(row, entry.figures),
    corrected:
      fixed === undefined ? [] : amounts(row, withFixes(fixed, liveEntries(row.indicator, records.before.entries))),
    before: amounts(row, figuresOf(before)),
    after: amounts(row, figuresOf(after)),
  };
}

export function stateOf(row: Row, record: UnitRecord): RowState {
  return rowState(row.indicator, record.entries);
}

export function figuresOf(state: RowState): Figures {
  return state.kind === "notApplicable" ? {} : state.figures;
}

/** Figures as the words show them: with their unit, and with their label where a row counts several alike. */
export function amounts(row: Row, figures: Figures, worded: Draft["worded"] = {}): Amount[] {
  const { indicator } = row;
  return indicator.measures.flatMap((measure) => {
    const value = figures[measure.id];
    if (value === undefined) return [];
    const said = worded[measure.id];
    return [
      { ...amount(measure, value, hasIndependentCounts(indicator)), ...(said !== undefined && { worded: said }) },
    ];
  });
}

/** What a row asks, for examples: labels only where it counts several things alike. */
export function measureTexts({ indicator }: Row): MeasureText[] {
  const isLabelled = hasIndependentCounts(indicator);
  return indicator.measures.map(({ label, unit }) => ({ label: isLabelled ? label : null, unit }));
}

function amount({ label, unit }: Measure, value: number, isLabelled: boolean): Amount {
  return { value, unit, label: isLabelled ? label : null };
}

/**
 * What 无 means for a row: zero on every measure nothing was said of. `null` where that would be a lie: a row that is
 * filled, and a 场次 whose 人次 is still owed.
 */
export function zeroDraft(row: Row, record: UnitRecord): Draft | null {
  const state = stateOf(row, record);
  if (state.kind !== "open") return null;
  const isUntouched = Object.keys(state.figures).length === 0;
  if (!isUntouched && !hasIndependentCounts(row.indicator)) return null;
  return zero(row, isUntouched ? "set" : "add", state.missing);
}

/** `无 7`, said of one row by name or number: its total is zero, whatever it was. */
export function declaredZero(row: Row): Draft {
  return zero(
    row,
    "set",
    row.indicator.measures.map((it) => it.id),
  );
}

export function declaredNotApplicable(row: Row): Draft {
  return { ...zero(row, "set", []), isNotApplicable: true };
}

function zero(row: Row, mode: Draft["mode"], measures: readonly string[]): Draft {
  const figures = Object.fromEntries(measures.map((it) => [it, 0]));
  return { indicatorId: row.indicator.id, mode, figures, isNotApplicable: false, date: null, dateFrom: null };
}
