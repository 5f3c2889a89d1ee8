import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "../../src/campaign/entry.ts";
import { rowState } from "../../src/campaign/entry.ts";
import { rowsOf } from "../../src/campaign/row.ts";
import { standingOf } from "../../src/report/standing.ts";
import { campaign, entryOf } from "./sample.ts";

const indicator = rowsOf(campaign)[0]?.indicator;
if (indicator === undefined) throw new Error("no rows");
const base = { unitId: "u", indicatorId: indicator.id };

/** What liaisons can do to a row, in any order; a correction is of an earlier report, as `lastCorrectable` gives it. */
const step = fc.record({
  mode: fc.constantFrom("add" as const, "set" as const, "fix" as const, "notApplicable" as const),
  figures: fc.oneof(
    fc.record({ sessions: fc.nat(9) }),
    fc.record({ people: fc.nat(99) }),
    fc.record({ sessions: fc.nat(9), people: fc.nat(99) }),
  ),
  isWithdrawn: fc.boolean(),
  target: fc.nat(20),
});

function entriesFrom(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): Entry[] {
  const entries: Entry[] = [];
  steps.forEach(({ mode, figures, isWithdrawn, target }, s) => {
    const own = { ...base, no: s + 1, withdrawnAt: isWithdrawn ? new Date(0) : null };
    const reports = entries.filter((it) => it.mode !== "fix" && !it.isNotApplicable);
    const fixes = reports[target % Math.max(1, reports.length)]?.no;
    if (mode === "notApplicable") entries.push(entryOf({ ...own, isNotApplicable: true }));
    else if (mode !== "fix") entries.push(entryOf({ ...own, mode, figures }));
    else if (fixes !== undefined) entries.push(entryOf({ ...own, mode, figures, fixes }));
  });
  return entries;
}

test("the live figures of a row add up to what the row shows", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 9 }), (steps) => {
      const entries = entriesFrom(steps);
      const state = rowState(indicator, entries);
      for (const { id } of indicator.measures) {
        const live = entries.filter(
          (it) => it.figures[id] !== undefined && standingOf(it, id, { indicator, entries }) === "live",
        );
        const shown = state.kind === "notApplicable" ? undefined : state.figures[id];
        const sum = live.length === 0 ? undefined : live.reduce((all, it) => all + (it.figures[id] ?? 0), 0);
        expect(sum).toBe(shown);
      }
      const declared = entries.filter((it) => it.isNotApplicable);
      const isLive = declared.some((it) => standingOf(it, null, { indicator, entries }) === "live");
      expect(isLive).toBe(state.kind === "notApplicable");
    }),
    { numRuns: 500 },
  );
});

test("withdrawn, and with it the correction that hung on it", () => {
  const report = entryOf({ ...base, no: 1, mode: "add", figures: { sessions: 2 }, withdrawnAt: new Date(0) });
  const fix = entryOf({ ...base, no: 2, mode: "fix", figures: { sessions: 3 }, fixes: 1 });
  const entries = [report, fix];
  expect(entries.map((it) => standingOf(it, "sessions", { indicator, entries }))).toEqual(["withdrawn", "orphaned"]);
});
