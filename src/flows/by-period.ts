import { type Entry, type Figures, lastCorrectable } from "../campaign/entry.ts";
import { isRecurring, periodByKey, periodOn, type ReportingPeriod, reportingPeriods } from "../campaign/period.ts";
import { rowsFor, shortLabel } from "../campaign/row.ts";
import { entriesOf, inPeriod, type UnitRecord, withEntries } from "../campaign/unit-record.ts";
import type { Change, Turn } from "./flow.ts";
import { onePeriod, recordOfEntry } from "./period.ts";
import { amounts, type Draft, echoOf, effectOn, entryOf, figuresOf, stateOf } from "./recording.ts";
import type { Amount, EffectText } from "./words/figures.ts";
import type { OnePeriod } from "./words/period.ts";
import type { RowEcho } from "./words/report.ts";

/** What one message changes; it may be about several periods, each of whose forms reopens by itself. */
interface Changed {
  /** The unit as it stands then, in the period at hand. */
  record: UnitRecord;
  changes: Change[];
  /** What became of forms that were handed in already. */
  effects: EffectText[];
  /** The periods that it is about; none where there is only one. */
  periods: ReportingPeriod[];
}

export interface Recording extends Changed {
  entries: Entry[];
  echoes: RowEcho[];
}

/** What a draft became: its entry, the key of the period it counts in, and of the one that what it corrects was in. */
interface Made {
  entry: Entry;
  key: string;
  from: string;
  worded: Draft["worded"];
}

/** Turns drafts into entries, each in its own period, and says of every row what it was and what it is now. */
export function recordByPeriod(turn: Turn<"own">, drafts: readonly Draft[]): Recording {
  const { own, next } = turn.facts;
  const made = drafts.map((draft, n): Made => {
    const { period: key, date } = placeOfDraft(turn, draft);
    const entry = entryOf(turn, inPeriod(own, key), { ...draft, date, no: next.entry + n });
    const from = entry.fixes === null ? key : recordOfEntry(own, entry.fixes).period.key;
    return { entry, key, from, worded: draft.worded };
  });
  const entries = made.map((it) => it.entry);
  const record = withEntries(own, [...entriesOf(own), ...entries]);
  const recorded: Change[] = entries.length === 0 ? [] : [{ type: "entriesRecorded", entries }];
  const keys = distinct(made.map((it) => it.key));
  const touched = distinct([...keys, ...made.map((it) => it.from)]);
  return {
    entries,
    record,
    echoes: echoesOf(turn, record, made),
    ...changed(turn, record, { changes: recorded, keys, touched }),
  };
}

function echoesOf({ facts }: Turn<"own">, record: UnitRecord, made: readonly Made[]): RowEcho[] {
  const rows = rowsFor(facts.campaign, record.unit);
  const numbers = new Set(made.map((it) => it.entry.no));
  const isOfSeveral = new Set(made.map((it) => it.key)).size > 1;
  return made.flatMap(({ entry, key, from, worded }) => {
    const row = rows.find((it) => it.indicator.id === entry.indicatorId);
    if (row === undefined) return [];
    const after = inPeriod(record, key);
    // What a correction brings here from another period counts as here before: it is what was corrected.
    const before = { ...after, entries: after.entries.filter((it) => !numbers.has(it.no)) };
    const echo: RowEcho = {
      ...echoOf(row, entry, { before, after }),
      said: amounts(row, entry.figures, worded),
      ...(isOfSeveral && { period: onePeriod(after.period) }),
      ...(from !== key && { movedFrom: onePeriod(periodByKey(facts.campaign, from)) }),
    };
    return [echo];
  });
}

/**
 * A draft belongs to the period that it names, else to that of the entry it corrects, else to that of its date, else to the
 * one at hand. A correction that names none says nothing of the day, so it must not take the entry anywhere.
 */
function placeOfDraft(turn: Turn<"own">, draft: Draft): { period: string; date: string | null } {
  const { campaign, own } = turn.facts;
  const { period, date, mode, fixes, indicatorId } = draft;
  if (!isRecurring(campaign)) return { period: own.period.key, date };
  if (period !== undefined) return { period, date };
  const corrected = fixes ?? (mode === "fix" ? lastCorrectableOf(own, indicatorId)?.no : undefined);
  if (corrected !== undefined) return { period: recordOfEntry(own, corrected).period.key, date: null };
  return { period: date === null ? own.period.key : periodOn(reportingPeriods(campaign), date).key, date };
}

export function periodOfDraft(turn: Turn<"own">, draft: Draft): string {
  return placeOfDraft(turn, draft).period;
}

/** The last report of a row, in whichever period it stands. */
export function lastCorrectableOf(own: UnitRecord, indicatorId: string, denied?: Figures): Entry | undefined {
  return lastCorrectable({ id: indicatorId }, entriesOf(own), denied);
}

export interface Withdrawal extends Changed {
  rows: { no: number; name: string; before: Amount[]; after: Amount[]; period?: OnePeriod }[];
}

/** Takes back everything that one message recorded, in every period; what it had taken elsewhere returns. */
export function withdrawByPeriod(turn: Turn<"own">, turnKey: string): Withdrawal {
  const { campaign, now, own } = turn.facts;
  const gone = entriesOf(own).filter((it) => it.turnKey === turnKey && it.withdrawnAt === null);
  const numbers = gone.map((it) => it.no);
  const entries = entriesOf(own).map((it) => (numbers.includes(it.no) ? { ...it, withdrawnAt: now } : it));
  const record = withEntries(own, entries);
  const places = gone.flatMap(({ no, indicatorId }) =>
    [own, record].map((it) => ({ indicatorId, key: recordOfEntry(it, no).period.key })),
  );
  const keys = distinct(places.map((it) => it.key));
  const rows = keys.flatMap((key) => {
    const [before, after] = [inPeriod(own, key), inPeriod(record, key)];
    const touched = new Set(places.filter((it) => it.key === key).map((it) => it.indicatorId));
    return rowsFor(campaign, own.unit)
      .filter((it) => touched.has(it.indicator.id))
      .map((row) => ({
        no: row.no,
        name: shortLabel(row),
        before: amounts(row, figuresOf(stateOf(row, before))),
        after: amounts(row, figuresOf(stateOf(row, after))),
        ...(keys.length > 1 && { period: onePeriod(before.period) }),
      }));
  });
  const withdrawn: Change[] = [{ type: "entriesWithdrawn", numbers, at: now }];
  return { rows, record, ...changed(turn, record, { changes: withdrawn, keys, touched: keys }) };
}

/** Adds what a change of figures does to the forms of the periods it touched; `keys` are those that it is about. */
function changed(
  turn: Turn<"own">,
  record: UnitRecord,
  { changes, keys, touched }: { changes: Change[]; keys: readonly string[]; touched: readonly string[] },
): Omit<Changed, "record"> {
  const { campaign } = turn.facts;
  const done = touched.map((key) => ({ ...effectOn(turn, inPeriod(record, key)), key }));
  const effects = done.flatMap(({ effect, key }): EffectText[] => {
    if (effect === null) return [];
    const isAlone = keys.length === 1 && keys[0] === key;
    return [{ effect, ...(!isAlone && { period: onePeriod(periodByKey(campaign, key)) }) }];
  });
  const periods = isRecurring(campaign) ? keys.map((it) => periodByKey(campaign, it)) : [];
  return { changes: [...changes, ...done.flatMap((it) => it.changes)], effects, periods };
}

function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}
