import { onTestFinished } from "vitest";
import type { Campaign } from "../../src/campaign/campaign.ts";
import type { UnitRecord } from "../../src/campaign/unit-record.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import type { Change, Inbound, Reply } from "../../src/flows/flow.ts";
import { openDatabase } from "../../src/store/database.ts";
import { storeOn } from "../../src/store/prisma-store.ts";
import type { Store } from "../../src/store/store.ts";
import { zhoushan } from "../support/campaign.ts";
import { emptyDatabase, isPostgres } from "../support/database.ts";

/** The store on a real database, gone with its test. */
export const now = new Date("2023-06-13T16:30:00+08:00");

export async function open(given: { url?: string; campaign?: Campaign; managers?: string[] } = {}): Promise<Store> {
  const { campaign = zhoushan, managers = ["manager", "deputy"] } = given;
  const store = storeOn(await openDatabase(given.url ?? (await emptyDatabase())), { campaign, managers });
  onTestFinished(() => store.close());
  return store;
}

/** Campaigns in one database, each by its id. */
export async function campaignsOf(url?: string): Promise<(id: string) => Store> {
  const database = await openDatabase(url ?? (await emptyDatabase()));
  onTestFinished(() => database.close());
  return (id) => storeOn(database, { campaign: { ...zhoushan, id }, managers: ["manager"] });
}

/** Several programs on one database; of SQLite, which serves one only, several hands on one store. */
export async function openReplicas(count: number): Promise<Store[]> {
  const url = await emptyDatabase();
  const first = await open({ url });
  return [first, ...(await Promise.all(Array.from({ length: count - 1 }, () => (isPostgres ? open({ url }) : first))))];
}

let messages = 0;

export function inbound(key?: string): Inbound {
  messages += 1;
  const sender = { staffId: "zhangsan", nick: "张三" };
  return { key: key ?? `msg-${messages}`, at: now, sender, group: null, kind: "text", text: "进度" };
}

/** What some turn did to the store. */
export async function given(store: Store, changes: Change[], replies: Reply[] = [], key?: string): Promise<void> {
  const message = inbound(key);
  await store.turn(async (turn) => {
    await turn.claim(message, now);
    await turn.commit(message, { state: newConversation(), changes, replies }, now);
  });
}

export async function recordOf(store: Store, unitId = "dinghai"): Promise<UnitRecord> {
  const record = (await store.records()).find((it) => it.unit.id === unitId);
  if (record === undefined) throw new Error(`no unit ${unitId}`);
  return record;
}
