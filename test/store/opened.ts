import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Campaign } from "../../src/campaign/campaign.ts";
import type { UnitRecord } from "../../src/campaign/unit-record.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import type { Change, Inbound, Reply } from "../../src/flows/flow.ts";
import { openStore } from "../../src/store/prisma-store.ts";
import type { Store } from "../../src/store/store.ts";
import { zhoushan } from "../support/campaign.ts";

/** The store on a real SQLite file, gone with its test. */
export const now = new Date("2023-06-13T16:30:00+08:00");

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "anyue-store-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function open(given: { file?: string; campaign?: Campaign; managers?: string[] } = {}): Promise<Store> {
  const file = given.file ?? join(await temporaryFolder(), "bot.db");
  const { campaign = zhoushan, managers = ["manager", "deputy"] } = given;
  const store = await openStore({ databaseUrl: `file:${file}`, campaign, managers });
  onTestFinished(() => store.close());
  return store;
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
