import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/campaign/entry.ts";
import type { Nomination } from "../../src/campaign/nomination.ts";
import { decideReview, evolve, newSubmission, type SubmissionEvent } from "../../src/campaign/submission.ts";
import { formOfRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { type Change, type PendingFile, toManagers } from "../../src/flows/flow.ts";
import type { Store } from "../../src/store/store.ts";
import { zhoushan } from "../support/campaign.ts";
import { campaignsOf, given, now, open, recordOf } from "./opened.ts";

/** What a flow gives is what a later turn finds: nothing is rounded, trimmed, reordered or translated on the way. */
const text = fc.string({ unit: "grapheme", maxLength: 40 });
const instant = fc.date({ min: new Date("2023-05-19"), max: new Date("2023-07-31"), noInvalidDate: true });
const day = fc.constantFrom("2023-06-01", "2023-06-13", "2023-06-30");
const either = <T>(it: fc.Arbitrary<T>) => fc.option(it, { nil: null });
const amount = fc.oneof(
  fc.nat(99_999_999),
  fc.nat(9_999).map((it) => it / 100),
);

const entries: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      unitId: fc.constantFrom("dinghai", "putuo"),
      indicatorId: fc.constantFrom("publicity.drill", "publicity.cases"),
      mode: fc.constantFrom("add" as const, "set" as const, "fix" as const),
      figures: fc.dictionary(fc.constantFrom("sessions", "people", "both"), amount, { noNullPrototype: true }),
      isNotApplicable: fc.boolean(),
      date: either(day),
      dateFrom: either(day),
      fixes: either(fc.integer({ min: 1, max: 9 })),
      turnKey: text,
      recordedBy: text,
      recordedAt: instant,
      withdrawnAt: either(instant),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((it, n) => ({ no: n + 1, ...it })));

const nominations: fc.Arbitrary<Nomination[]> = fc
  .array(
    fc.record({
      unitId: fc.constantFrom("dinghai", "putuo"),
      name: text,
      post: text,
      phone: text,
      staffId: either(text),
      proposedBy: text,
      proposedAt: instant,
      status: fc.constantFrom("proposed" as const, "approved" as const, "declined" as const, "replaced" as const),
      decidedBy: either(text),
      decidedAt: either(instant),
    }),
    { maxLength: 6 },
  )
  .map((all) => all.map((it, n) => ({ no: n + 1, ...it })));

/** A campaign of its own for every try, all in one database. */
async function stage(): Promise<() => Store> {
  const campaign = await campaignsOf();
  let tries = 0;
  return () => {
    tries += 1;
    return campaign(`try-${tries}`);
  };
}

describe("what a turn recorded", () => {
  it("comes back as it was given: entries and nominations", async () => {
    const begin = await stage();
    await fc.assert(
      fc.asyncProperty(entries, nominations, async (reported, named) => {
        const store = begin();
        await given(store, [
          { type: "entriesRecorded", entries: reported },
          ...named.map((nomination): Change => ({ type: "nominationProposed", nomination })),
        ]);
        for (const { unit, ...kept } of await store.records()) {
          expect(kept.entries).toEqual(reported.filter((it) => it.unitId === unit.id));
          expect(kept.nominations).toEqual(named.filter((it) => it.unitId === unit.id));
        }
      }),
      { numRuns: 15 },
    );
  });

  it("stays but for what a later turn withdrew, and what is withdrawn keeps its first moment", async () => {
    const store = await open();
    const [first, second] =
      fc.sample(
        entries.filter((it) => it.length >= 2),
        { numRuns: 1, seed: 7 },
      )[0] ?? [];
    if (first === undefined || second === undefined) throw new Error("no sample");
    const reported = [first, second].map((it) => ({ ...it, unitId: "dinghai", withdrawnAt: null }));
    const later = new Date(now.getTime() + 60_000);
    await given(store, [{ type: "entriesRecorded", entries: reported }]);
    await given(store, [{ type: "entriesWithdrawn", numbers: [2], at: now }]);
    await given(store, [{ type: "entriesWithdrawn", numbers: [2], at: later }]);
    const withdrawn = (await recordOf(store)).entries.map((it) => it.withdrawnAt);
    expect(withdrawn).toEqual([null, now]);
  });
});

type Move = "submit" | "change" | "return" | "accept";

describe("a submission", () => {
  it("read back after any life is what the rules made of it, with every version kept", async () => {
    const begin = await stage();
    const moves = fc.array(fc.constantFrom<Move>("submit", "change", "return", "accept"), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(moves, text, async (life, reason) => {
        const store = begin();
        let expected = newSubmission(zhoushan, { id: "dinghai" });
        for (const [n, move] of life.entries()) {
          const record = await recordOf(store);
          const event = eventOf(move, { record, reason, at: new Date(now.getTime() + n * 1000) });
          if (event === undefined) continue;
          expected = evolve(expected, event);
          await given(store, [{ type: "submissionMoved", unitId: "dinghai", event }]);
          if (event.type !== "submitted") continue;
          expect(await store.submittedForm("dinghai", event.form.version)).toEqual(event.form);
        }
        expect((await recordOf(store)).submission).toEqual(expected);
        expect((await recordOf(store, "putuo")).submission).toEqual(newSubmission(zhoushan, { id: "putuo" }));
      }),
      { numRuns: 15 },
    );
  });
});

