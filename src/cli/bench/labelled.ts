import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";

/** Labelled lines: what somebody writes to the bot, and what a careful clerk would take from it (shape of design §5.4). */
export const lineSchema = z.strictObject({
  text: z.string(),
  now: z.iso.datetime({ offset: true }),
  fields: z.array(z.string()).optional(),
  expect: z.strictObject({
    entries: z.array(
      z.strictObject({
        label: z.string(),
        field: z.string().nullable(),
        date: z.string().nullable(),
        dateFrom: z.string().nullable().default(null),
        measures: z.record(z.string(), z.number()),
        mode: z.enum(["add", "set", "fix"]),
      }),
    ),
    questions: z.array(z.string()),
    rejections: z.array(z.string()),
    intent: z.enum(["report", "command", "none"]),
    restZero: z.boolean().default(false),
  }),
  why: z.string().optional(),
});

export type LabelledLine = z.infer<typeof lineSchema>;

/** The lines of one phenomenon: one file, named for it. */
export interface LabelledGroup {
  name: string;
  lines: LabelledLine[];
}

/** Reads a file of JSON lines, or every `*.jsonl` of a folder. Throws what the person who named it can read. */
export async function labelledGroups(path: string): Promise<LabelledGroup[]> {
  const found = await stat(path).catch(() => {
    throw new Error(`--corpus “${path}” 不存在或读不了，应为 .jsonl 文件或文件夹`);
  });
  const names = found.isDirectory() ? (await readdir(path)).filter((it) => it.endsWith(".jsonl")).toSorted() : null;
  if (names?.length === 0) throw new Error(`--corpus “${path}” 里没有 .jsonl 文件`);
  const files = names?.map((it) => join(path, it)) ?? [path];
  return Promise.all(files.map(async (it) => ({ name: basename(it, ".jsonl"), lines: await labelledLines(it) })));
}

async function labelledLines(file: string): Promise<LabelledLine[]> {
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.flatMap((line, n) => (line.trim() === "" ? [] : [labelledLine(line, `${file} 第 ${n + 1} 行`)]));
}

function labelledLine(line: string, place: string): LabelledLine {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : "不是有效的 JSON";
    throw new Error(`${place}：${what}`);
  }
}
