import { openStore } from "../../../src/store/prisma-store.ts";
import { zhoushan } from "../../support/campaign.ts";

/** A process that holds a database, with one entry in it, until it is killed. */
const [, , file = ""] = process.argv;
const store = await openStore({ databaseUrl: `file:${file}`, campaign: zhoushan, managers: [] });
const at = new Date("2023-06-13T16:30:00+08:00");
await store.turn(async (turn) => {
  const sender = { staffId: "zhangsan", nick: "" };
  const inbound = { key: "m1", at, sender, group: null, kind: "text" as const, text: "" };
  await turn.claim(inbound, at);
  const entry = {
    no: 1,
    unitId: "dinghai",
    indicatorId: "publicity.drill",
    mode: "add" as const,
    figures: { sessions: 1 },
    isNotApplicable: false,
    date: null,
    dateFrom: null,
    fixes: null,
    turnKey: "m1",
    recordedBy: "zhangsan",
    recordedAt: at,
    withdrawnAt: null,
  };
  const { newConversation } = await import("../../../src/flows/conversation.ts");
  const changes = [{ type: "entriesRecorded" as const, entries: [entry] }];
  await turn.commit(inbound, { state: newConversation(), changes, replies: [] }, at);
});
process.stdout.write("held\n");
setInterval(() => {}, 60_000);
