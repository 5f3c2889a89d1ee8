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
import { hasIndependentCounts, type Row, rowsFor, shortLabel } from "../campaign/row.ts";
import { effectOfChange } from "../campaign/submission.ts";
import { formOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import type { DraftedEntry } from "./conversation.ts";
import type { Change, Turn } from "./flow.ts";
import type { Amount, MeasureText } from "./words/figures.ts";
import type { OnePeriod } from "./words/period.ts";
import type { RowEcho } from "./words/report.ts";

/** What is to become an entry, its mode decided. */
export interface Draft extends DraftedEntry {
  mode: Entry["mode"];
  /** Key of the period it counts in, where that is known; see `recordByPeriod`. */
  period?: string;
  /** Its short number, where others of the same message are recorded apart from it. */
  no?: number;
  /** Which entry a `fix` corrects, where that is known; otherwise the row's last. */
  fixes?: number;
  /** The person's own words for a figure, by measure id, where they are not its digits (四百八). */
  worded?: Readonly<Record<string, string>>;
}

export interface Recording {
  /** The unit as it stands with the change made. */
  record: UnitRecord;
  entries: Entry[];
  changes: Change[];
  echoes: RowEcho[];
  /** What the change did to a form that was handed in already. */
  effect: "reopened" | "restored" | null;
}

/**
 * Turns drafts into entries of the period of `before` under their short numbers, and says of every row what it was and what
 * it is now.
 */
export function record(turn: Turn<"own">, before: UnitRecord, drafts: readonly Draft[]): Recording {
  const { campaign, next, now } = turn.facts;
  const made = drafts.map(({ fixes, worded: _, period: __, ...drafted }, n): Entry => {
    const last = drafted.mode === "fix" ? lastCorrectable({ id: drafted.indicatorId }, before.entries)?.no : undefined;
    return {
      ...drafted,
      ...keptBy(campaign, before.period),
      no: drafted.no ?? next.entry + n,
      unitId: before.unit.id,
      fixes: fixes ?? last ?? null,
      turnKey: turn.inbound.key,
      recordedBy: turn.inbound.sender.staffId,
      recordedAt: now,
      withdrawnAt: null,
    };
  });
  const record = { ...before, entries: [...before.entries, ...made] };
  const rows = rowsFor(campaign, before.unit);
  const echoes = made.flatMap((entry, n) => {
    const row = rows.find((it) => it.indicator.id === entry.indicatorId);
    if (row === undefined) return [];
    const echo = echoOf(row, entry, { before, after: record });
    return [{ ...echo, said: amounts(row, entry.figures, drafts[n]?.worded) }];
  });
  const changes: Change[] = made.length === 0 ? [] : [{ type: "entriesRecorded", entries: made }];
  return { record, entries: made, echoes, ...withEffect(turn, record, changes) };
}

export interface Withdrawal {
  record: UnitRecord;
  changes: Change[];
  rows: { no: number; name: string; before: Amount[]; after: Amount[]; period?: OnePeriod }[];
  effect: Recording["effect"];
}

/** Takes back everything that one message recorded in the period at hand. */
export function withdraw(turn: Turn<"own">, turnKey: string): Withdrawal {
  const { campaign, now, own } = turn.facts;
  const numbers = own.entries.filter((it) => it.turnKey === turnKey && it.withdrawnAt === null).map((it) => it.no);
  const entries = own.entries.map((it) => (numbers.includes(it.no) ? { ...it, withdrawnAt: now } : it));
  const record = { ...own, entries };
  const touched = new Set(own.entries.filter((it) => numbers.includes(it.no)).map((it) => it.indicatorId));
  const rows = rowsFor(campaign, own.unit)
    .filter((it) => touched.has(it.indicator.id))
    .map((row) => {
      const [before, after] = [own, record].map((it) => amounts(row, figuresOf(stateOf(row, it)))) as [
        Amount[],
        Amount[],
      ];
      return { no: row.no, name: shortLabel(row), before, after };
    });
  return { record, rows, ...withEffect(turn, record, [{ type: "entriesWithdrawn", numbers, at: now }]) };
}

/** Adds what a change of figures does to a submitted form. */
export function withEffect(
  turn: Turn<"own">,
  record: UnitRecord,
  changes: Change[],
): Pick<Recording, "changes" | "effect"> {
  const { campaign, now } = turn.facts;
  const event =
    changes.length === 0 ? undefined : effectOfChange(record.submission, formOfRecord(campaign, record), now);
  if (event === undefined) return { changes, effect: null };
  const unitId = record.unit.id;
  const kept = keptBy(campaign, record.period);
  const moved: Change = { type: "submissionMoved", unitId, ...kept, event };
  if (event.type === "reopened") return { changes: [...changes, moved], effect: "reopened" };
  return {
    changes: [...changes, moved, { type: "reminderWithdrawn", unitId, obligation: "statistics", ...kept }],
    effect: "restored",
  };
}

function echoOf(row: Row, entry: Entry, records: { before: UnitRecord; after: UnitRecord }): RowEcho {
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
