import { describe, expect, it } from "vitest";
import { blocking, findingsOf } from "../../src/campaign/check.ts";
import type { Form } from "../../src/campaign/form.ts";
import {
  decideReview,
  decideSubmit,
  effectOfChange,
  evolve,
  isOnTime,
  newSubmission,
  type Submission,
} from "../../src/campaign/submission.ts";
import { filled, wholeForm } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

const unit = unitOf("dinghai");
const explained = { "study.topic": "安排在7月", "publicity.science": "安排在7月" };
const ready = wholeForm(unit, {}, explained);
const june29 = new Date("2023-06-29T15:20:00+08:00");
const atDeadline = new Date("2023-07-01T18:00:00+08:00");

function submitted(submission: Submission, form: Form, at = june29): Submission {
  const decision = decideSubmit(submission, { campaign: zhoushan, unit, form, at, by: "zhangsan" });
  if (!decision.ok) throw new Error(decision.refusal.reason);
  return evolve(submission, decision.event);
}

describe("checks", () => {
  const over = wholeForm(unit, { "city.found": filled({ count: 5 }), "city.fixed": filled({ count: 9 }) }, explained);

  it("find more repaired than found, and the notice's minimums", () => {
    expect(findingsOf(zhoushan, unit, over).map((it) => [it.kind, it.row.no])).toEqual([
      ["atMost", 22],
      ["atLeast", 1],
      ["atLeast", 11],
    ]);
  });

  it("let a soft finding pass once it is explained, and an unfilled row never", () => {
    expect(blocking(findingsOf(zhoushan, unit, over), over).map((it) => it.row.no)).toEqual([22]);
    const open = wholeForm(
      unit,
      { "miles.models": { kind: "open", figures: {}, missing: ["count"] } },
      { ...explained, "miles.models": "忘了" },
    );
    expect(blocking(findingsOf(zhoushan, unit, open), open).map((it) => it.kind)).toEqual(["unfilled"]);
  });
});

describe("given a form", () => {
  it("when it is submitted, it is frozen as version 1, on time at the deadline and late after it", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready, atDeadline);
    expect(first).toMatchObject({ status: "submitted", last: { version: 1 } });
    expect(isOnTime(zhoushan, first)).toBe(true);
    const late = submitted(newSubmission(zhoushan, unit), ready, new Date(atDeadline.getTime() + 1));
    expect(isOnTime(zhoushan, late)).toBe(false);
  });

  it("when nothing changed, it can't be submitted twice", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready);
    const again = decideSubmit(first, { campaign: zhoushan, unit, form: ready, at: atDeadline, by: "zhangsan" });
    expect(again).toMatchObject({ ok: false, refusal: { reason: "alreadySubmitted" } });
  });

  it("when it is returned and submitted late, its first submission still makes it on time", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready);
    const review = decideReview(first, { type: "returned", reason: "请核对", at: atDeadline });
    if (!review.ok) throw new Error("not reviewed");
    const returned = evolve(first, review.event);
    expect(returned).toMatchObject({ status: "returned", last: { version: 1 }, returned: { reason: "请核对" } });
    const second = submitted(returned, ready, new Date("2023-07-05T09:00:00+08:00"));
    expect(second).toMatchObject({ status: "submitted", last: { version: 2 }, returned: null });
    expect(isOnTime(zhoushan, second)).toBe(true);
  });

  it("when a figure changes it reopens with its version still counting, and closes again when the change is taken back", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready);
    const changed = wholeForm(unit, { "publicity.drill": filled({ sessions: 1, people: 30 }) }, explained);
    expect(effectOfChange(first, ready, june29)).toBeUndefined();
    const reopening = effectOfChange(first, changed, june29);
    expect(reopening?.type).toBe("reopened");
    const reopened = evolve(first, { type: "reopened", at: june29 });
    expect(reopened.last?.version).toBe(1);
    expect(effectOfChange(reopened, ready, june29)?.type).toBe("restored");
  });

  it("when it was never submitted, a manager can't review it", () => {
    expect(decideReview(newSubmission(zhoushan, unit), { type: "accepted", at: june29 }).ok).toBe(false);
  });
});
