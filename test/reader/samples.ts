import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { parseMessage } from "../../src/cli/parse.ts";

/** Labelled lines: what somebody writes to the bot, and what a careful clerk would take from it. */
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
  intent: z.enum(["report", "command", "none"]),
  restZero: z.boolean(),
});

export type Sample = z.infer<typeof sampleSchema>;

/** The samples of a file of JSON lines. */
export function samplesIn(file: URL): Sample[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((it) => sampleSchema.parse(JSON.parse(it)));
}

/** In whatever order things were said: what is expected says nothing about it. */
export function sorted(expectation: Sample["expect"]): Sample["expect"] {
  const textOf = (it: Sample["expect"]["entries"][number]) =>
    `${it.label} ${it.field} ${it.date} ${JSON.stringify(it)}`;
  return {
    ...expectation,
    entries: expectation.entries.toSorted((a, b) => textOf(a).localeCompare(textOf(b))),
    questions: expectation.questions.toSorted(),
    rejections: expectation.rejections.toSorted(),
  };
}

/** What the parse command says of a sample's text, in the terms of `expect`. */
export function parsed({ text, now, fields }: Sample, campaign: Campaign) {
  const options = { campaign, now: new Date(now), fields: fields ?? campaign.fields };
  const { entries, questions, rejections, intent, restZero } = parsedSchema.parse(parseMessage(text, options));
  return {
    entries: entries.map(({ indicator: _, ...entry }) => entry),
    questions: questions.map((it) => it.about),
    rejections: rejections.map((it) => it.reason),
    intent,
    restZero,
  };
}
