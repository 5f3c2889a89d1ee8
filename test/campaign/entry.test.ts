import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, type Figures, lastCorrectable, liveEntries, rowState } from "../../src/campaign/entry.ts";
import { entry, indicatorOf } from "../support/builders.ts";

const drill = indicatorOf("publicity.drill");
const cases = indicatorOf("publicity.cases");
const state = (entries: readonly Entry[]) => rowState(drill, entries);
const amount = fc.integer({ min: 0, max: 10_000 });
const figures: fc.Arbitrary<Figures> = fc.record({ sessions: amount, people: amount });

describe("given entries of one row", () => {
  it("the sum of what was added is its cell", () => {
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 8 }), (all) => {
        const sum = (id: string) => all.reduce((total, it) => total + (it[id] ?? 0), 0);
        expect(state(all.map((it) => entry({ figures: it })))).toMatchObject({
          figures: { sessions: sum("sessions"), people: sum("people") },
        });
      }),
    );
  });

  it("the order of independent events does not matter", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }), (order) => {
        const made = order.map((it) => ({ sessions: it, people: it * 10 }));
        expect(state(made.map((it) => entry({ figures: it })))).toMatchObject({
          figures: { sessions: 15, people: 150 },
        });
      }),
    );
  });

  it("a percentage is never added up, and amounts are added to the last decimal", () => {
    const [sessions, people] = drill.measures;
    const measures = [
      { ...sessions, decimals: 2 },
      { ...people, unit: "%", total: "none" as const },
    ] as typeof drill.measures;
    const all = [entry({ figures: { sessions: 0.1, people: 95 } }), entry({ figures: { sessions: 0.2, people: 97 } })];
    expect(rowState({ ...drill, measures }, all)).toEqual({ kind: "filled", figures: { sessions: 0.3, people: 97 } });
  });

  it("a total takes the place of what was before, and events after it add", () => {
    const before = entry({ figures: { sessions: 9, people: 900 } });
    const total = entry({ mode: "set", figures: { sessions: 5, people: 300 } });
    const after = entry({ figures: { sessions: 1, people: 20 } });
    expect(state([before, total, after])).toEqual({ kind: "filled", figures: { sessions: 6, people: 320 } });
  });

  it("a correction changes only the measures it names, of the entry it names", () => {
    const first = entry({ figures: { sessions: 2, people: 120 } });
    const second = entry({ figures: { sessions: 1, people: 40 } });
    const fix = entry({ mode: "fix", fixes: first.no, figures: { sessions: 3 } });
    expect(state([first, second, fix])).toEqual({ kind: "filled", figures: { sessions: 4, people: 160 } });
    expect(lastCorrectable(drill, [first, second, fix])?.no).toBe(second.no);
  });

  it("withdrawing restores the exact former state, and takes the corrections of what is withdrawn along", () => {
    fc.assert(
      fc.property(figures, figures, figures, (kept, gone, fixed) => {
        const first = entry({ figures: kept });
        const second = entry({ figures: gone });
        const fix = entry({ mode: "fix", fixes: second.no, figures: fixed });
        const withdrawnAt = new Date();
        expect(state([first, { ...second, withdrawnAt }, fix])).toEqual(state([first]));
      }),
    );
  });

  it("zero, not applicable and not yet filled are three things", () => {
    const zero = entry({ mode: "set", figures: { sessions: 0, people: 0 } });
    const notApplicable = entry({ mode: "set", figures: {}, isNotApplicable: true });
    expect(state([]).kind).toBe("open");
    expect(state([zero]).kind).toBe("zero");
    expect(state([zero, notApplicable]).kind).toBe("notApplicable");
    expect(state([notApplicable, entry()])).toEqual({ kind: "filled", figures: { sessions: 1, people: 10 } });
  });

  it("sessions without participants keep the row open, also beside events that are whole", () => {
    const half = entry({ figures: { sessions: 2 } });
    expect(state([entry(), half])).toEqual({ kind: "open", figures: { sessions: 3, people: 10 }, missing: ["people"] });
    const completed = entry({ mode: "fix", fixes: half.no, figures: { people: 30 } });
    expect(state([entry(), half, completed]).kind).toBe("filled");
  });

  it("independent counts stand each alone", () => {
    const one = entry({ indicatorId: cases.id, figures: { both: 2 } });
    const other = entry({ indicatorId: cases.id, figures: { criminal: 1 } });
    expect(rowState(cases, [one, other])).toEqual({
      kind: "open",
      figures: { both: 2, criminal: 1 },
      missing: ["accident", "other"],
    });
    const rest = entry({ indicatorId: cases.id, figures: { accident: 0, other: 0 } });
    expect(rowState(cases, [one, other, rest]).kind).toBe("filled");
  });

  it("the same event told twice counts twice: whether it was one, the flow asks", () => {
    const told = { figures: { sessions: 2, people: 120 }, date: "2023-06-13" };
    expect(state([entry(told), entry(told)])).toEqual({ kind: "filled", figures: { sessions: 4, people: 240 } });
  });

  it("a total of sessions alone leaves the participants as they were, and what they still lack", () => {
    const whole = entry();
    const sessions = entry({ mode: "set", figures: { sessions: 5 } });
    expect(state([whole, sessions])).toEqual({ kind: "filled", figures: { sessions: 5, people: 10 } });
    const half = entry({ figures: { sessions: 2 } });
    const other = entry();
    const total = entry({ mode: "set", figures: { sessions: 5 } });
    expect(state([half, other, total])).toMatchObject({ kind: "open", missing: ["people"] });
    const people = entry({ mode: "set", figures: { people: 80 } });
    expect(state([half, total, people])).toEqual({ kind: "filled", figures: { sessions: 5, people: 80 } });
  });

  it("a total of sessions that nobody was counted for keeps the row open, whatever is added after it", () => {
    const total = entry({ mode: "set", figures: { sessions: 5 } });
    const after = entry({ figures: { sessions: 1, people: 20 } });
    expect(state([total, after])).toEqual({ kind: "open", figures: { sessions: 6, people: 20 }, missing: ["people"] });
    const completed = entry({ mode: "fix", fixes: total.no, figures: { people: 100 } });
    expect(state([total, after, completed])).toEqual({ kind: "filled", figures: { sessions: 6, people: 120 } });
  });

  it("the later of two corrections of one measure counts, and a total's correction is of the total", () => {
    const event = entry({ figures: { sessions: 2, people: 120 } });
    const first = entry({ mode: "fix", fixes: event.no, figures: { sessions: 3, people: 100 } });
    const second = entry({ mode: "fix", fixes: event.no, figures: { sessions: 4 } });
    expect(state([event, first, second])).toEqual({ kind: "filled", figures: { sessions: 4, people: 100 } });
    const total = entry({ mode: "set", figures: { sessions: 9, people: 900 } });
    const fix = entry({ mode: "fix", fixes: total.no, figures: { people: 800 } });
    expect(state([event, total, fix])).toEqual({ kind: "filled", figures: { sessions: 9, people: 800 } });
  });

  it("nothing to correct is left where all is withdrawn, corrected or not applicable", () => {
    const gone = entry({ withdrawnAt: new Date() });
    const none = entry({ mode: "set", figures: {}, isNotApplicable: true });
    const orphan = entry({ mode: "fix", fixes: gone.no, figures: { sessions: 3 } });
    expect(lastCorrectable(drill, [gone, none, orphan])).toBeUndefined();
    expect(lastCorrectable(drill, [entry({ indicatorId: cases.id })])).toBeUndefined();
  });

  it("not applicable sets aside what was reported before it, and is set aside by what comes after", () => {
    const half = entry({ figures: { sessions: 2 } });
    const none = entry({ mode: "set", figures: {}, isNotApplicable: true });
    expect(state([half, none])).toEqual({ kind: "notApplicable" });
    expect(state([half, none, entry()])).toEqual({ kind: "filled", figures: { sessions: 1, people: 10 } });
  });

  it("a correction lives as long as what it corrects", () => {
    const event = entry();
    const fix = entry({ mode: "fix", fixes: event.no, figures: { sessions: 3 } });
    const withdrawnAt = new Date();
    expect(liveEntries(drill, [fix, event])).toEqual([event, fix]);
    expect(liveEntries(drill, [{ ...event, withdrawnAt }, fix])).toEqual([]);
    expect(liveEntries(drill, [event, { ...fix, withdrawnAt }])).toEqual([event]);
  });

  it("reports of other rows change nothing", () => {
    expect(state([entry(), entry({ indicatorId: "study.topic" })])).toEqual(state([entry()]));
  });
});
