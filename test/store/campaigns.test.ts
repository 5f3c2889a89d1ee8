import { expect, it } from "vitest";
import { toPerson } from "../../src/flows/flow.ts";
import { zhoushan } from "../support/campaign.ts";
import { given, open, temporaryFolder } from "./opened.ts";

it("one database serves year after year: the same key is another campaign's own", async () => {
  const file = `${await temporaryFolder()}/bot.db`;
  const replies = [toPerson("zhangsan", { tag: "unsupported", data: {} })];
  for (const id of ["zhoushan-2023", "zhoushan-2024"]) {
    const store = await open({ file, campaign: { ...zhoushan, id } });
    await given(store, [], replies, "file:1");
    expect(await store.outbox.waiting()).toBe(1);
  }
});
