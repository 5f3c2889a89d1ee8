import { expect, test } from "vitest";
import type { LocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { type Answer, app, asker, group, local, TestClock } from "./robot.ts";

const hello = { msgKey: "sampleText", msgParam: JSON.stringify({ content: "请报送" }) };

async function rig(dingtalk: LocalDingTalk) {
  const ask = await asker(dingtalk);
  const send = async (...userIds: string[]): Promise<string> => {
    const body = { robotCode: app.clientId, userIds, ...hello };
    return (await ask("POST /v1.0/robot/oToMessages/batchSend", body)).body.processQueryKey;
  };
  const statusOf = (processQueryKey: string, robotCode = app.clientId): Promise<Answer> =>
    ask(`GET /v1.0/robot/oToMessages/readStatus?${new URLSearchParams({ robotCode, processQueryKey })}`);
  const readers = async (key: string) => {
    const { messageReadInfoList } = (await statusOf(key)).body;
    return (messageReadInfoList as { userId: string; readStatus: string }[]).map((it) => [it.userId, it.readStatus]);
  };
  return { send, statusOf, readers };
}

test("a message is read by whoever looks, or says something to the robot afterwards", async () => {
  const dingtalk = await local();
  const { send, statusOf, readers } = await rig(dingtalk);
  dingtalk.say("zhang", "你好");
  const first = await send("zhang", "boss", "nobody");
  expect(await statusOf(first)).toEqual({
    status: 200,
    body: {
      sendStatus: "SUCCESS",
      messageReadInfoList: [
        { name: "张甲", userId: "zhang", readStatus: "UNREAD" },
        { name: "赵乙", userId: "boss", readStatus: "UNREAD" },
      ],
    },
  });
  dingtalk.say("zhang", "在群里", group.conversationId);
  dingtalk.read("boss");
  const second = await send("zhang", "boss");
  expect(await readers(first)).toEqual([
    ["zhang", "UNREAD"],
    ["boss", "READ"],
  ]);
  dingtalk.say("zhang", "收到");
  expect(await readers(first)).toContainEqual(["zhang", "READ"]);
  expect(await readers(second)).toEqual([
    ["zhang", "READ"],
    ["boss", "UNREAD"],
  ]);
});

test("it is known for a day; an old key, an invented one, another robot and a missing token are refused", async () => {
  const clock = new TestClock();
  const dingtalk = await local({ now: clock.now });
  const key = await (await rig(dingtalk)).send("zhang");
  clock.advance(24 * 3600 - 1);
  const { statusOf } = await rig(dingtalk);
  expect((await statusOf(key)).status).toBe(200);
  clock.advance(1);
  const expired = { status: 400, body: { code: "processQueryKey.expireTime" } };
  expect(await statusOf(key)).toMatchObject(expired);
  expect(await statusOf("invented")).toMatchObject(expired);
  expect((await statusOf(key, "other")).body.code).toBe("invalidParameter.robotCode.notExsit");
  expect(dingtalk.usage().apiCalls).toBe(5);
  clock.advance(7200);
  expect(await statusOf(key)).toMatchObject({ status: 400, body: { code: "InvalidAuthentication" } });
});

test("its calls fail like all others", async () => {
  const dingtalk = await local();
  const { send, statusOf } = await rig(dingtalk);
  const key = await send("zhang");
  dingtalk.faults.next("error500", "/v1.0/robot/oToMessages/readStatus");
  expect((await statusOf(key)).status).toBe(500);
  dingtalk.faults.next("tooFast");
  expect((await statusOf(key)).body.code).toBe("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi");
  expect((await statusOf(key)).status).toBe(200);
});
