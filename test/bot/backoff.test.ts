import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs, slowBackoffMs } from "../../src/bot/backoff.ts";
import { defaultTiming } from "../../src/bot/stream-timing.ts";

const almostOne = 1 - Number.EPSILON;

test("the longest pauses double from one second to one minute", () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 7, 8, 2000].map((it) => Math.round(backoffMs(it, defaultTiming, almostOne)));
  expect(pauses).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test("the jitter is full, and a slow pause never short", () => {
  const chances = fc.double({ min: 0, max: almostOne, noNaN: true });
  fc.assert(
    fc.property(fc.nat(5000), chances, (failures, chance) => {
      const most = backoffMs(failures, defaultTiming, 1);
      expect(backoffMs(failures, defaultTiming, chance)).toBeCloseTo(most * chance, 6);
      expect(slowBackoffMs(defaultTiming, chance)).toBeGreaterThanOrEqual(30_000);
      expect(slowBackoffMs(defaultTiming, chance)).toBeLessThanOrEqual(60_000);
    }),
  );
});
