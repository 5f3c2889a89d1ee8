import { describe, expect, it } from "vitest";
import { isMobile, maskPhone, readPhone } from "../../src/campaign/phone.ts";

describe("a phone number of annex 1", () => {
  it.each([
    ["13800000000", "13800000000"],
    ["+86 138 0000 0000", "13800000000"],
    ["１３８００００００００", "13800000000"],
    ["0580-2182286", "0580-2182286"],
    ["(0580)2182286", "0580-2182286"],
    ["010-62345678", "010-62345678"],
    ["0580－2182286", "0580-2182286"],
    ["0580 218 2286", "0580-2182286"],
    ["86-13800000000", "13800000000"],
    ["138-0000-0000", "13800000000"],
  ])("%s is taken", (text, phone) => expect(readPhone(text)).toEqual({ ok: true, phone }));

  it.each([
    ["2182286", "noAreaCode"],
    ["62345678", "noAreaCode"],
    ["12800000000", "wrongLength"],
    ["+1 650 253 0000", "wrongLength"],
    ["13800000000转8", "noPhone"],
    ["1380000000", "wrongLength"],
    ["138000000001", "wrongLength"],
    ["12345", "wrongLength"],
    ["张三", "noPhone"],
    ["", "noPhone"],
  ])("%s is refused: %s", (text, reason) => expect(readPhone(text)).toMatchObject({ ok: false, reason }));

  it("that is refused comes back as its digits, to be quoted", () => {
    expect(readPhone("２１８ ２２８６")).toEqual({ ok: false, reason: "noAreaCode", digits: "2182286" });
    expect(readPhone("电话123")).toEqual({ ok: false, reason: "noPhone", digits: "123" });
  });

  it("is a mobile or not, which only a mobile can be looked up by", () => {
    expect(["13800000000", "0580-2182286", "1380000000"].map(isMobile)).toEqual([true, false, false]);
  });

  it("is shown masked", () => {
    expect(maskPhone("13800000000")).toBe("138****0000");
    expect(maskPhone("0580-2182286")).toBe("0580-****286");
    expect(maskPhone("123")).toBe("****");
  });
});
