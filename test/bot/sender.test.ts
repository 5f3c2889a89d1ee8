import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { OpenApi } from "../../src/bot/openapi.ts";
import { createSender, type Outgoing } from "../../src/bot/sender.ts";
import { startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";
import { standingClock } from "./store.ts";

const zhang = { kind: "person", staffId: "zhang" } as const;
const group = { kind: "group", conversationId: "cid==" } as const;
const sheet = { bytes: Buffer.from("PK"), fileName: "汇总表.xlsx", kind: "file" } as const;

function message(text: string, buttons: string[] = []): Outgoing["body"] {
  return { kind: "message", message: { text, buttons } };
}

test("what people see of it", async () => {
  const clock = standingClock();
  const dingtalk = await startLocalDingTalk({
    clientId: "dingtest",
    clientSecret: "s3cret",
    people: [{ staffId: "zhang", name: "张甲" }],
    groups: [{ conversationId: "cid==", title: "测试群", memberIds: ["zhang"] }],
    now: () => clock.now(),
  });
  onTestFinished(() => dingtalk.stop());
  const sender = createSender(new OpenApi({ credentials: credentialsFor(dingtalk.baseUrl), clock }));
  const picture = { bytes: Buffer.from("P"), fileName: "汇总表.png", kind: "image" } as const;
  const sent = { kind: "sent", receipt: expect.any(String) };
  expect(await sender.send({ key: "a", to: zhang, body: message("已记", ["撤销 37", "预览"]) })).toEqual(sent);
  expect(await sender.send({ key: "b", to: group, body: message("已绑定", ["汇总"]) })).toEqual(sent);
  expect(await sender.send({ key: "c", to: group, body: sheet })).toEqual(sent);
  expect(await sender.send({ key: "d", to: group, body: picture })).toEqual(sent);
  const [card] = dingtalk.messages({ staffId: "zhang" }).map((it) => it.body);
  if (card?.kind !== "actionCard") throw new Error("no card");
  const { state } = dingtalk.deliveryOf(dingtalk.tap("zhang", card.buttons[0]?.url ?? "")) ?? {};
  expect([card.buttons.map((it) => it.title), state]).toEqual([["撤销 37", "预览"], "lost"]);
  expect(dingtalk.messages({ staffId: "zhang" }).at(-1)?.body).toEqual({ kind: "text", text: "撤销 37" });
  expect(dingtalk.messages({ conversationId: "cid==" }).map((it) => it.body)).toMatchObject([
    { kind: "markdown", text: "已绑定\n\n可 @我 回复：汇总" },
    { kind: "file", fileName: "汇总表.xlsx", fileType: "xlsx" },
    { kind: "image" },
  ]);
  const nobody = await sender.send({ key: "e", to: { kind: "person", staffId: "nobody" }, body: message("在吗") });
  expect(nobody).toEqual({ kind: "refused", problem: "invalidStaffId" });
});

/** An API whose n-th send is too fast when the test says so. */
async function limitedApi(isTooFast: (send: number) => boolean) {
  const app = new Hono();
  const sends: string[] = [];
  let uploads = 0;
  app.post("/v1.0/oauth2/accessToken", () => Response.json({ accessToken: "t", expireIn: 7200 }));
  app.post("/media/upload", () => {
    uploads += 1;
    return Response.json({ errcode: 0, media_id: "@lA" });
  });
  app.post("/v1.0/robot/oToMessages/batchSend", async ({ req }) => {
    const { msgParam } = (await req.json()) as { msgParam: string };
    sends.push(JSON.parse(msgParam).text ?? "file");
    if (!isTooFast(sends.length)) return Response.json({ processQueryKey: `k${sends.length}` });
    return Response.json({ code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" }, { status: 403 });
  });
  const { url } = await serveOnLoopback(app);
  const api = new OpenApi({ credentials: credentialsFor(url), clock: standingClock() });
  return { sender: createSender(api), sends, uploads: () => uploads };
}

test("a retry goes on with the part that failed", async () => {
  const { sender, sends } = await limitedApi((send) => send === 2);
  const [first, second] = ["甲", "乙"].map((it) => it.repeat(4500));
  const outgoing: Outgoing = { key: "a", to: zhang, body: message(`${first}\n\n${second}`) };
  expect(await sender.send(outgoing)).toMatchObject({ kind: "retry", problem: expect.stringContaining("Qps") });
  expect(await sender.send(outgoing)).toEqual({ kind: "sent", receipt: "k3" });
  expect(sends.map((it) => it[0])).toEqual(["甲", "乙", "乙"]);
  await sender.send(outgoing);
  expect(sends).toHaveLength(5);
});

test("a text of which nothing was sent is told anew, for it may have changed meanwhile", async () => {
  const { sender, sends } = await limitedApi((send) => send === 1);
  await sender.send({ key: "a", to: zhang, body: message("还差 3 行") });
  await sender.send({ key: "a", to: zhang, body: message("还差 1 行") });
  expect(sends).toEqual(["还差 3 行", "还差 1 行"]);
});

test("a retry uploads no file twice", async () => {
  const { sender, sends, uploads } = await limitedApi((send) => send === 1);
  await sender.send({ key: "a", to: zhang, body: sheet });
  expect(await sender.send({ key: "a", to: zhang, body: sheet })).toMatchObject({ kind: "sent" });
  expect([sends.length, uploads()]).toEqual([2, 1]);
});
