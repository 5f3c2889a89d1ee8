import { describe, expect, it } from "vitest";
import { newConversation } from "../../src/flows/conversation.ts";
import type { Change, Need } from "../../src/flows/flow.ts";
import type { Store } from "../../src/store/store.ts";
import { entry, nomination } from "../support/builders.ts";
import { zhoushan } from "../support/campaign.ts";
import { emptyDatabase } from "../support/database.ts";
import { campaignsOf, given, inbound, now, open, recordOf } from "./opened.ts";

async function factsOf<N extends Need>(store: Store, staffId: string, needs: readonly N[]) {
  return store.turn(async (it) => it.facts(needs, { standing: await it.standing(staffId), now }));
}

/** A turn that takes the next free number for its entry, as a flow does. */
async function report(store: Store, key: string): Promise<number> {
  const message = inbound(key);
  return store.turn(async (it) => {
    await it.claim(message, now);
    const facts = await it.facts([], { standing: await it.standing("zhangsan"), now });
    const no = facts.next.entry;
    const changes: Change[] = [{ type: "entriesRecorded", entries: [entry({ no, turnKey: key })] }];
    await it.commit(message, { state: newConversation(), changes, replies: [] }, now);
    return no;
  });
}

describe("short numbers", () => {
  it("are each given once, also to turns that come at the same moment", async () => {
    const store = await open();
    const taken = await Promise.all(Array.from({ length: 8 }, (_, n) => report(store, `m${n}`)));
    expect(taken.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await recordOf(store)).entries).toHaveLength(8);
  });

  it("never come back, not even when the process starts anew or what had them is forgotten", async () => {
    const url = await emptyDatabase();
    const store = await open({ url });
    const question = { no: 5, question: { about: "publish" as const }, outcome: null };
    const asking = inbound();
    await store.turn(async (it) => {
      await it.claim(asking, now);
      await it.commit(asking, { state: { ...newConversation(), asked: [question] }, changes: [], replies: [] }, now);
    });
    await given(store, [
      { type: "entriesRecorded", entries: [entry({ no: 3 })] },
      { type: "nominationProposed", nomination: nomination({ no: 4 }) },
    ]);
    await store.close();
    const again = await open({ url });
    const { next } = await factsOf(again, "zhangsan", []);
    expect(next).toEqual({ entry: 4, nomination: 5, question: 6, file: 1, publication: 1 });
  });

  it("go on from the highest, in whatever order they were used", async () => {
    const store = await open();
    await given(store, [{ type: "entriesRecorded", entries: [entry({ no: 9 })] }]);
    await given(store, [{ type: "entriesRecorded", entries: [entry({ no: 3 })] }]);
    expect(await report(store, "m")).toBe(10);
  });

  it("count in each campaign from 1", async () => {
    const campaign = await campaignsOf();
    const [store, other] = [campaign(zhoushan.id), campaign("zhoushan-2024")];
    expect([await report(store, "m1"), await report(other, "m1"), await report(store, "m2")]).toEqual([1, 1, 2]);
  });
});

it("who spoke for a unit that the campaign file no longer has speaks for none", async () => {
  const store = await open();
  await given(store, [{ type: "nominationProposed", nomination: nomination({ unitId: "gone" }) }]);
  expect(await store.turn((it) => it.standing("zhangsan"))).toMatchObject({ liaisonOf: null });
});

describe("facts", () => {
  it("of the sender's own unit hold that unit and no other", async () => {
    const store = await open();
    await given(store, [
      { type: "nominationProposed", nomination: nomination() },
      { type: "entriesRecorded", entries: [entry({ no: 1 }), entry({ no: 2, unitId: "putuo" })] },
    ]);
    const { own } = await factsOf(store, "zhangsan", ["own"]);
    expect(own.unit.id).toBe("dinghai");
    expect(own.entries.map((it) => it.no)).toEqual([1]);
  });

  it("of an own unit can't be asked for whoever speaks for none", async () => {
    const store = await open();
    await expect(factsOf(store, "stranger", ["own"])).rejects.toThrow(/speaks for none/);
  });

  it("of all units come in the campaign file's order, also of units that said nothing", async () => {
    const store = await open();
    const { all } = await factsOf(store, "manager", ["all"]);
    expect(all.map((it) => it.unit)).toEqual(zhoushan.units);
  });
});

