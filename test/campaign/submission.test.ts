import { describe, expect, it } from "vitest";
import type { Campaign } from "../../src/campaign/campaign.ts";
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

describe("a check", () => {
  const found = (rows: Parameters<typeof wholeForm>[1]) => {
    const form = wholeForm(unit, { ...met, ...rows });
    return findingsOf(zhoushan, unit, form).map((it) => [it.kind, it.row.no]);
  };
  const met = {
    "study.topic": filled({ sessions: 1, people: 9 }),
    "publicity.science": filled({ sessions: 1, people: 9 }),
  };

  it("is met at its limit", () => {
    expect(found({ "city.found": filled({ count: 5 }), "city.fixed": filled({ count: 5 }) })).toEqual([]);
  });

  it("says both figures and both rows, or the minimum with its reason", () => {
    const over = wholeForm(unit, {
      ...met,
      "city.fixed": filled({ count: 1 }),
      "study.topic": { kind: "notApplicable" },
    });
    expect(findingsOf(zhoushan, unit, over)).toMatchObject([
      { kind: "atMost", grade: "soft", row: { no: 22 }, other: { no: 21 }, value: 1, limit: 0 },
      {
        kind: "atLeast",
        grade: "soft",
        row: { no: 1 },
        value: 0,
        limit: 1,
        why: "通知要求至少召开1次集中学习会和交流讨论",
      },
    ]);
  });

  it("leaves a row that has no figure yet to be found unfilled", () => {
    const open = { kind: "open" as const, figures: {}, missing: ["count"] };
    expect(found({ "city.found": open, "city.fixed": filled({ count: 5 }) })).toEqual([["unfilled", 21]]);
    expect(found({ "study.topic": { kind: "open", figures: { people: 3 }, missing: ["sessions"] } })).toEqual([
      ["unfilled", 1],
    ]);
  });

  it("does not ask a unit for rows of other fields", () => {
    const association = unitOf("association");
    const findings = findingsOf(zhoushan, association, wholeForm(association));
    expect(findings.map((it) => it.row.no)).toEqual([1, 11]);
    const empty = findingsOf(zhoushan, association, { rows: {}, explanations: {} });
    expect(empty.filter((it) => it.kind === "unfilled")).toHaveLength(24);
  });

  it("that is hard can't be explained away", () => {
    const checks = zhoushan.form.checks.map((it) => ({ ...it, grade: "hard" as const }));
    const strict: Campaign = { ...zhoushan, form: { ...zhoushan.form, checks } };
    expect(blocking(findingsOf(strict, unit, ready), ready).map((it) => it.row.no)).toEqual([1, 11]);
    expect(blocking(findingsOf(zhoushan, unit, ready), ready)).toEqual([]);
  });
});

describe("given a form", () => {
  it("when something stands in its way, it stays a draft and every hindrance is named", () => {
    const draft = newSubmission(zhoushan, unit);
    const context = { campaign: zhoushan, unit, form: wholeForm(unit), at: june29, by: "zhangsan" };
    const decision = decideSubmit(draft, context);
    if (decision.ok || decision.refusal.reason !== "blocked") throw new Error("not blocked");
    expect(decision.refusal.findings.map((it) => it.row.no)).toEqual([1, 11]);
  });

  it("when it was accepted, a change reopens it, and only a submitted form can be accepted", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready);
    const accepted = evolve(first, { type: "accepted", at: atDeadline });
    expect(accepted).toMatchObject({ status: "accepted", last: { version: 1 } });
    const changed = wholeForm(unit, { "publicity.drill": filled({ sessions: 1, people: 30 }) }, explained);
    expect(effectOfChange(accepted, changed, june29)?.type).toBe("reopened");
    expect(decideReview(accepted, { type: "accepted", at: june29 }).ok).toBe(false);
    expect(decideReview(accepted, { type: "returned", reason: "请核对", at: june29 }).ok).toBe(true);
    const reopened = evolve(accepted, { type: "reopened", at: june29 });
    expect(decideReview(reopened, { type: "accepted", at: june29 })).toMatchObject({
      ok: false,
      refusal: { reason: "notSubmitted" },
    });
  });

  it("when only its 说明 changes it reopens; the order in which things were said changes nothing", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready);
    const reworded = { ...ready, explanations: { ...ready.explanations, "study.topic": "改在8月" } };
    expect(effectOfChange(first, reworded, june29)?.type).toBe("reopened");
    const reverse = (it: object) => Object.fromEntries(Object.entries(it).reverse());
    const same: Form = { rows: reverse(ready.rows), explanations: reverse(ready.explanations) };
    expect(effectOfChange(first, same, june29)).toBeUndefined();
  });

  it("when it was returned, changing it does not reopen it: it stays returned, with the reason, until submitted", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready);
    const returned = evolve(first, { type: "returned", reason: "请核对", at: atDeadline });
    const changed = wholeForm(unit, { "publicity.drill": filled({ sessions: 1, people: 30 }) }, explained);
    expect(effectOfChange(returned, changed, june29)).toBeUndefined();
    expect(effectOfChange(returned, ready, june29)).toBeUndefined();
  });

  it("when it was never submitted, no change of figures means anything to it", () => {
    expect(effectOfChange(newSubmission(zhoushan, unit), ready, june29)).toBeUndefined();
    expect(isOnTime(zhoushan, newSubmission(zhoushan, unit), [])).toBe(false);
  });

  it("when it is submitted, it is frozen as version 1, on time at the deadline and late after it", () => {
    const first = submitted(newSubmission(zhoushan, unit), ready, atDeadline);
    expect(first).toMatchObject({ status: "submitted", last: { version: 1 } });
    expect(isOnTime(zhoushan, first, [])).toBe(true);
    const late = submitted(newSubmission(zhoushan, unit), ready, new Date(atDeadline.getTime() + 1));
    expect(isOnTime(zhoushan, late, [])).toBe(false);
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
    expect(isOnTime(zhoushan, second, [])).toBe(true);
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
