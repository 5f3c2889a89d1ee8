import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { askBeside } from "../../src/cli/beside.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import {
  answer,
  type Change,
  type Inbound,
  type Outcome,
  type Reply,
  toManagers,
  toPerson,
} from "../../src/flows/flow.ts";
import type { ReminderRound, Store } from "../../src/store/store.ts";
import { duty, entry, nomination, personalReminder, wholeForm } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";
import { isPostgres, newDatabase } from "../support/database.ts";
import { campaignsOf, open } from "./opened.ts";

const now = new Date("2023-06-13T16:30:00+08:00");

let messages = 0;
function inbound(given: Partial<Inbound> = {}): Inbound {
  messages += 1;
  const sender = { staffId: "zhangsan", nick: "张三" };
  return { key: `m${messages}`, at: now, sender, group: null, kind: "text", text: "进度", ...given } as Inbound;
}

/** One turn that does what it is told. */
function turn(
  store: Store,
  given: { changes?: Change[]; replies?: Reply[]; message?: Inbound; state?: Outcome["state"] },
) {
  const message = given.message ?? inbound();
  const state = given.state ?? newConversation();
  return store.turn(async (it) => {
    if (!(await it.claim(message, now))) return "duplicate";
    await it.commit(message, { state, changes: given.changes ?? [], replies: given.replies ?? [] }, now);
    return "handled";
  });
}

const numbers = (store: Store) =>
  store.turn(async (it) => {
    const standing = await it.standing("zhangsan");
    return (await it.facts(["all"], { standing, now })).next;
  });

const dinghai = async (store: Store) => (await store.records()).find((it) => it.unit.id === "dinghai");
const hello = toPerson("zhangsan", { tag: "unsupported", data: {} });

async function takeAll(store: Store): Promise<string[]> {
  const keys: string[] = [];
  for (let it = await store.outbox.claim(now, 60_000); it !== null; it = await store.outbox.claim(now, 60_000)) {
    keys.push(it.key);
    await store.outbox.sent(it, now, null);
  }
  return keys;
}

describe("a new database", () => {
  it("gets its tables once, recorded as Prisma records them", async () => {
    const url = await newDatabase();
    await (await open({ url })).close();
    await (await open({ url })).close();
    const folder = resolve(import.meta.dirname, "../../prisma/migrations", isPostgres ? "postgresql" : "sqlite");
    const names = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory());
    const expected = names.map(({ name }) => {
      const script = readFileSync(join(folder, name, "migration.sql"));
      return [name, createHash("sha256").update(script).digest("hex")];
    });
    const sql = "SELECT migration_name, checksum FROM _prisma_migrations ORDER BY migration_name";
    expect(await askBeside(url, sql)).toEqual(expected);
  });

  it("keeps every commit over a power cut, as the connection that writes says itself", async () => {
    const store = await open();
    const promised = isPostgres
      ? { synchronous_commit: "on", full_page_writes: "on" }
      : { journal_mode: "wal", synchronous: "full" };
    expect(await store.durability()).toMatchObject(promised);
  });
});

describe("a turn", () => {
  it("claims its message once", async () => {
    const store = await open();
    const message = inbound();
    expect(await turn(store, { message, replies: [hello] })).toBe("handled");
    expect(await turn(store, { message, replies: [hello] })).toBe("duplicate");
    expect(await takeAll(store)).toEqual([`reply:${message.key}:0`]);
  });

  it("that throws leaves nothing behind: no claim, no entry, no number, no reply", async () => {
    const store = await open();
    const message = inbound();
    const broken = store.turn(async (it) => {
      await it.claim(message, now);
      const changes: Change[] = [{ type: "entriesRecorded", entries: [entry({ no: 1 })] }];
      await it.commit(message, { state: { ...newConversation(), walkPage: 2 }, changes, replies: [hello] }, now);
      throw new Error("power cut");
    });
    await expect(broken).rejects.toThrow("power cut");
    expect((await dinghai(store))?.entries).toEqual([]);
    expect(await store.outbox.waiting()).toBe(0);
    expect((await numbers(store)).entry).toBe(1);
    expect(await turn(store, { message })).toBe("handled");
  });

  it("keeps the conversation, and gives every number out once", async () => {
    const store = await open();
    const state = { ...newConversation(), walkPage: 2 };
    await turn(store, { state, changes: [{ type: "entriesRecorded", entries: [entry({ no: 1 }), entry({ no: 2 })] }] });
    await turn(store, { changes: [{ type: "entriesWithdrawn", numbers: [2], at: now }], state });
    expect((await numbers(store)).entry).toBe(3);
    expect(await store.turn((it) => it.conversation("zhangsan"))).toBe(JSON.stringify(state));
    expect(await store.turn((it) => it.conversation("somebody"))).toBeNull();
  });

  it("loads just the facts that its route names", async () => {
    const store = await open();
    const facts = await store.turn(async (it) => it.facts(["group"], { standing: await it.standing("x"), now }));
    expect(Object.keys(facts).sort()).toEqual(["campaign", "group", "next", "now", "standing"]);
  });

  it("knows who somebody is: manager, contact, liaison of a unit", async () => {
    const store = await open();
    await turn(store, { changes: [{ type: "nominationProposed", nomination: nomination() }] });
    const standings = await store.turn(async (it) =>
      Promise.all(["manager", "demo-dinghai-contact", "zhangsan", "x"].map((id) => it.standing(id))),
    );
    expect(standings).toEqual([
      { isManager: true, liaisonOf: null, contactOf: [] },
      { isManager: false, liaisonOf: null, contactOf: ["dinghai"] },
      { isManager: false, liaisonOf: "dinghai", contactOf: [] },
      { isManager: false, liaisonOf: null, contactOf: [] },
    ]);
  });
});

