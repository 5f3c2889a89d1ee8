import { describe, expect, it } from "vitest";
import { maskPhone, readPhone } from "../../src/campaign/phone.ts";

describe("a phone number of annex 1", () => {
  it.each([
    ["13800000000", "13800000000"],
    ["+86 138 0000 0000", "13800000000"],
    ["１３８００００００００", "13800000000"],
    ["0580-2182286", "0580-2182286"],
    ["(0580)2182286", "0580-2182286"],
    ["010-62345678", "010-62345678"],
  ])("%s is taken", (text, phone) => expect(readPhone(text)).toEqual({ ok: true, phone }));

  it.each([
    ["2182286", "noAreaCode"],
    ["1380000000", "wrongLength"],
    ["138000000001", "wrongLength"],
    ["12345", "wrongLength"],
    ["张三", "noPhone"],
    ["", "noPhone"],
  ])("%s is refused: %s", (text, reason) => expect(readPhone(text)).toMatchObject({ ok: false, reason }));

  it("is shown masked", () => {
    expect(maskPhone("13800000000")).toBe("138****0000");
    expect(maskPhone("123")).toBe("****");
  });
});
