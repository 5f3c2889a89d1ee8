import { describe, expect, test } from "vitest";
import { type Day, dayNamed } from "./almanac.ts";
import type { Rules } from "./rules.ts";
import { walkDays } from "./walk.ts";

describe("due days", () => {
  /** All that is owed is due on one day, the nomination three weeks before it. */
  const towards = (due: Day): Rules => ({
    opensOn: due - 28,
    from: due - 25,
    until: due - 1,
    nomination: due - 20,
    summary: due,
    form: { every: "once", due, isStamped: false },
    event: due - 12,
  });

  test.each([
    ...[6, 7, 8, 9, 10, 11, 12].map((it) => `2026-07-${String(it).padStart(2, "0")}`),
    ...["2024-06-30", "2024-08-31", "2025-07-31", "2025-08-31", "2026-10-31", "2026-11-30", "2027-12-31"],
    // In holidays, on the last day before one, and on make-up days.
    ...["2023-06-23", "2023-10-03", "2023-10-06", "2024-06-10", "2024-09-16", "2024-10-05", "2025-06-01", "2025-10-08"],
    ...["2026-06-20", "2026-10-04", "2023-09-28", "2026-09-30", "2023-06-25", "2023-10-08", "2024-09-14", "2025-10-11"],
  ])("%s", (name) => {
    const due = dayNamed(name);
    const { breaches, tally } = walkDays(towards(due), { from: due - 30, until: due + 14, seed: due });
    expect(breaches).toEqual([]);
    expect(tally.lastChances).toBeGreaterThan(0);
  });
});
