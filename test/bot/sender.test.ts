import { Hono } from "hono";
import { describe, expect, onTestFinished, test } from "vitest";
import { LeaseLost } from "../../src/bot/lease.ts";
import { OpenApi } from "../../src/bot/openapi.ts";
import { createSender, type Fallback, type Outgoing } from "../../src/bot/sender.ts";
import { startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";
import { standingClock } from "./store.ts";

const zhang = { kind: "person", staffId: "zhang" } as const;
const group = { kind: "group", conversationId: "cid==" } as const;
const sheet = { bytes: Buffer.from("PK"), fileName: "汇总表.xlsx", kind: "file" } as const;

function message(text: string, buttons: string[] = []): Outgoing["body"] {
  return { kind: "message", message: { text, buttons } };
}

function outgoing(given: Partial<Outgoing>): Outgoing {
  return { key: "a", to: [zhang], body: message("已记"), partsSent: 0, isDoubtful: false, ...given };
}

/** A lease that nobody disputes. */
const free = { hold: async () => {}, partsSent: async () => {} };

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
  expect(
    await sender.send(outgoing({ key: "a", to: [zhang], body: message("已记", ["撤销 37", "预览"]) }), free),
  ).toEqual([sent]);
  expect(await sender.send(outgoing({ key: "b", to: [group], body: message("已绑定", ["汇总"]) }), free)).toEqual([
    sent,
  ]);
  expect(await sender.send(outgoing({ key: "c", to: [group], body: sheet }), free)).toEqual([sent]);
  expect(await sender.send(outgoing({ key: "d", to: [group], body: picture }), free)).toEqual([sent]);
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
  const nobody = { kind: "person", staffId: "nobody" } as const;
  const both = await sender.send(outgoing({ to: [zhang, nobody], body: message("在吗") }), free);
  expect(both).toEqual([sent, { kind: "refused", problem: "invalidStaffId" }]);
  expect(dingtalk.messages({ staffId: "zhang" }).at(-1)?.body).toMatchObject({ text: "在吗" });
});

test("a DING that may have gone out before is not sent again", async () => {
  const clock = standingClock();
  const people = [{ staffId: "zhang", name: "张甲" }];
  const dingtalk = await startLocalDingTalk({
    ...{ clientId: "dingtest", clientSecret: "s3cret", people, groups: [], now: () => clock.now() },
  });
  onTestFinished(() => dingtalk.stop());
  const sender = createSender(new OpenApi({ credentials: credentialsFor(dingtalk.baseUrl), clock }));
  const body = { kind: "ding", text: "请尽快报送" } as const;
  const sent = [{ kind: "sent", receipt: null }];
  expect(await sender.send(outgoing({ body }), free)).toEqual(sent);
  expect(await sender.send(outgoing({ body, isDoubtful: true }), free)).toEqual(sent);
  expect(dingtalk.ledger.received.map((it) => it.kind)).toEqual(["ding"]);
});

type Answer = Response | "cut" | undefined;

/** An API that answers the n-th send as the test says, else with success. */
async function answeringApi(
  answer: (send: number) => Answer = () => undefined,
  upload: () => Answer = () => undefined,
) {
  const app = new Hono();
  const sends: { text: string; to: string[] }[] = [];
  let uploads = 0;
  app.post("/v1.0/oauth2/accessToken", () => Response.json({ accessToken: "t", expireIn: 7200 }));
  const { url, server } = await serveOnLoopback(app);
  const given = (said: Answer, otherwise: object): Response | Promise<Response> => {
    if (said !== "cut") return said ?? Response.json(otherwise);
    server.closeAllConnections();
    return new Promise<Response>(() => {});
  };
  app.post("/media/upload", () => {
    uploads += 1;
    return given(upload(), { errcode: 0, media_id: "@lA" });
  });
  app.post("/v1.0/robot/oToMessages/batchSend", async ({ req }) => {
    const { msgParam, userIds } = (await req.json()) as { msgParam: string; userIds: string[] };
    sends.push({ text: JSON.parse(msgParam).text ?? "file", to: userIds });
    return given(answer(sends.length), { processQueryKey: `k${sends.length}` });
  });
  const api = new OpenApi({ credentials: credentialsFor(url), clock: standingClock() });
  const said = () => sends.map((it) => it.text);
  return { api, sender: createSender(api), sends, said, uploads: () => uploads };
}

