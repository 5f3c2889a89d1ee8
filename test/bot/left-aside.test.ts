import { Hono } from "hono";
import { expect, test } from "vitest";
import { decode } from "../../src/bot/inbound.ts";
import { createLeftAside } from "../../src/bot/left-aside.ts";
import { logged } from "./logged.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";
import { standingClock } from "./store.ts";

/** What a session webhook gets for messages that cannot become a turn. */
async function leftAside() {
  const app = new Hono();
  const said: string[] = [];
  const answers: object[] = [];
  app.post("/robot/sendBySession", async ({ req }) => {
    const { markdown } = await req.json();
    said.push(`${req.query("session")}: ${markdown.text}`);
    return Response.json(answers.shift() ?? { errcode: 0 });
  });
  const { url } = await serveOnLoopback(app);
  const clock = standingClock();
  const { log, lines } = logged();
  const aside = createLeftAside({ credentials: credentialsFor(url), clock, log });
  const take = async (conversationId: string | null, more: object = {}) => {
    const decoded = decode(
      JSON.stringify({
        msgId: "m1",
        createAt: clock.now().getTime(),
        conversationType: "1",
        conversationId,
        senderNick: "外人",
        sessionWebhook: `${url}/robot/sendBySession?session=${conversationId}`,
        msgtype: "text",
        text: { content: "应急演练2场120人" },
        ...more,
      }),
    );
    if (decoded.ok) throw new Error("it was understood");
    aside.answer(decoded.problem, decoded.session);
    await aside.idle();
  };
  return { take, said, answers, clock, lines };
}

test("who is not known is told so, with what the administrator must do, and without a figure", async () => {
  const { take, said, lines } = await leftAside();
  await take("cid1");
  expect(said).toHaveLength(1);
  for (const words of [/没有记录/, /发布应用版本/, /可使用范围包含本人/, /外部人员.*不能报送/])
    expect(said[0]).toMatch(words);
  expect(said[0]?.replace("cid1", "")).not.toMatch(/\d/);
  expect(lines.join()).not.toMatch(/外人|应急演练|session=/);
});

test("what cannot be read is answered plainly", async () => {
  const { take, said } = await leftAside();
  await take(null, { senderStaffId: "zhang" });
  expect(said).toEqual([expect.stringContaining("看不懂，没有记录")]);
});

test("one answer an hour for each conversation", async () => {
  const { take, said, clock } = await leftAside();
  await take("cid1");
  await take("cid1");
  await take("cid2");
  clock.moveTo(new Date(clock.now().getTime() + 3_599_999));
  await take("cid1");
  expect(said.map((it) => it.split(":")[0])).toEqual(["cid1", "cid2"]);
  clock.moveTo(new Date(clock.now().getTime() + 1));
  await take("cid1");
  expect(said.map((it) => it.split(":")[0])).toEqual(["cid1", "cid2", "cid1"]);
});

test("an answer that did not arrive is tried with the next message", async () => {
  const { take, said, answers } = await leftAside();
  answers.push({ errcode: 300001 });
  await take("cid1");
  await take("cid1");
  await take("cid1");
  expect(said).toHaveLength(2);
});

test("without an address that may be posted to there is no answer", async () => {
  const { take, said, lines } = await leftAside();
  await take("cid1", { sessionWebhook: undefined });
  await take("cid2", { sessionWebhook: "https://example.com/robot/sendBySession?session=0" });
  expect(said).toEqual([]);
  expect(lines.join()).toContain("foreignUrl");
});
