import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseMessage } from "../../src/cli/parse.ts";
import { zhoushan } from "./campaign.ts";

const entrySchema = z.strictObject({
  label: z.string(),
  field: z.string().nullable(),
  date: z.string().nullable(),
  dateFrom: z.string().nullable().default(null),
  measures: z.record(z.string(), z.number()),
  mode: z.enum(["add", "set", "fix"]),
});
const sampleSchema = z.strictObject({
  text: z.string(),
  now: z.iso.datetime({ offset: true }),
  fields: z.array(z.string()).optional(),
  expect: z.strictObject({
    entries: z.array(entrySchema),
    questions: z.array(z.string()),
    rejections: z.array(z.string()),
    intent: z.enum(["report", "command", "none"]),
    restZero: z.boolean().default(false),
  }),
  why: z.string().optional(),
});
const parsedSchema = z.object({
  entries: z.array(entrySchema.extend({ indicator: z.string() })),
  questions: z.array(z.object({ about: z.string() })),
  rejections: z.array(z.object({ reason: z.string() })),
  intent: z.string(),
  restZero: z.boolean(),
});

const folder = new URL("corpus/", import.meta.url);
const files = readdirSync(folder).filter((it) => it.endsWith(".jsonl"));

/** What the parse command says, in the terms of the corpus. */
function parsed(text: string, now: string, fields: readonly string[] | undefined) {
  const options = { campaign: zhoushan, now: new Date(now), fields: fields ?? zhoushan.fields, isCommand: () => false };
  const { entries, questions, rejections, intent, restZero } = parsedSchema.parse(parseMessage(text, options));
  return {
    entries: entries.map(({ indicator: _, ...entry }) => entry),
    questions: questions.map((it) => it.about),
    rejections: rejections.map((it) => it.reason),
    intent,
    restZero,
  };
}

test("the corpus is there", () => {
  const lines = files.flatMap((it) => readFileSync(new URL(it, folder), "utf8").trim().split("\n"));
  expect(lines.length).toBeGreaterThanOrEqual(150);
});

describe.each(files)("%s", (file) => {
  const lines = readFileSync(new URL(file, folder), "utf8").trim().split("\n");
  const samples = lines.map((it) => sampleSchema.parse(JSON.parse(it)));
  test.each(samples)("$text", (sample) => {
    expect(parsed(sample.text, sample.now, sample.fields)).toEqual(sample.expect);
  });
});
