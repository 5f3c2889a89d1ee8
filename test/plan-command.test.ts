import { execFile } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { calendarOf, unknownYears } from "../src/cli/plan/calendar.ts";
import { icsOf } from "../src/cli/plan/ics.ts";
import { main } from "../src/cli/plan.ts";
import { daily, zhoushan } from "./support/campaign.ts";

const root = new URL("..", import.meta.url);

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = ["--import", "tsx", "src/cli/plan.ts", ...args];
  return promisify(execFile)(process.execPath, command, { cwd: root }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      err: error.stderr,
    }),
  );
}

describe("the calendar of all reminders", () => {
  const june = { from: "2023-06-21", to: "2023-06-30" };
  const texts = calendarOf(zhoushan, june).map(
    ({ day, weekday, kind, clock, what, to }) => `${day} ${weekday} ${kind} ${clock} ${what} → ${to}`,
  );

  test("has a line for each moment, with the kind of its day", () => {
    expect(texts.slice(0, 2)).toEqual([
      "2023-06-21 周三 工作日 15:00 本周还没有报送 → 10 位联络员（10 个单位）",
      "2023-06-25 周日 调休上班 09:00 统计表、活动总结报告 → 10 位联络员（10 个单位）",
    ]);
    expect(texts).toContain("2023-06-26 周一 工作日 08:45 进度摘要 → 管理员");
  });

  test("asks contacts and managers for liaisons, and those then for reports and events", () => {
    const lines = calendarOf(zhoushan, { from: "2023-05-31", to: "2023-06-16" });
    expect(lines.map(({ day, what, to }) => `${day} ${what} → ${to}`)).toEqual([
      "2023-05-31 联络员推荐 → 9 位联系人（9 个单位）",
      "2023-05-31 联系不到的单位：联络员推荐 → 管理员",
      "2023-06-02 本周还没有报送 → 10 位联络员（10 个单位）",
      "2023-06-09 本周还没有报送 → 10 位联络员（10 个单位）",
      "2023-06-15 统计表、活动总结报告、6·16 安全宣传咨询日（请做好记录） → 10 位联络员（10 个单位）",
      "2023-06-16 6·16 安全宣传咨询日（请报一句） → 10 位联络员",
    ]);
  });

  test("says how each day is counted", () => {
    const counted = calendarOf(zhoushan, { from: "2023-05-19", to: "2023-07-31" }).map(
      (it) => `${it.day} ${it.counted}`,
    );
    expect(counted).toEqual(
      expect.arrayContaining([
        "2023-05-22 联络员推荐 3 个工作日前",
        "2023-05-25 联络员推荐 截止当天",
        "2023-06-15 统计表 10 个工作日前；活动总结报告 10 个工作日前",
        "2023-06-25 统计表 5 个工作日前；活动总结报告 5 个工作日前",
        "2023-07-03 统计表 逾期第 1 个工作日；活动总结报告 逾期第 1 个工作日",
      ]),
    );
  });

  test("begins where it is asked to, without what came before", () => {
    expect(calendarOf(zhoushan, { from: "2023-06-15", to: "2023-06-15" })).toHaveLength(1);
    expect(calendarOf(zhoushan, { from: "2023-06-17", to: "2023-06-20" })).toEqual([]);
  });

  test("names the periods of a form that is owed again and again", () => {
    const counted = calendarOf(daily, { from: "2023-06-05", to: "2023-06-05" }).map((it) => it.counted);
    expect(counted).toContainEqual("统计表已逾期 4 期；统计表第 5 期 截止当天");
  });

  test("names the years whose holidays are not published", () => {
    expect(unknownYears({ from: "2026-01-01", to: "2028-01-01" })).toEqual(
      [2027, 2028].map((it) => `${it} 年的节假日安排还没有数据：这一年把周一至周五都当作工作日。`),
    );
  });
});

describe("the calendar file", () => {
  const span = { from: "2023-05-19", to: "2023-07-10" };
  const lines = calendarOf(zhoushan, span);

  test("is the same for the same days", () => {
    const first = icsOf(zhoushan, lines, span);
    expect(icsOf(zhoushan, calendarOf(zhoushan, span), span)).toBe(first);
    const uids = [...first.matchAll(/^UID:(.+)$/gm)].map((it) => it[1]);
    expect(uids).toHaveLength(lines.length);
    expect(new Set(uids).size).toBe(lines.length);
  });

  test("has instants in UTC and names the zone", () => {
    const text = icsOf(zhoushan, lines.slice(0, 1), span);
    expect(text.split("\r\n")).toEqual(
      expect.arrayContaining([
        "X-WR-TIMEZONE:Asia/Shanghai",
        "UID:zhoushan-2023-20230522T010000Z-1@anyue",
        "DTSTAMP:20230518T160000Z",
        "DTSTART:20230522T010000Z",
        "DTEND:20230522T011500Z",
        "SUMMARY:联络员推荐 → 9 位联系人（9 个单位）",
        "DESCRIPTION:联络员推荐 3 个工作日前",
      ]),
    );
  });
});

describe("the command", () => {
  test("prints the table and writes the file", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "anyue-plan-")), "plan.ics");
    const span = ["--from", "2023-05-19", "--to", "2023-05-22"];
    const { code, out } = await run(
      ...["--campaign", "campaigns/zhoushan-2023.json", ...span, "--units", "3", "--ics", file],
    );
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((it) => it.replace(/ {2,}/g, "|")),
    ).toEqual([
      "日期|星期|性质|时间|内容|发给|怎么算的",
      "2023-05-22|周一|工作日|09:00|联络员推荐|3 位联系人（3 个单位）|联络员推荐 3 个工作日前",
      "按提醒最多的情形排：各单位到 2023-06-01 才有联络员，此后一直没有报送。",
    ]);
    const ics = await readFile(file, "utf8");
    expect([ics.slice(0, 17), ics.slice(-15)]).toEqual(["BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n"]);
  });

  test("says what is wrong and no more, and ends with 2", async () => {
    const { code, out, err } = await run("--from", "2023-05-19");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("缺少 --to");
    expect(err).not.toContain("    at ");
  });

  test.each([
    [["--from", "5月19日", "--to", "2023-07-10"], "--from “5月19日” 应为日期，如 2023-05-19"],
    [["--from", "2023-07-10", "--to", "2023-05-19"], "--to “2023-05-19” 早于 --from “2023-07-10”"],
    [["--from", "2023-05-19", "--to", "2023-07-10", "--units", "0"], "--units “0” 应为 1 到 10 的整数"],
    [["--until", "2023-07-10"], "参数应为 --campaign、--from、--to、--ics、--units"],
  ])("says what is wrong with %j", async (args, message) => {
    await expect(main(args)).rejects.toThrow(message);
  });
});
