import type { Indicator } from "./campaign.ts";
import { sumDecimals } from "./decimals.ts";
import { hasIndependentCounts } from "./row.ts";

/** How an entry bears on its row (design §2): a dated event, the period's total so far, or a correction of one entry. */
export type EntryMode = "add" | "set" | "fix";

/** Figures by measure id of one indicator. A measure that is not named is not filled, which is not zero. */
export type Figures = Readonly<Record<string, number>>;

/** One report for one indicator. Never overwritten: a later one supersedes it, or it is withdrawn. */
export interface Entry {
  /** Short number within the campaign, in order of recording; `撤销 37` names it. */
  no: number;
  unitId: string;
  indicatorId: string;
  mode: EntryMode;
  figures: Figures;
  isNotApplicable: boolean;
  /** Day it happened, `null` for a figure of the whole period. Of a range, the last day. */
  date: string | null;
  dateFrom: string | null;
  /** The entry that a `fix` corrects. */
  fixes: number | null;
  /** Key of the turn that recorded it: all entries of one message are withdrawn together. */
  turnKey: string;
  /** Key of the reporting period it counts in, where there are several. */
  period?: string;
  recordedBy: string;
  recordedAt: Date;
  withdrawnAt: Date | null;
}

/** 已填 / 零 / 不适用 / 未填. An open row may hold some of its figures; `missing` names the measures it lacks. */
export type RowState =
  | { kind: "filled"; figures: Figures }
  | { kind: "zero"; figures: Figures }
  | { kind: "notApplicable" }
  | { kind: "open"; figures: Figures; missing: readonly string[] };

/**
 * Folds the entries of one unit for one indicator, in order of recording, into the state of its row. A measure is missing
 * while nothing was said of it, and also while a report lacks it beside a partner that it has (场次 without 人次): adding
 * up what is known would show too small a total as if it were whole.
 */
export function rowState(indicator: Indicator, entries: readonly Entry[]): RowState {
  const live = liveEntries(indicator, entries);
  const measures = indicator.measures.map((it) => it.id);
  const isPaired = measures.length > 1 && !hasIndependentCounts(indicator);
  const figures: Record<string, number> = {};
  const short = new Set<string>();
  const fixes = live.filter((it) => it.mode === "fix");
  let isNotApplicable = false;
  for (const entry of live.filter((it) => it.mode !== "fix")) {
    isNotApplicable = entry.isNotApplicable;
    if (isNotApplicable) {
      for (const measure of measures) delete figures[measure];
      short.clear();
      continue;
    }
    const effective = withFixes(entry, fixes);
    for (const { id: measure, total, decimals } of indicator.measures) {
      const value = effective[measure];
      if (value === undefined) {
        // A total of one measure leaves its partner as it was, if it was anything.
        if (isPaired && (entry.mode === "add" || figures[measure] === undefined)) short.add(measure);
        continue;
      }
      if (entry.mode === "set") short.delete(measure);
      // A percentage is how things stand now: a later one takes its place, whatever else is added up
      const isStanding = entry.mode === "set" || total === "none";
      figures[measure] = isStanding ? value : sumDecimals([figures[measure] ?? 0, value], decimals);
    }
  }
  if (isNotApplicable) return { kind: "notApplicable" };
  const missing = measures.filter((it) => figures[it] === undefined || short.has(it));
  if (missing.length > 0) return { kind: "open", figures, missing };
  return { kind: Object.values(figures).every((it) => it === 0) ? "zero" : "filled", figures };
}

/** Entries of an indicator that count; a fix lives only as long as what it corrects. */
export function liveEntries(indicator: Pick<Indicator, "id">, entries: readonly Entry[]): Entry[] {
  const standing = entries
    .filter((it) => it.indicatorId === indicator.id && it.withdrawnAt === null)
    .toSorted((a, b) => a.no - b.no);
  const numbers = new Set(standing.map((it) => it.no));
  return standing.filter((it) => it.fixes === null || numbers.has(it.fixes));
}

/** The entry's figures with all live corrections of it applied. */
export function withFixes(entry: Entry, live: readonly Entry[]): Figures {
  const corrections = live.filter((it) => it.fixes === entry.no).map((it) => it.figures);
  return Object.assign({}, entry.figures, ...corrections);
}

/**
 * What `不对，是3场` corrects: the last live report of the row, itself not a correction. `不是2场是3场` corrects the last that
 * has the figures denied, of several; none where no one has them.
 */
export function lastCorrectable(
  indicator: Pick<Indicator, "id">,
  entries: readonly Entry[],
  denied: Figures = {},
): Entry | undefined {
  const live = liveEntries(indicator, entries);
  const reports = live.filter((it) => it.mode !== "fix" && !it.isNotApplicable);
  if (reports.length < 2) return reports[0];
  return reports.findLast((it) => {
    const figures = withFixes(it, live);
    return Object.entries(denied).every(([measure, value]) => figures[measure] === value);
  });
}

export function openRow(indicator: Indicator): RowState {
  return { kind: "open", figures: {}, missing: indicator.measures.map((it) => it.id) };
}
