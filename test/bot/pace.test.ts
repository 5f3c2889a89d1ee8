import { expect, onTestFinished, test, vi } from "vitest";
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

test("after a refusal half as many, once for those refused together, then one more with each second", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const pace = new Pace(8);
  /** How many of many calls begin at once. */
  const begunAtOnce = async (path: string) => {
    let begun = 0;
    for (let n = 0; n < 12; n += 1) {
      void pace.turn(path).then(() => {
        begun += 1;
      });
    }
    await vi.advanceTimersByTimeAsync(0);
    return begun;
  };
  const quietSeconds = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
  for (let n = 0; n < 4; n += 1) pace.slowDown("/a");
  expect(await begunAtOnce("/a")).toBe(4);
  expect(await begunAtOnce("/b")).toBe(8);
  await quietSeconds(100);
  expect(await begunAtOnce("/a")).toBe(8);
  await quietSeconds(100);
  pace.slowDown("/a");
  await quietSeconds(1);
  // Of five a second two are left.
  pace.slowDown("/a");
  expect(await begunAtOnce("/a")).toBe(2);
  await quietSeconds(100);
  pace.slowDown("/a");
  await quietSeconds(2);
  expect(await begunAtOnce("/a")).toBe(6);
});

test("one call a second is always left", async () => {
  const pace = new Pace(1);
  pace.slowDown("/a");
  await pace.turn("/a");
});
