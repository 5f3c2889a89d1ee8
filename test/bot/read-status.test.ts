import { expect, test } from "vitest";
import { answeredApi, failureOf, localApi } from "./local-api.ts";

const message = { msgKey: "sampleText", msgParam: JSON.stringify({ content: "请报送" }) };
const path = "/v1.0/robot/oToMessages/readStatus";

async function sent(...people: string[]) {
  const rig = await localApi();
  const { receipt } = await rig.api.sendToPeople(people, message);
  if (receipt === null) throw new Error("no receipt");
  return { ...rig, receipt };
}

test("tells for each person of a call whether they have read it", async () => {
  const { dingtalk, api, receipt, counted } = await sent("zhang", "boss", "nobody");
  expect(await api.readStatus(receipt)).toEqual({ kind: "known", read: [], unread: ["zhang", "boss"] });
  dingtalk.say("boss", "收到");
  expect(await api.readStatus(receipt)).toEqual({ kind: "known", read: ["boss"], unread: ["zhang"] });
  expect([counted(), dingtalk.usage().apiCalls]).toEqual([3, 3]);
});

test("after a day it is told to be too late for that", async () => {
  const { api, clock, receipt } = await sent("zhang");
  clock.advance(24 * 3600);
  expect(await api.readStatus(receipt)).toEqual({ kind: "expired" });
});

test("a failing call throws as all do, and a token that was refused is renewed", async () => {
  const { dingtalk, api, receipt } = await sent("zhang");
  dingtalk.faults.next("error500", path);
  expect((await failureOf(api.readStatus(receipt))).failure.kind).toBe("doubtful");
  dingtalk.faults.next("expiredToken", path);
  expect(await api.readStatus(receipt)).toMatchObject({ kind: "known" });
});

test("what is still being sent is nothing to judge by; a misspelt status and an absent list are no fault", async () => {
  const bodies = [{ sendStatus: "PROCESSING" }, { sendStatus: "SUCESS" }, { sendStatus: "SUCCESS", more: 1 }];
  const asked: string[] = [];
  const api = await answeredApi(({ method, url }) => {
    asked.push(`${method} ${new URL(url).searchParams.get("processQueryKey")}`);
    return Response.json(bodies[asked.length - 1]);
  });
  const nobody = { kind: "known", read: [], unread: [] };
  expect(await api.readStatus("a+/b==")).toEqual({ kind: "processing" });
  expect(await api.readStatus("a+/b==")).toEqual(nobody);
  expect(await api.readStatus("a+/b==")).toEqual(nobody);
  expect(asked).toEqual(["GET a+/b==", "GET a+/b==", "GET a+/b=="]);
});

test("an answer of another shape is none", async () => {
  const api = await answeredApi(() =>
    Response.json({ sendStatus: "SUCCESS", messageReadInfoList: [{ name: "张甲" }] }),
  );
  expect((await failureOf(api.readStatus("k"))).code).toBe("unexpected");
});
