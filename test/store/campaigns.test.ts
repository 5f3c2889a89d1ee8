import { expect, it } from "vitest";
import { toPerson } from "../../src/flows/flow.ts";
import { campaignsOf, given } from "./opened.ts";

it("one database serves year after year: the same key is another campaign's own", async () => {
  const campaign = await campaignsOf();
  const replies = [toPerson("zhangsan", { tag: "unsupported", data: {} })];
  for (const id of ["zhoushan-2023", "zhoushan-2024"]) {
    const store = campaign(id);
    await given(store, [], replies, "file:1");
    expect(await store.outbox.waiting()).toBe(1);
  }
});
