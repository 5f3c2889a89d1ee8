import type { AccuracyLine, BenchLine, SpeedLine } from "./reader.ts";
import type { Share } from "./tally.ts";

/** The measurements of the reader for people: speed, growth with length, hostile lines, accuracy. */
export function readerTable(lines: readonly BenchLine[]): string {
  const accuracy = lines.filter((it): it is AccuracyLine => it.kind === "accuracy");
  const own = accuracy[0]?.reader;
  const totals = accuracy.filter((it) => it.group === null);
  const groups = accuracy.filter((it) => it.group !== null && it.reader === own);
  return [
    ...speedTables(lines.filter((it): it is SpeedLine => it.kind !== "accuracy")),
    accuracyTable("读取者", totals),
    accuracyTable("现象", groups),
  ].join("\n\n");
}

const columns = ["行数", "悄悄读错", "其中数或行错", "多问", "漏问", "清楚的整条读对", "完全一致"];

function accuracyTable(head: string, lines: readonly AccuracyLine[]): string {
  const rows = lines.map((it) => [
    it.group ?? it.reader,
    String(it.lines),
    ...[it.silentMisreads, it.wrongFigures, it.needlessQuestions, it.missedQuestions, it.clearTakenWhole, it.exact].map(
      share,
    ),
  ]);
  return aligned([[head, ...columns], ...rows]);
}

function share({ count, of, percent }: Share): string {
  return percent === null ? "–" : `${count}/${of} ${percent}%`;
}

function speedTables(lines: readonly SpeedLine[]): string[] {
  const of = (kind: SpeedLine["kind"]) => lines.filter((it) => it.kind === kind);
  if (lines.length === 0) return [];
  const speed = of("speed").map((it) => [it.reader, it.linesPerSecond, it.longMs, it.timesAsLong ?? "1"].map(String));
  const scaling = of("scaling").map((it) => [it.reader, ...list(it.ms), ...list(it.growthPerCharacter)]);
  const hostile = of("hostile").map((it) => [String(it.line), ...list(it.ms), String(it.growth)]);
  return [
    aligned([["读取者", "行/秒", "2000字毫秒", "本读取者用时是其几倍"], ...speed]),
    aligned([["读取者", "200字毫秒", "2000字", "20000字", "每字增长 200→2000", "2000→20000"], ...scaling]),
    aligned([["刁难的一行", "2000字毫秒", "4000字", "增长"], ...hostile]),
  ];
}

function list(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

/** Chinese characters are two columns wide in a terminal. */
function widthOf(text: string): number {
  return [...text].reduce((width, it) => width + (/[\u1100-\u115f\u2e80-\uffef]/.test(it) ? 2 : 1), 0);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => widthOf(row[n] ?? ""))));
  const padded = (text: string, n: number) => {
    const gap = " ".repeat((widths[n] ?? 0) - widthOf(text));
    return n === 0 ? text + gap : gap + text;
  };
  return rows.map((row) => row.map(padded).join("  ").trimEnd()).join("\n");
}
