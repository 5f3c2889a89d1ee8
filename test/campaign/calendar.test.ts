import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  addDays,
  clockOf,
  dayOf,
  instantAt,
  isWorkday,
  weekdayOf,
  workdayAfter,
  workdayBefore,
} from "../../src/campaign/calendar.ts";
import { actOnOf, deadlineOf } from "../../src/campaign/period.ts";
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
    expect(workdayBefore("2023-06-24", 0)).toBe("2023-06-21");
    expect(workdayAfter("2023-06-21", 1)).toBe("2023-06-25");
  });
});

describe("days", () => {
  it("are counted over the month's end and have their weekday", () => {
    expect([addDays("2023-06-30", 1), addDays("2023-03-01", -1), addDays("2024-02-28", 1)]).toEqual([
      "2023-07-01",
      "2023-02-28",
      "2024-02-29",
    ]);
    expect(["2023-06-25", "2023-07-01"].map(weekdayOf)).toEqual([0, 6]);
  });

  it("and clock times are those of the campaign's zone, also where clocks are changed in spring and autumn", () => {
    const late = new Date("2023-06-30T16:30:00Z");
    expect([dayOf(late, zhoushan), clockOf(late, zhoushan)]).toEqual(["2023-07-01", "00:30"]);
    const berlin = { timezone: "Europe/Berlin" };
    const instants = ["2023-03-26", "2023-10-29"].map((it) => instantAt(it, "09:00", berlin).toISOString());
    expect(instants).toEqual(["2023-03-26T07:00:00.000Z", "2023-10-29T08:00:00.000Z"]);
    expect(instants.map((it) => clockOf(new Date(it), berlin))).toEqual(["09:00", "09:00"]);
  });
});

describe("deadlines", () => {
  it("stand whatever the weekday; people act on the last working day before", () => {
    expect(deadlineOf(zhoushan, zhoushan.obligations.summary).toISOString()).toBe("2023-07-01T10:00:00.000Z");
    expect(actOnOf(zhoushan.obligations.summary)).toBe("2023-06-30");
    expect(actOnOf(zhoushan.obligations.nomination)).toBe("2023-05-25");
  });

  it("do not depend on the server's time zone", () => {
    const program = `import { dayOf } from "./src/campaign/calendar.ts";
      import { deadlineOf } from "./src/campaign/period.ts";
      import { loadCampaign } from "./src/campaign-file.ts";
      loadCampaign("campaigns/zhoushan-2023.json").then((it) =>
        process.stdout.write(deadlineOf(it, it.obligations.summary).toISOString() + " " + dayOf(new Date("2023-06-30T16:30:00Z"), it)));`;
    const asked = (zone: string) =>
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
        cwd: resolve(import.meta.dirname, "../.."),
        env: { ...process.env, TZ: zone },
        encoding: "utf8",
      });
    for (const zone of ["America/New_York", "Pacific/Kiritimati", "UTC"]) {
      expect(asked(zone)).toBe("2023-07-01T10:00:00.000Z 2023-07-01");
    }
    expect(dayOf(new Date("2023-06-30T16:30:00Z"), zhoushan)).toBe("2023-07-01");
  });
});
