import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, type Figures, type RowState, rowState } from "../../src/campaign/entry.ts";
import { entry, indicatorOf } from "../support/builders.ts";

const drill = indicatorOf("publicity.drill");
const state = (entries: readonly Entry[]) => rowState(drill, entries);
const amount = fc.integer({ min: 0, max: 10_000 });
const figures: fc.Arbitrary<Figures> = fc.record({ sessions: amount, people: amount });

/** Any history of one row, corrections only of what came before them. */
const reports = fc.array(
  fc.record({
    mode: fc.constantFrom<Entry["mode"]>("add", "set", "fix"),
    figures: fc.record({ sessions: amount, people: amount }, { requiredKeys: [] }),
    isNotApplicable: fc.boolean(),
    target: fc.nat(9),
    isWithdrawn: fc.boolean(),
  }),
  { maxLength: 10 },
);
const histories = reports.map((all) =>
  all.map(({ target, isWithdrawn, isNotApplicable, ...it }, n): Entry => {
    const isFix = it.mode === "fix" && n > 0;
    return entry({
      ...it,
      no: n + 1,
      mode: it.mode === "fix" && !isFix ? "add" : it.mode,
      fixes: isFix ? (target % n) + 1 : null,
      isNotApplicable: isNotApplicable && it.mode === "set",
      withdrawnAt: isWithdrawn ? new Date() : null,
    });
  }),
);

describe("given any history of one row", () => {
  it("a report that is taken back leaves no trace", () => {
    fc.assert(
      fc.property(histories, figures, (history, more) => {
        const before = state(history);
        const last = entry({ no: history.length + 1, mode: "set", figures: more });
        const fix = entry({ no: history.length + 2, mode: "fix", fixes: last.no, figures: { sessions: 1 } });
        expect(state([...history, { ...last, withdrawnAt: new Date() }, fix])).toEqual(before);
      }),
    );
  });

  it("a whole total hides it all", () => {
    fc.assert(
      fc.property(histories, figures, (history, total) => {
        const set = entry({ no: history.length + 1, mode: "set", figures: total });
        expect(state([...history, set])).toEqual(state([set]));
      }),
    );
  });

  it("an event moves every cell by what it says", () => {
    const known = (it: RowState) => (it.kind === "notApplicable" ? {} : it.figures);
    fc.assert(
      fc.property(histories, figures, (history, event) => {
        const before = known(state(history));
        const after = known(state([...history, entry({ no: history.length + 1, figures: event })]));
        for (const id of ["sessions", "people"]) expect(after[id]).toBe((before[id] ?? 0) + (event[id] ?? 0));
      }),
    );
  });

  it("a row is either open with something missing, or every measure has its figure", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const row = state(history);
        if (row.kind === "open") expect(row.missing.length).toBeGreaterThan(0);
        else if (row.kind !== "notApplicable") {
          expect(Object.keys(row.figures).sort()).toEqual(["people", "sessions"]);
          expect(row.kind).toBe(Object.values(row.figures).some((it) => it > 0) ? "filled" : "zero");
        }
      }),
    );
  });

  it("what order the store hands the entries over in does not matter", () => {
    const shuffled = histories.chain((it) =>
      fc.tuple(fc.constant(it), fc.shuffledSubarray(it, { minLength: it.length })),
    );
    fc.assert(
      fc.property(shuffled, ([history, mixed]) => {
        expect(state(mixed)).toEqual(state(history));
      }),
    );
  });
});
