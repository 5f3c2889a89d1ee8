import { describe, expect, it } from "vitest";
import { deadlineFor, type MovedDeadline } from "../../src/campaign/deadline.ts";
import { dutyOf } from "../../src/campaign/duty.ts";
import { unitProgress } from "../../src/campaign/progress.ts";
import { evolve, newSubmission } from "../../src/campaign/submission.ts";
import { record, wholeForm } from "../support/builders.ts";
import { unitOf, weekly, zhoushan } from "../support/campaign.ts";

const at = (text: string) => new Date(`${text}+08:00`);
const moved = (given: Partial<MovedDeadline> = {}): MovedDeadline => ({
  unitId: "dinghai",
  obligation: "statistics",
  due: "2023-07-05",
  dueTime: "12:00",
  movedAt: at("2023-06-28T10:00:00"),
  movedBy: "boss",
  ...given,
});

describe("a moved deadline", () => {
  it("stands instead of the file's for its obligation only; of several the one moved last", () => {
    const own = record("dinghai", {
      moved: [moved({ due: "2023-07-10", movedAt: at("2023-06-29T10:00:00") }), moved()],
    });
    expect(deadlineFor(zhoushan, own, "statistics")).toMatchObject({ due: "2023-07-10", dueTime: "12:00" });
    expect(deadlineFor(zhoushan, own, "summary")).toEqual({ due: "2023-07-01", dueTime: "18:00", movedAt: null });
  });

  it("of one period is no other's", () => {
    const [first, second] = [record("dinghai").period, { ...record("dinghai").period, key: "other" }];
    const own = { moved: [moved({ period: "other" })] };
    expect(deadlineFor(weekly, { ...own, period: first }, "statistics").movedAt).toBeNull();
    expect(deadlineFor(weekly, { ...own, period: second }, "statistics").due).toBe("2023-07-05");
  });

  it("is what timeliness and reminders go by", () => {
    const form = {
      ...wholeForm(unitOf("dinghai")),
      version: 1,
      submittedAt: at("2023-07-03T09:00:00"),
      submittedBy: "zhangsan",
    };
    const submission = evolve(newSubmission(zhoushan, { id: "dinghai" }), { type: "submitted", form });
    const timeliness = (given: readonly MovedDeadline[]) =>
      unitProgress(zhoushan, record("dinghai", { submission, moved: given })).statistics.timeliness;
    expect([timeliness([]), timeliness([moved()])]).toEqual(["late", "onTime"]);
    const duty = dutyOf(
      { campaign: zhoushan, now: at("2023-07-03T09:00:00") },
      record("dinghai", { moved: [moved()] }),
      "statistics",
    );
    expect(duty).toMatchObject({ due: "2023-07-05", dueTime: "12:00", actOn: "2023-07-05", isOverdue: false });
  });
});
