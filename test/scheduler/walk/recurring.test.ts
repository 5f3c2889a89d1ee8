import { describe, expect, test } from "vitest";
import { dayNamed, weekday } from "./almanac.ts";
import { noticeOf, type Rules } from "./rules.ts";
import { walkDays } from "./walk.ts";

describe("what is owed again and again", () => {
  const days = (from: string, until: string) => {
    const first = dayNamed(from);
    return Array.from({ length: dayNamed(until) - first + 1 }, (_, n) => first + n);
  };

  test.each([2023, 2026])("each Thursday, through two months of %d", (year) => {
    const all = days(`${year}-06-01`, `${year}-08-04`);
    const dues = all.filter((it) => weekday(it) === 4 && it > dayNamed(`${year}-06-01`));
    const last = dues.at(-1) ?? 0;
    const rules: Rules = { ...noticeOf(year), until: last - 1, form: { every: "thursday", dues }, event: null };
    const { breaches, tally } = walkDays(rules, { from: dayNamed(`${year}-05-15`), until: last + 10, seed: year });
    expect(breaches).toEqual([]);
    expect(tally.lastChances).toBeGreaterThan(20);
  });

  test.each([2023])("each day, through two months of %d", (year) => {
    const dues = days(`${year}-06-01`, `${year}-07-31`);
    const until = dayNamed(`${year}-07-31`);
    const rules: Rules = { ...noticeOf(year), until, form: { every: "day", dues }, event: null };
    const { breaches, tally } = walkDays(rules, { from: dayNamed(`${year}-05-15`), until: until + 10, seed: year });
    expect(breaches).toEqual([]);
    expect(tally.lastChances).toBeGreaterThan(100);
  });
});
