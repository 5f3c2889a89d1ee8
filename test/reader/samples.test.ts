import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { zhoushan } from "./campaign.ts";
import { parsed, samplesIn, sorted } from "./samples.ts";

const folder = new URL("corpus/", import.meta.url);
const files = readdirSync(folder).filter((it) => it.endsWith(".jsonl"));

test("the corpus is there", () => {
  expect(files.flatMap((it) => samplesIn(new URL(it, folder))).length).toBeGreaterThanOrEqual(1_000);
});

describe.each(files)("%s", (file) => {
  test.each(samplesIn(new URL(file, folder)))("$text", (sample) => {
    expect(sorted(parsed(sample, zhoushan))).toEqual(sorted(sample.expect));
  });
});
