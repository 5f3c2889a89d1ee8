import { describe, expect, it } from "vitest";
import { firstProposedAt, liaisonOf, pending } from "../../src/campaign/nomination.ts";
import { nomination } from "../support/builders.ts";

const day = (text: string) => new Date(`${text}T10:00:00+08:00`);
const waiting = { status: "proposed", decidedBy: null, decidedAt: null } as const;

describe("a unit's liaison", () => {
  it("is nobody before an approval, and whoever was approved last after it", () => {
    const proposed = nomination({ no: 1, ...waiting });
    expect(liaisonOf([proposed], "dinghai")).toBeUndefined();
    const former = nomination({ no: 2, status: "replaced" });
    const current = nomination({ no: 3, name: "李四" });
    const declined = nomination({ no: 4, status: "declined" });
    expect(liaisonOf([proposed, former, current, declined], "dinghai")?.no).toBe(3);
    expect(liaisonOf([current], "putuo")).toBeUndefined();
  });
});

describe("when a unit named its liaison first", () => {
  it("is the day of the proposal, not of the approval", () => {
    const approved = nomination({ proposedAt: day("2023-05-24"), decidedAt: day("2023-05-29") });
    expect(firstProposedAt([approved], "dinghai")).toEqual(day("2023-05-24"));
  });

  it("stays with the first, whoever takes its place", () => {
    const first = nomination({ no: 1, status: "replaced", proposedAt: day("2023-05-20") });
    const second = nomination({ no: 2, proposedAt: day("2023-06-09") });
    expect(firstProposedAt([first, second], "dinghai")).toEqual(day("2023-05-20"));
  });

  it("is never yet while all is declined or waits", () => {
    const declined = nomination({ no: 1, status: "declined", proposedAt: day("2023-05-20") });
    const proposed = nomination({ no: 2, ...waiting, proposedAt: day("2023-05-21") });
    expect(firstProposedAt([declined, proposed], "dinghai")).toBeNull();
    const approved = nomination({ no: 3, proposedAt: day("2023-05-22") });
    expect(firstProposedAt([declined, approved], "dinghai")).toEqual(day("2023-05-22"));
    expect(firstProposedAt([approved], "putuo")).toBeNull();
  });
});

it("managers are asked about what waits, and nothing that is decided", () => {
  const nominations = (["proposed", "approved", "declined", "replaced"] as const).map((status, n) =>
    nomination({ no: n + 1, status }),
  );
  expect(pending(nominations).map((it) => it.no)).toEqual([1]);
});