const tooFast = () => Response.json({ code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" }, { status: 403 });
const gatewayTimeout = () => new Response("<html>504 Gateway Time-out</html>", { status: 504 });
const repeatLine = "（网络异常，这条可能重复）";

test("a long text goes on with the part that failed, also after a restart", async () => {
  const { sender, said, api } = await answeringApi((send) => (send === 2 ? tooFast() : undefined));
  const kept: number[] = [];
  const lease = { ...free, partsSent: async (parts: number) => void kept.push(parts) };
  const body = message(["甲", "乙", "丙"].map((it) => it.repeat(4500)).join("\n\n"));
  const [first] = await sender.send(outgoing({ body }), lease);
  expect(first).toMatchObject({ kind: "retry", partsSent: 1, isDoubtful: false });
  expect(kept).toEqual([1]);
  const [second] = await createSender(api).send(outgoing({ body, partsSent: 1 }), lease);
  expect(second).toEqual({ kind: "sent", receipt: "k4" });
  expect(said().map((it) => it[0])).toEqual(["甲", "乙", "乙", "丙"]);
  expect(kept).toEqual([1, 2]);
});

test("a text of which nothing was sent is told anew, for it may have changed meanwhile", async () => {
  const { sender, said } = await answeringApi((send) => (send === 1 ? tooFast() : undefined));
  await sender.send(outgoing({ body: message("还差 3 行") }), free);
  await sender.send(outgoing({ body: message("还差 1 行") }), free);
  expect(said()).toEqual(["还差 3 行", "还差 1 行"]);
});

test("a retry uploads no file twice", async () => {
  const { sender, sends, uploads } = await answeringApi((send) => (send === 1 ? tooFast() : undefined));
  await sender.send(outgoing({ body: sheet }), free);
  expect(await sender.send(outgoing({ body: sheet }), free)).toMatchObject([{ kind: "sent" }]);
  expect([sends.length, uploads()]).toEqual([2, 1]);
});

test.each<[string, () => Answer]>([
  ["a gateway time-out", gatewayTimeout],
  ["a server error", () => Response.json({ code: "system.error" }, { status: 500 })],
  ["a cut connection", () => "cut"],
  ["an answer that is none", () => new Response("ok")],
])("after %s the message may have arrived", async (_, answer) => {
  const { sender } = await answeringApi(answer);
  expect(await sender.send(outgoing({}), free)).toMatchObject([{ kind: "retry", isDoubtful: true }]);
});

test("what was turned away has not arrived", async () => {
  const { sender } = await answeringApi(tooFast);
  expect(await sender.send(outgoing({}), free)).toMatchObject([{ kind: "retry", isDoubtful: false }]);
});

test("what never got there has not arrived", async () => {
  const { url, server } = await serveOnLoopback(new Hono());
  await new Promise((resolve) => server.close(resolve));
  const nowhere = new OpenApi({ credentials: credentialsFor(url), clock: standingClock() });
  const [outcome] = await createSender(nowhere).send(outgoing({}), free);
  expect(outcome).toMatchObject({ kind: "retry", problem: "unreachable", isDoubtful: false });
});

test("a failed upload leaves no doubt: nobody has seen anything of it", async () => {
  const { sender, sends } = await answeringApi(undefined, gatewayTimeout);
  expect(await sender.send(outgoing({ body: sheet }), free)).toMatchObject([{ kind: "retry", isDoubtful: false }]);
  expect(sends).toEqual([]);
});

test("a repeat says that it may be one, and keeps its buttons; only the part in doubt does", async () => {
  const { sender, said } = await answeringApi();
  const body = message(`${"甲".repeat(4500)}\n\n${"乙".repeat(1000)}`, ["预览", "提交"]);
  await sender.send(outgoing({ body, isDoubtful: true }), free);
  expect(said().map((it) => it.slice(0, 17))).toEqual([`${repeatLine}\n\n甲甲`, "乙".repeat(17)]);
});

test("a doubt stays until the part has been delivered for sure", async () => {
  const { sender, said } = await answeringApi((send) => (send === 1 ? tooFast() : undefined));
  const [outcome] = await sender.send(outgoing({ isDoubtful: true }), free);
  expect(outcome).toMatchObject({ kind: "retry", isDoubtful: true });
  await sender.send(outgoing({ isDoubtful: true }), free);
  expect(said()).toEqual(Array.from({ length: 2 }, () => `${repeatLine}\n\n已记`));
});

test("a file that may be a repeat is announced as one", async () => {
  const { sender, said } = await answeringApi();
  await sender.send(outgoing({ body: sheet, isDoubtful: true }), free);
  expect(said()).toEqual(["（网络异常，下面的文件可能重复）", "file"]);
});

test("of several people in one call each has their own outcome", async () => {
  const people = ["zhang", "nobody", "li"].map((staffId) => ({ kind: "person", staffId }) as const);
  const lists = { invalidStaffIdList: ["nobody"], flowControlledStaffIdList: ["li"] };
  const { sender, sends } = await answeringApi(() => Response.json({ processQueryKey: "k", ...lists }));
  expect(await sender.send(outgoing({ to: people }), free)).toEqual([
    { kind: "sent", receipt: "k" },
    { kind: "refused", problem: "invalidStaffId" },
    { kind: "retry", afterMs: 5000, problem: "flowControlled", partsSent: 0, isDoubtful: false },
  ]);
  const long = message(`${"甲".repeat(4500)}\n\n${"乙".repeat(4500)}`);
  await sender.send(outgoing({ to: people, body: long }), free);
  expect(sends.map((it) => it.to)).toEqual([["zhang", "nobody", "li"], ["zhang", "nobody", "li"], ["zhang"]]);
});

test("no part is sent without the right to", async () => {
  const { sender, sends } = await answeringApi();
  const lost = { ...free, hold: () => Promise.reject(new LeaseLost()) };
  await expect(sender.send(outgoing({}), lost)).rejects.toThrow(LeaseLost);
  expect(sends).toEqual([]);
});

describe("another way", () => {
  const quota = () => Response.json({ code: "Forbidden.AccessDenied.ApiCountLimitForOrg" }, { status: 403 });
  const permission = () =>
    Response.json({ code: "Forbidden.AccessDenied.AccessTokenPermissionDenied" }, { status: 403 });
  const removed = () => Response.json({ code: "group.disbanded" }, { status: 400 });

  async function sentBy(fallback: Fallback, answer: () => Answer, given: Partial<Outgoing> = {}) {
    const asked: unknown[] = [];
    const { api, sends } = await answeringApi(answer);
    const sender = createSender(api, async (to, message) => {
      asked.push([to, message.text]);
      return fallback(to, message);
    });
    return { outcomes: await sender.send(outgoing(given), free), asked, sends };
  }

  test.each([quota, permission])("is taken where the OpenAPI is closed: %#", async (answer) => {
    const { outcomes, asked } = await sentBy(async () => ({ kind: "sent", receipt: null }), answer);
    expect(outcomes).toEqual([{ kind: "sent", receipt: null }]);
    expect(asked).toEqual([[zhang, "已记"]]);
  });

  test("says of a possible repeat that it may be one", async () => {
    const { asked } = await sentBy(async () => ({ kind: "sent", receipt: null }), quota, { isDoubtful: true });
    expect(asked).toEqual([[zhang, `${repeatLine}\n\n已记`]]);
  });

  test("that does not exist leaves the outcome as it was", async () => {
    const { outcomes } = await sentBy(async () => null, quota);
    expect(outcomes).toMatchObject([{ kind: "retry", problem: "Forbidden.AccessDenied.ApiCountLimitForOrg" }]);
  });

  test.each([tooFast, gatewayTimeout, removed])("is taken for no other reason: %#", async (answer) => {
    expect((await sentBy(async () => ({ kind: "sent", receipt: null }), answer)).asked).toEqual([]);
  });

  test("is the one by which a possible repeat goes, for the first may bring a copy each time", async () => {
    const another = { kind: "sent", receipt: null } as const;
    const { outcomes, asked, sends } = await sentBy(async () => another, gatewayTimeout, { isDoubtful: true });
    expect([outcomes, asked, sends.length]).toEqual([[another], [[zhang, `${repeatLine}\n\n已记`]], 0]);
  });

  test("that leaves a repeat in doubt, too, is not followed by a third copy at once", async () => {
    const doubtful = { kind: "retry", afterMs: 2000, problem: "timeout", isDoubtful: true } as const;
    const { api, sends } = await answeringApi();
    const sender = createSender(api, async () => doubtful);
    expect([await sender.send(outgoing({ isDoubtful: true }), free), sends.length]).toEqual([[doubtful], 0]);
    // Later the first way has its turn again, that none which is broken for good brings copy after copy.
    expect(await sender.send(outgoing({ isDoubtful: true }), free)).toEqual([{ kind: "sent", receipt: "k1" }]);
  });

  test("that takes no repeat leaves the first", async () => {
    for (const none of [null, { kind: "retry", afterMs: 60_000, problem: "130101", isDoubtful: false } as const]) {
      const { outcomes, sends } = await sentBy(
        async () => none,
        () => undefined,
        { isDoubtful: true },
      );
      expect([outcomes, sends.length]).toEqual([[{ kind: "sent", receipt: "k1" }], 1]);
    }
  });

  test("keeps a doubt that there was before", async () => {
    const busy = { kind: "retry", afterMs: 60_000, problem: "130101", isDoubtful: false } as const;
    const { outcomes } = await sentBy(async () => busy, quota, { isDoubtful: true });
    expect(outcomes).toEqual([{ ...busy, isDoubtful: true }]);
    expect((await sentBy(async () => busy, quota)).outcomes).toEqual([busy]);
  });

  test("takes no files", async () => {
    const { asked } = await sentBy(async () => ({ kind: "sent", receipt: null }), quota, { body: sheet });
    expect(asked).toEqual([]);
  });
});
