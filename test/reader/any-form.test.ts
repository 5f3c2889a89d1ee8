import { describe, expect, test } from "vitest";
import { exampleCampaign, exampleNames } from "../support/example-campaigns.ts";
import { parsed, samplesIn, sorted } from "./samples.ts";

/** Forms with other rows, units of counting and fields than the one the reader grew up with: nothing but their files is known. */
describe.each(exampleNames)("%s", (name) => {
  const campaign = exampleCampaign(name);
  const samples = samplesIn(new URL(`corpus-examples/${name}.jsonl`, import.meta.url));

  test("has enough lines, of every kind", () => {
    expect(samples.length).toBeGreaterThanOrEqual(40);
    const expected = samples.map((it) => it.expect);
    expect(new Set(expected.flatMap((it) => it.entries.map((entry) => entry.mode)))).toEqual(
      new Set(["add", "set", "fix"]),
    );
    expect(expected.some((it) => it.questions.length > 0)).toBe(true);
    expect(expected.some((it) => it.rejections.length > 0)).toBe(true);
    expect(expected.some((it) => it.intent === "none")).toBe(true);
  });

  test.each(samples)("$text", (sample) => {
    expect(sorted(parsed(sample, campaign))).toEqual(sorted(sample.expect));
  });
});