describe("changes", () => {
  it("come back as they were given", async () => {
    const store = await open();
    const first = entry({ no: 1, figures: { sessions: 2, people: 120 }, dateFrom: "2023-06-12" });
    const form = { ...wholeForm(unitOf("dinghai")), version: 1, submittedAt: now, submittedBy: "zhangsan" };
    const file = {
      no: 1,
      unitId: "dinghai",
      kind: null,
      fileName: "扫描.pdf",
      downloadCode: "c",
      receivedBy: "zhangsan",
      receivedAt: now,
    };
    const document = {
      no: 1,
      unitId: "dinghai",
      kind: null,
      fileName: "扫描.pdf",
      storedAs: "a.pdf",
      bytes: 9,
      receivedBy: "zhangsan",
      receivedAt: now,
    };
    await turn(store, {
      changes: [
        {
          type: "nominationProposed",
          nomination: nomination({ status: "proposed", staffId: null, decidedBy: null, decidedAt: null }),
        },
        { type: "nominationDecided", no: 1, status: "approved", by: "王管理", at: now },
        { type: "nomineeFound", no: 1, staffId: "zhangsan" },
        { type: "entriesRecorded", entries: [first] },
        { type: "explained", unitId: "dinghai", indicatorId: "city.fixed", text: "旧" },
        { type: "explained", unitId: "dinghai", indicatorId: "city.fixed", text: "含5月排查" },
        { type: "submissionMoved", unitId: "dinghai", event: { type: "submitted", form } },
        { type: "submissionMoved", unitId: "dinghai", event: { type: "returned", reason: "请核对", at: now } },
        { type: "fileReceived", file },
      ],
    });
    expect(await store.claimFile(now, 60_000)).toMatchObject(file);
    await turn(store, {
      changes: [
        { type: "fileSettled", no: 1, document },
        { type: "documentNamed", no: 1, kind: "stamped" },
      ],
    });
    expect(await store.claimFile(new Date(now.getTime() + 60_001), 60_000)).toBeNull();
    expect(await dinghai(store)).toMatchObject({
      contactIds: ["demo-dinghai-contact"],
      nominations: [nomination({ decidedAt: now })],
      entries: [first],
      explanations: { "city.fixed": "含5月排查" },
      submission: { status: "returned", firstSubmittedAt: now, returned: { reason: "请核对", at: now }, last: form },
      documents: [{ ...document, kind: "stamped" }],
    });
    expect(await store.submittedForm("dinghai", 1)).toEqual(form);
  });

  it("that claim what is not there stop the turn", async () => {
    const store = await open();
    const change: Change = { type: "nominationDecided", no: 9, status: "approved", by: "x", at: now };
    await expect(turn(store, { changes: [change] })).rejects.toThrow(/one row/);
  });

  it("of one campaign are not seen by another in the same database", async () => {
    const campaign = await campaignsOf();
    const [store, other] = [campaign(zhoushan.id), campaign("zhoushan-2024")];
    const message = inbound();
    await turn(store, {
      message,
      changes: [{ type: "entriesRecorded", entries: [entry({ no: 1 })] }],
      replies: [hello],
    });
    expect((await dinghai(other))?.entries).toEqual([]);
    expect(await other.outbox.waiting()).toBe(0);
    expect((await numbers(other)).entry).toBe(1);
  });
});

