import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** `npm run -s parse` as README says: lines in, one JSON object each out. */
function parse(input: string, ...options: string[]) {
  const root = resolve(import.meta.dirname, "..");
  const child = spawnSync(process.execPath, ["--import", "tsx", "src/cli/parse.ts", ...options], {
    cwd: root,
    input,
    encoding: "utf8",
  });
  const lines = child.stdout.split("\n").filter((it) => it !== "");
  return { status: child.status, errors: child.stderr, objects: lines.map((it): unknown => JSON.parse(it)) };
}

describe("npm run parse", () => {
  it("answers a line of text with its figures, and knows a command", () => {
    const { status, objects } = parse("6月13日开展2场应急演练，120人参加\n进度\n");
    expect(status).toBe(0);
    expect(objects).toMatchObject([
      {
        intent: "report",
        entries: [{ indicator: "publicity.drill", date: "2023-06-13", measures: { 场次: 2, 人次: 120 }, mode: "add" }],
      },
      { intent: "command", entries: [] },
    ]);
  });

  it("takes each message with its own moment and fields", () => {
    const line = { text: "今天发现隐患5个", now: "2023-06-13T16:30:00+08:00", fields: ["城市运行和市容环卫领域"] };
    expect(parse(JSON.stringify(line), "--jsonl").objects).toMatchObject([
      { entries: [{ indicator: "city.found", date: "2023-06-13", measures: { 个: 5 } }], questions: [] },
    ]);
  });

  it("refuses options it can't use", () => {
    const { status, errors } = parse("", "--fields", "航天领域");
    expect(status).toBe(2);
    expect(errors).toContain("航天领域");
  });
});
