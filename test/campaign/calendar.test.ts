import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { actOn, dayOf, dueAt, isWorkday, workdayAfter, workdayBefore } from "../../src/campaign/calendar.ts";
import { zhoushan } from "../support/campaign.ts";

describe("working days", () => {
  it("are no public holidays, and include make-up days", () => {
    expect(["2023-06-22", "2023-06-23", "2023-06-24"].map(isWorkday)).toEqual([false, false, false]);
    expect(["2023-06-25", "2023-05-06", "2023-06-21"].map(isWorkday)).toEqual([true, true, true]);
    expect(["2023-07-01", "2023-06-18"].map(isWorkday)).toEqual([false, false]);
  });

  it("count backwards and forwards over the holiday", () => {
    expect(workdayBefore("2023-06-30", 5)).toBe("2023-06-25");
    expect(workdayBefore("2023-06-26", 2)).toBe("2023-06-21");
    expect(workdayAfter("2023-06-21", 1)).toBe("2023-06-25");
  });
});

describe("deadlines", () => {
  it("stand whatever the weekday; people act on the last working day before", () => {
    expect(dueAt(zhoushan, "statistics").toISOString()).toBe("2023-07-01T10:00:00.000Z");
    expect(actOn(zhoushan, "statistics")).toBe("2023-06-30");
    expect(actOn(zhoushan, "nomination")).toBe("2023-05-25");
  });

  it("do not depend on the server's time zone", () => {
    const program = `import { dayOf, dueAt } from "./src/campaign/calendar.ts";
      import { loadCampaign } from "./src/campaign-file.ts";
      loadCampaign("campaigns/zhoushan-2023.json").then((it) =>
        process.stdout.write(dueAt(it, "summary").toISOString() + " " + dayOf(new Date("2023-06-30T16:30:00Z"), it)));`;
    const asked = (zone: string) =>
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
        cwd: resolve(import.meta.dirname, "../.."),
        env: { ...process.env, TZ: zone },
        encoding: "utf8",
      });
    expect(asked("America/New_York")).toBe("2023-07-01T10:00:00.000Z 2023-07-01");
    expect(dayOf(new Date("2023-06-30T16:30:00Z"), zhoushan)).toBe("2023-07-01");
  });
});
