import { type Entry, type Figures, lastCorrectable, liveEntries, withFixes } from "../campaign/entry.ts";
import { isRecurring, periodOn, reportingPeriods } from "../campaign/period.ts";
import { allPeriodsOf, inPeriod, type UnitRecord } from "../campaign/unit-record.ts";
import type { Change, Turn } from "./flow.ts";
import { onePeriod, recordOfEntry } from "./period.ts";
import { type Draft, type Recording, record, type Withdrawal, withdraw, withEffect } from "./recording.ts";
import type { OnePeriod } from "./words/period.ts";

/** One message may report for several periods: each entry is recorded in its own, and each form reopens by itself. */
export interface PeriodRecording extends Recording {
  /** Those that were recorded in; none where there is only one. */
  periods: OnePeriod[];
}

/**
 * A draft belongs to the period that it names, else to that of the entry it corrects, else to that of its date, else to the
 * one at hand. The record returned is of the period at hand.
 */
export function recordByPeriod(turn: Turn<"own">, drafts: readonly Draft[]): PeriodRecording {
  const { campaign, own } = turn.facts;
  if (!isRecurring(campaign)) return { ...record(turn, own, drafts), periods: [] };
  const first = turn.facts.next.entry;
  const moved = drafts.map((it, n) => movedToItsDay(turn, { ...it, no: first + n }));
  const placed = moved.map(({ draft }) => ({ draft, key: periodOfDraft(turn, draft) }));
  const keys = [...new Set(placed.map((it) => it.key))];
  const gone = new Set(moved.flatMap((it) => it.gone));
  const cleared = withoutEntries(turn, gone);
  const recording: PeriodRecording = { ...cleared, entries: [], echoes: [], effect: cleared.effect, periods: [] };
  for (const key of keys) {
    const placedHere = placed.filter((it) => it.key === key).map((it) => it.draft);
    const made = record(turn, inPeriod(recording.record, key), placedHere);
    const period = onePeriod(made.record.period);
    recording.record = made.record;
    recording.entries.push(...made.entries);
    recording.changes.push(...made.changes);
    recording.echoes.push(...made.echoes.map((it) => (keys.length > 1 ? { ...it, period } : it)));
    recording.effect = recording.effect === "reopened" ? "reopened" : made.effect;
    recording.periods.push(period);
  }
  return { ...recording, record: inPeriod(recording.record, own.period.key) };
}

export function periodOfDraft(turn: Turn<"own">, draft: Draft): string {
  const { campaign, own } = turn.facts;
  if (draft.period !== undefined) return draft.period;
  const corrected = draft.fixes ?? (draft.mode === "fix" ? lastCorrectableOf(own, draft.indicatorId)?.no : undefined);
  if (corrected !== undefined) return recordOfEntry(own, corrected).period.key;
  return draft.date === null ? own.period.key : periodOn(reportingPeriods(campaign), draft.date).key;
}

/** The last report of a row, in whichever period it stands. */
export function lastCorrectableOf(own: UnitRecord, indicatorId: string, denied?: Figures): Entry | undefined {
  const entries = allPeriodsOf(own).flatMap((it) => it.entries);
  return lastCorrectable({ id: indicatorId }, entries, denied);
}

/** A correction of an entry's day that lies in another period takes the entry there: it is withdrawn and recorded anew. */
function movedToItsDay(turn: Turn<"own">, draft: Draft): { draft: Draft; gone: number[] } {
  const { campaign, own } = turn.facts;
  const { date, fixes, mode, period: _, ...drafted } = draft;
  if (mode !== "fix" || fixes === undefined || date === null) return { draft, gone: [] };
  const holder = recordOfEntry(own, fixes);
  const entry = holder.entries.find((it) => it.no === fixes);
  const period = periodOn(reportingPeriods(campaign), date).key;
  if (entry === undefined || period === holder.period.key) return { draft, gone: [] };
  const live = liveEntries({ id: entry.indicatorId }, holder.entries);
  const figures = { ...withFixes(entry, live), ...drafted.figures };
  const gone = [fixes, ...live.filter((it) => it.fixes === fixes).map((it) => it.no)];
  return { draft: { ...drafted, figures, date, mode: entry.mode, period }, gone };
}

function withoutEntries(
  turn: Turn<"own">,
  gone: ReadonlySet<number>,
): Pick<Recording, "record" | "changes" | "effect"> {
  const { now, own } = turn.facts;
  const [first] = gone;
  if (first === undefined) return { record: own, changes: [], effect: null };
  const holder = recordOfEntry(own, first);
  const entries = holder.entries.map((it) => (gone.has(it.no) ? { ...it, withdrawnAt: now } : it));
  const record = { ...holder, entries };
  const withdrawn: Change = { type: "entriesWithdrawn", numbers: [...gone], at: now };
  return { record, ...withEffect(turn, record, [withdrawn]) };
}

/** Takes back everything that one message recorded, in every period. */
export function withdrawEverywhere(turn: Turn<"own">, turnKey: string): Withdrawal & { periods: OnePeriod[] } {
  const { campaign, own } = turn.facts;
  const all: Withdrawal = { record: own, changes: [], rows: [], effect: null };
  if (!isRecurring(campaign)) return { ...withdraw(turn, turnKey), periods: [] };
  const touched = allPeriodsOf(own).filter((it) =>
    it.entries.some((entry) => entry.turnKey === turnKey && entry.withdrawnAt === null),
  );
  for (const { period } of touched) {
    const facts = { ...turn.facts, own: inPeriod(all.record, period.key) };
    const done = withdraw({ ...turn, facts }, turnKey);
    const rows = done.rows.map((it) => (touched.length > 1 ? { ...it, period: onePeriod(period) } : it));
    all.record = done.record;
    all.changes.push(...done.changes);
    all.rows.push(...rows);
    all.effect = all.effect === "reopened" ? "reopened" : done.effect;
  }
  return { ...all, periods: touched.map((it) => onePeriod(it.period)) };
}
