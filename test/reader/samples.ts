import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { type LabelledLine, lineSchema } from "../../src/cli/bench/labelled.ts";
import { parseMessage } from "../../src/cli/parse.ts";

const expected = lineSchema.shape.expect.shape;
const parsedSchema = z.object({
  entries: z.array(expected.entries.element.extend({ indicator: z.string() })),
  questions: z.array(z.object({ about: z.string() })),
  rejections: z.array(z.object({ reason: z.string() })),
  intent: expected.intent,
  restZero: z.boolean(),
});

export type Sample = LabelledLine;

/** The samples of a file of JSON lines. */
export function samplesIn(file: URL): Sample[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((it) => lineSchema.parse(JSON.parse(it)));
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