describe("who somebody is", () => {
  const standing = (store: Store, staffId: string) => store.turn((it) => it.standing(staffId));

  it("follows their latest approved nomination, and no proposal", async () => {
    const store = await open();
    await given(store, [
      { type: "nominationProposed", nomination: nomination({ no: 1, status: "proposed" }) },
      { type: "nominationProposed", nomination: nomination({ no: 2, unitId: "putuo", staffId: "lisi" }) },
    ]);
    expect((await standing(store, "zhangsan")).liaisonOf).toBeNull();
    expect((await standing(store, "lisi")).liaisonOf).toBe("putuo");
    await given(store, [
      { type: "nominationDecided", no: 2, status: "replaced", by: "王管理", at: now },
      { type: "nominationDecided", no: 1, status: "approved", by: "王管理", at: now },
    ]);
    expect((await standing(store, "zhangsan")).liaisonOf).toBe("dinghai");
    expect((await standing(store, "lisi")).liaisonOf).toBeNull();
    await given(store, [{ type: "nominationProposed", nomination: nomination({ no: 3, unitId: "daishan" }) }]);
    expect((await standing(store, "zhangsan")).liaisonOf).toBe("daishan");
  });

  it("by a mobile is known once the directory told whose it is", async () => {
    const store = await open();
    const mobile = "13800000008";
    expect((await recordOf(store, "huaquan")).contactIds).toEqual([]);
    await store.mobileFound(mobile, "wu", now);
    expect((await recordOf(store, "huaquan")).contactIds).toEqual(["wu"]);
    expect((await standing(store, "wu")).contactOf).toEqual(["huaquan"]);
    await store.mobileFound(mobile, null, now);
    expect((await recordOf(store, "huaquan")).contactIds).toEqual([]);
  });
});

describe("mobiles to look up", () => {
  const dayAgo = new Date(now.getTime() - 24 * 3600_000);
  const contact = "13800000008";

  it("are those of contacts and of nominees without a staff id, each with who waits for it", async () => {
    const store = await open();
    await given(store, [
      { type: "nominationProposed", nomination: nomination({ no: 1, phone: "13811112222", staffId: null }) },
      { type: "nominationProposed", nomination: nomination({ no: 2, phone: "0580-2182286", staffId: null }) },
      { type: "nominationProposed", nomination: nomination({ no: 3, phone: "13833334444", staffId: "known" }) },
      {
        type: "nominationProposed",
        nomination: nomination({ no: 4, phone: "13855556666", staffId: null, status: "declined" }),
      },
    ]);
    expect(await store.unknownMobiles(dayAgo)).toEqual([
      { mobile: contact, nominations: [] },
      { mobile: "13811112222", nominations: [expect.objectContaining({ no: 1, proposedBy: "zhangsan" })] },
    ]);
  });

  it("are not asked for again while the last answer is fresh", async () => {
    const store = await open();
    const wanted = async (askedBefore: Date) => (await store.unknownMobiles(askedBefore)).map((it) => it.mobile);
    await store.mobileFound(contact, null, now);
    expect(await wanted(dayAgo)).toEqual([]);
    expect(await wanted(new Date(now.getTime() + 1))).toEqual([contact]);
    const nominee = nomination({ phone: "13811112222", staffId: null });
    await given(store, [{ type: "nominationProposed", nomination: nominee }]);
    expect(await wanted(dayAgo)).toEqual([nominee.phone]);
    await store.mobileFound(nominee.phone, null, now);
    expect(await wanted(dayAgo)).toEqual([]);
  });
});