describe("the outbox", () => {
  const say = (staffId: string) => toPerson(staffId, { tag: "unsupported", data: {} });

  it("sends to each in order: a retry holds up only its own addressee", async () => {
    const store = await open();
    await turn(store, { message: inbound({ key: "a" }), replies: [say("zhangsan"), say("zhangsan"), say("lisi")] });
    const first = await store.outbox.claim(now, 60_000);
    if (first === null) throw new Error("nothing waits");
    expect(first.key).toBe("reply:a:0");
    const later = new Date(now.getTime() + 1000);
    await store.outbox.retry(first, { notBefore: later, problem: "busy", partsSent: 0, isDoubtful: false });
    expect(await takeAll(store)).toEqual(["reply:a:2"]);
    expect((await store.outbox.claim(later, 60_000))?.key).toBe("reply:a:0");
  });

  it("gives a message to one sender only, until its lease has run out", async () => {
    const store = await open();
    await turn(store, { replies: [hello] });
    expect((await store.outbox.claim(now, 60_000))?.attempts).toBe(1);
    expect(await store.outbox.claim(now, 60_000)).toBeNull();
    expect((await store.outbox.claim(new Date(now.getTime() + 60_001), 60_000))?.attempts).toBe(2);
  });

  it("forgets what is refused, and what is sent", async () => {
    const store = await open();
    await turn(store, { replies: [hello, hello] });
    const first = await store.outbox.claim(now, 60_000);
    if (first === null) throw new Error("nothing waits");
    await store.outbox.refused(first, "invalidStaffId", now);
    expect(await takeAll(store)).toHaveLength(1);
    expect(await store.outbox.waiting()).toBe(0);
  });

  it("tells every manager", async () => {
    const store = await open();
    await turn(store, {
      message: inbound({ key: "n" }),
      replies: [toManagers({ tag: "unsupported", data: {} }), answer(inbound(), { tag: "unsupported", data: {} })],
    });
    expect(await takeAll(store)).toEqual(["reply:n:0:person:manager", "reply:n:0:person:deputy", "reply:n:1"]);
  });
});

describe("reminders", () => {
  const slotAt = new Date("2023-06-27T09:00:00+08:00");
  const key = "reminder:x:zhangsan:slot";
  const reminder = (): ReminderRound => ({
    slots: (["statistics", "summary"] as const).map((obligation) => {
      return { obligation, unitId: "dinghai", slotAt, messageKey: key };
    }),
    putOffsDone: [],
    passedOn: [],
    messages: [
      {
        key,
        ...toPerson("zhangsan", {
          tag: "reminder",
          data: personalReminder({ duties: [duty(), duty({ obligation: "summary" })] }),
        }),
      },
    ],
  });
  const withdraw = (obligation: "statistics" | "summary"): Change => ({
    type: "reminderWithdrawn",
    unitId: "dinghai",
    obligation,
  });

  it("claim their slots once", async () => {
    const store = await open();
    await store.tick((it) => it.remind(reminder(), now));
    const claimed = await store.tick((it) => it.claimed(slotAt));
    for (const about of ["statistics", "summary"] as const)
      expect(claimed.of(about)).toEqual(new Map([["dinghai", slotAt]]));
    const again = { ...reminder(), messages: reminder().messages.map((it) => ({ ...it, key: "another" })) };
    await expect(store.tick((it) => it.remind(again, now))).rejects.toThrow();
    expect(await store.outbox.waiting()).toBe(1);
  });

  it("that wait lose what has been met, and are withdrawn when nothing is left", async () => {
    const store = await open();
    await store.tick((it) => it.remind(reminder(), now));
    await turn(store, { changes: [withdraw("statistics")] });
    const waiting = await store.outbox.claim(now, 1);
    expect(JSON.stringify(waiting?.content)).toContain("summary");
    expect(JSON.stringify(waiting?.content)).not.toContain("statistics");
    await turn(store, { changes: [withdraw("summary")] });
    expect(await store.outbox.waiting()).toBe(0);
  });

  it("that were sent stay as they were", async () => {
    const store = await open();
    await store.tick((it) => it.remind(reminder(), now));
    expect(await takeAll(store)).toHaveLength(1);
    await turn(store, { changes: [withdraw("statistics")] });
    expect(await store.outbox.waiting()).toBe(0);
  });

  it("are looked for from where the last tick ended", async () => {
    const store = await open();
    expect(await store.tick((it) => it.mark())).toEqual({ since: null, lookedAt: null });
    await store.tick((it) => it.looked(slotAt));
    const later = new Date(slotAt.getTime() + 60_000);
    await store.tick((it) => it.looked(later));
    expect(await store.tick((it) => it.mark())).toEqual({ since: slotAt, lookedAt: later });
  });
});

describe("a publication", () => {
  it("keeps its one snapshot", async () => {
    const store = await open();
    const table = { campaignId: zhoushan.id, basis: "submitted" as const, asOf: now.toISOString(), units: [] };
    await store.tick((it) => it.publish({ no: 1, table, cause: "deadline" }, [], now));
    expect(await store.publication(1)).toEqual({ no: 1, table, cause: "deadline" });
    expect(await store.tick((it) => it.publishedAtDeadline())).toEqual(now);
    expect((await numbers(store)).publication).toBe(2);
  });
});
