import { expect, test } from "vitest";
import { Pace } from "../../src/bot/pace.ts";

test("never more than so many calls of one path within any second, in the order they came", async () => {
  const pace = new Pace(4);
  const begun: { n: number; at: number }[] = [];
  const turns = Array.from({ length: 10 }, async (_, n) => {
    await pace.turn("/a");
    begun.push({ n, at: performance.now() });
  });
  await Promise.all(turns);
  expect(begun.map((it) => it.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const gaps = begun.slice(4).map(({ at }, n) => at - (begun[n]?.at ?? 0));
  // A timer may be a little late for the one and punctual for the other.
  for (const gap of gaps) expect(gap).toBeGreaterThan(950);
  expect((begun.at(-1)?.at ?? 0) - (begun[0]?.at ?? 0)).toBeLessThan(2900);
});

test("one path does not wait for another", async () => {
  const pace = new Pace(1);
  await pace.turn("/a");
  const began = performance.now();
  await pace.turn("/b");
  expect(performance.now() - began).toBeLessThan(500);
});
