import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ownReader } from "../../src/cli/bench/readers.ts";
import { score } from "../../src/cli/bench/score.ts";
import { contextOf } from "../../src/cli/bench/speed.ts";
import { isCommand } from "../../src/flows/routes.ts";
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

test("the bench finds no more and no less in them than these tests do", () => {
  const reader = ownReader(zhoushan);
  const reports = files
    .flatMap((it) => samplesIn(new URL(it, folder)))
    .filter((it) => !isCommand(it.text, zhoushan))
    .map((it) => ({ text: it.text, score: score(it.expect, reader.read(it.text, contextOf(it, zhoushan))) }));
  expect(reports.filter((it) => it.score.silentMisreads.length > 0)).toEqual([]);
  expect(reports.filter((it) => !it.score.isExact)).toEqual([]);
});