/** The event that a move leads to where it is allowed; `n`-th forms differ, so that versions can be told apart. */
function eventOf(
  move: Move,
  { record, reason, at }: { record: UnitRecord; reason: string; at: Date },
): SubmissionEvent | undefined {
  const { submission } = record;
  const review = (it: Parameters<typeof decideReview>[1]) => {
    const decision = decideReview(submission, it);
    return decision.ok ? decision.event : undefined;
  };
  switch (move) {
    case "submit": {
      const version = (submission.last?.version ?? 0) + 1;
      const form = { ...formOfRecord(zhoushan, record), explanations: { "city.fixed": `${reason}${version}` } };
      return { type: "submitted", form: { ...form, version, submittedAt: at, submittedBy: "zhangsan" } };
    }
    case "change":
      return submission.status === "submitted" ? { type: "reopened", at } : { type: "restored", at };
    case "return":
      return review({ type: "returned", reason, at });
    case "accept":
      return review({ type: "accepted", at });
    default:
      return move satisfies never;
  }
}

describe("a file", () => {
  const file: PendingFile = {
    no: 4,
    unitId: "dinghai",
    kind: "summary",
    fileName: "总结 (终稿).docx",
    downloadCode: "code",
    receivedBy: "zhangsan",
    receivedAt: now,
  };

  it("that could not be fetched is neither waited for nor kept", async () => {
    const store = await open();
    await given(store, [{ type: "fileReceived", file }]);
    await given(store, [{ type: "fileSettled", no: 4, document: null }]);
    expect(await store.claimFile(now, 60_000)).toBeNull();
    expect((await recordOf(store)).documents).toEqual([]);
  });

  it("is fetched by one at a time: claimed, given back, and taken over from who died", async () => {
    const store = await open();
    await given(store, [
      { type: "fileReceived", file },
      { type: "fileReceived", file: { ...file, no: 5 } },
    ]);
    const asked = await Promise.all([1, 2, 3, 4].map(() => store.claimFile(now, 60_000)));
    expect(asked.map((it) => it?.no).toSorted()).toEqual([4, 5, undefined, undefined]);
    const later = new Date(now.getTime() + 60_000);
    await store.releaseFile({ no: 5, claimedUntil: later });
    expect(await store.claimFile(now, 60_000)).toEqual({ ...file, no: 5, claimedUntil: later });
    expect((await store.claimFile(later, 60_000))?.no).toBe(4);
  });

  it("is neither given back nor held by whose claim has run out", async () => {
    const store = await open();
    await given(store, [{ type: "fileReceived", file }]);
    const later = new Date(now.getTime() + 60_000);
    const muchLater = new Date(now.getTime() + 120_000);
    const late = await store.claimFile(now, 60_000);
    const claim = await store.claimFile(later, 30_000);
    if (late === null || claim === null) throw new Error("not claimed");
    expect(await store.renewFile(late, muchLater)).toBe(false);
    await store.releaseFile(late);
    expect(await store.claimFile(later, 60_000)).toBeNull();
    expect(await store.renewFile(claim, muchLater)).toBe(true);
    expect(await store.claimFile(claim.claimedUntil, 60_000)).toBeNull();
    expect((await store.claimFile(muchLater, 60_000))?.no).toBe(4);
  });

  it("is settled once: a second result for it stops the turn", async () => {
    const store = await open();
    await given(store, [{ type: "fileReceived", file }]);
    const { downloadCode: _, ...rest } = file;
    const document = { ...rest, storedAs: "a.docx", bytes: 9 };
    await given(store, [{ type: "fileSettled", no: 4, document }]);
    await expect(given(store, [{ type: "fileSettled", no: 4, document: null }])).rejects.toThrow(/one row/);
    expect((await recordOf(store)).documents).toEqual([document]);
  });
});

describe("the group", () => {
  it("is the last one bound, for turns and ticks alike", async () => {
    const store = await open();
    expect(await store.tick((it) => it.boundGroup())).toBeNull();
    await given(store, [{ type: "groupBound", group: { conversationId: "cid1", title: "旧群" } }]);
    await given(store, [{ type: "groupBound", group: { conversationId: "cid2", title: "工作群" } }]);
    const bound = { conversationId: "cid2", title: "工作群" };
    expect(await store.tick((it) => it.boundGroup())).toEqual(bound);
    const facts = await store.turn(async (it) => it.facts(["group"], { standing: await it.standing("x"), now }));
    expect(facts.group).toEqual(bound);
  });
});

describe("a publication by a manager", () => {
  it("keeps its snapshot, takes the next number, and is none of the deadline's", async () => {
    const store = await open();
    const table = { campaignId: zhoushan.id, basis: "submitted" as const, asOf: now.toISOString(), units: [] };
    const replies = [toManagers({ tag: "unsupported", data: {} })];
    await given(store, [{ type: "published", publication: { no: 1, table, cause: "manager" } }], replies);
    expect(await store.publication(1)).toEqual({ no: 1, table, cause: "manager" });
    expect(await store.tick((it) => it.publishedAtDeadline())).toBeNull();
    expect(await store.tick((it) => it.nextPublication())).toBe(2);
  });
});
