import { describe, expect, test } from "vitest";
import { hostileLine, hostileNames } from "../../src/cli/bench/hostile.ts";
import { read } from "../../src/reader/reading.ts";
import { zhoushan } from "./campaign.ts";

/** Lines nobody sends but to break a reader. The test's own time limit is the judge of hanging; the bench shows the growth. */
const context = { campaign: zhoushan, fields: zhoushan.fields, now: new Date("2023-06-13T16:30:00+08:00") };

/** What does name a row and a figure: 演练1场 a hundred times over is an odd report, but one. */
const saying = new Set(["演练1场"]);

test("there are enough kinds", () => {
  expect(hostileNames.length).toBeGreaterThanOrEqual(40);
});

describe.each([2_000, 4_000])("%d characters of", (length) => {
  test.each(hostileNames)("%s", (name) => {
    const line = hostileLine(name, length);
    expect(line).toHaveLength(length);
    for (const rowNumbers of [undefined, [1, 2, 3]]) {
      const reading = read(line, rowNumbers === undefined ? context : { ...context, rowNumbers });
      for (const entry of reading.entries) {
        expect(entry.span.start).toBeLessThan(entry.span.end);
        expect(entry.span.end).toBeLessThanOrEqual(length);
      }
      if (!saying.has(name)) expect(counts(reading.entries)).toEqual([]);
    }
  });
});

/** Figures that were taken; a declared zero is none. */
function counts(entries: readonly { figures: Record<string, number> }[]): number[] {
  return entries.flatMap((it) => Object.values(it.figures)).filter((it) => it !== 0);
}

test("an honest report beside the noise is still read", () => {
  const noise = hostileNames.filter((it) => /surrogate|zero-width|right to left|control|null|combining/.test(it));
  expect(noise.length).toBeGreaterThanOrEqual(6);
  for (const name of noise) {
    const { entries } = read(`${hostileLine(name, 200)}；应急演练2场，80人参加`, context);
    expect(entries.map((it) => [it.indicatorId, it.figures])).toEqual([
      ["publicity.drill", { sessions: 2, people: 80 }],
    ]);
  }
});

test("a million numerals are no figure", () => {
  const { entries } = read(`应急演练2场，${"十百千万".repeat(250_000)}人`, context);
  expect(entries.map((it) => it.figures)).toEqual([{ sessions: 2 }]);
});

test("a numeral too long for any form is refused, not rounded", () => {
  const { entries, rejections } = read(`应急演练${"9".repeat(2_000)}场`, context);
  expect(entries).toEqual([]);
  expect(rejections.map((it) => it.reason)).toEqual(["tooLarge"]);
});
