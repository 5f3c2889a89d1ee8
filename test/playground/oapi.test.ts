import { describe, expect, test } from "vitest";
import type { LocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { type Answer, app, local, post, TestClock, tokenOf } from "./robot.ts";

async function uploader(dingtalk: LocalDingTalk) {
  const token = await tokenOf(dingtalk);
  return async (query: string, media: File | undefined, fields: Record<string, string> = {}): Promise<Answer> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    if (media !== undefined) body.append("media", media);
    const url = `${dingtalk.baseUrl}/media/upload?access_token=${token}${query}`;
    const answer = await fetch(url, { method: "POST", body });
    return { status: answer.status, body: await answer.json() };
  };
}

describe("gettoken", () => {
  const get = async ({ baseUrl }: LocalDingTalk, secret: string) =>
    (await fetch(`${baseUrl}/gettoken?appkey=${app.clientId}&appsecret=${secret}`)).json();

  test("gives the new API's token, or errcode 40089", async () => {
    const dingtalk = await local();
    const token = await tokenOf(dingtalk);
    const right = { errcode: 0, errmsg: "ok", access_token: token, expires_in: 7200 };
    expect(await get(dingtalk, app.clientSecret)).toMatchObject(right);
    expect(await get(dingtalk, "wrong")).toMatchObject({ errcode: 40089 });
  });
});

test("a wrong token is 40014, an aged one 42001, an unknown path 404, all with HTTP 200", async () => {
  const clock = new TestClock();
  const dingtalk = await local({ now: clock.now });
  const token = await tokenOf(dingtalk);
  clock.advance(7200);
  for (const path of ["/media/upload", "/topapi/v2/user/get", "/topapi/v2/user/getbymobile"]) {
    const call = (query: string) => post(dingtalk.baseUrl + path + query, {});
    expect(await call("")).toMatchObject({ status: 200, body: { errcode: 40014 } });
    expect(await call("?access_token=invented")).toMatchObject({ status: 200, body: { errcode: 40014 } });
    expect(await call(`?access_token=${token}`)).toMatchObject({ status: 200, body: { errcode: 42001 } });
  }
  expect(await post(`${dingtalk.baseUrl}/topapi/none`, {})).toMatchObject({ status: 200, body: { errcode: 404 } });
});

describe("media/upload", () => {
  const bytes = new Uint8Array([137, 80, 78, 71]);

  test("stores what it takes, with the type in the query or the form", async () => {
    const dingtalk = await local();
    const upload = await uploader(dingtalk);
    const picture = await upload("&type=image", new File([bytes], "汇总 表.png"));
    expect(picture.body).toMatchObject({ errcode: 0, errmsg: "ok", type: "image" });
    expect(picture.body.media_id).toMatch(/^@/);
    expect(dingtalk.world.files.find(picture.body.media_id)).toEqual({ bytes, fileName: "汇总 表.png", type: "image" });
    const sheet = await upload("", new File([bytes], "a.XLSX"), { type: "file" });
    expect(sheet.body).toMatchObject({ errcode: 0, type: "file" });
    expect(dingtalk.usage()).toMatchObject({ apiCalls: 2 });
  });

  const sized = (megabytes: number, name: string, more = 0) =>
    new File([new Uint8Array(megabytes * 2 ** 20 + more)], name);
  test.each<[string, number, string, File | undefined]>([
    ["no type", 40004, "", new File([bytes], "a.png")],
    ["an unknown type", 40004, "&type=toString", new File([bytes], "a.png")],
    ["no part", 41005, "&type=image", undefined],
    ["an empty part", 41005, "&type=image", new File([], "a.png")],
    ["a csv", 40005, "&type=file", new File([bytes], "a.csv")],
    ["a sheet as image", 40005, "&type=image", new File([bytes], "a.xlsx")],
    ["no extension", 40005, "&type=file", new File([bytes], "xlsx")],
    ["a voice above 2 MB", 40006, "&type=voice", sized(2, "a.amr", 1)],
    ["a file above 20 MB", 40006, "&type=file", sized(20, "a.pdf", 1)],
    ["nothing wrong at 2 MB", 0, "&type=voice", sized(2, "a.amr")],
  ])("%s: errcode %i", async (_, errcode, query, media) => {
    const upload = await uploader(await local());
    expect(await upload(query, media)).toMatchObject({ status: 200, body: { errcode } });
  });

  test("is no upload without multipart, or under another part name", async () => {
    const dingtalk = await local();
    const url = `${dingtalk.baseUrl}/media/upload?type=file&access_token=${await tokenOf(dingtalk)}`;
    expect((await post(url, { media: "x" })).body.errcode).toBe(41005);
    const form = new FormData();
    form.append("file", new File([bytes], "a.pdf"));
    expect(await (await fetch(url, { method: "POST", body: form })).json()).toMatchObject({ errcode: 41005 });
  });
});

describe("contacts", () => {
  test("are found by mobile or staff id, from JSON or a form, free of charge", async () => {
    const dingtalk = await local();
    const query = `?access_token=${await tokenOf(dingtalk)}`;
    const byMobile = `${dingtalk.baseUrl}/topapi/v2/user/getbymobile${query}`;
    const found = { errcode: 0, result: { userid: "zhang" } };
    expect((await post(byMobile, { mobile: "19900000001" })).body).toMatchObject(found);
    const form = new URLSearchParams({ mobile: "19900000001" });
    expect(await (await fetch(byMobile, { method: "POST", body: form })).json()).toMatchObject(found);

    const byId = await post(`${dingtalk.baseUrl}/topapi/v2/user/get${query}`, { userid: "zhang" });
    expect(byId.body).toMatchObject({ errcode: 0, result: { userid: "zhang", name: "张甲", title: "科长" } });
    expect(byId.body.result).not.toHaveProperty("mobile");
    expect(dingtalk.usage()).toEqual({
      apiCalls: 0,
      streamMessages: 0,
      byPath: { "/v1.0/oauth2/accessToken": 1, "/topapi/v2/user/getbymobile": 2, "/topapi/v2/user/get": 1 },
    });
  });

  test("are not found otherwise", async () => {
    const dingtalk = await local();
    const query = `?access_token=${await tokenOf(dingtalk)}`;
    const refusals: [number, string, object][] = [
      [400002, "getbymobile", {}],
      [40104, "getbymobile", { mobile: "2182286" }],
      [60121, "getbymobile", { mobile: "19911111111" }],
      [60121, "getbymobile", { mobile: "19900000003" }],
      [400002, "get", {}],
      [33012, "get", { userid: "nobody" }],
      [33012, "get", { userid: "guest" }],
    ];
    for (const [errcode, call, body] of refusals) {
      expect((await post(`${dingtalk.baseUrl}/topapi/v2/user/${call}${query}`, body)).body.errcode).toBe(errcode);
    }
  });
});
