import { expect, test } from "vitest";
import { split } from "../../src/bot/split.ts";

test.each([15_000, 20_000])("texts are cut at paragraph ends under %i bytes, in three-byte letters", (maxBytes) => {
  const paragraphs = Array.from({ length: 60 }, (_, n) => `${n}、${"隐患".repeat(200 + n)}`);
  const parts = split(paragraphs.join("\n\n"), maxBytes);
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(maxBytes + 2);
  expect(parts.flatMap((it) => it.split("\n\n"))).toEqual(paragraphs);
});
