import type { Campaign } from "../../campaign/campaign.ts";
import { rowsOf } from "../../campaign/row.ts";
import { isCommand } from "../../flows/routes.ts";
import { baselines } from "./baselines.ts";
import { hostileNames } from "./hostile.ts";
import type { LabelledGroup, LabelledLine } from "./labelled.ts";
import { type LineReader, ownReader } from "./readers.ts";
import { type Score, score } from "./score.ts";
import {
  contextOf,
  hostileLengths,
  lengths,
  loadOfHostile,
  loadOfLength,
  ordinaryLoad,
  type Timing,
  timings,
} from "./speed.ts";
import { type Tally, tally } from "./tally.ts";

export interface AccuracyLine extends Tally {
  bench: "reader";
  kind: "accuracy";
  reader: string;
  /** The phenomenon, or `null` for all lines. */
  group: string | null;
}
export interface SpeedLine {
  bench: "reader";
  kind: "speed" | "scaling" | "hostile";
  reader: string;
  [figure: string]: unknown;
}
export type BenchLine = AccuracyLine | SpeedLine;

export interface ReaderBenchOptions {
  campaign: Campaign;
  groups: readonly LabelledGroup[];
  rounds: number;
  onRound(done: number): void;
}

/** Ours first, then what it is measured against. */
export function benchReader({ campaign, groups, rounds, onRound }: ReaderBenchOptions): BenchLine[] {
  requireRows(groups, campaign);
  const readers = [ownReader(campaign), ...baselines(campaign)];
  const lines = groups.flatMap((it) => it.lines);
  const accuracy = readers.flatMap((it) => accuracyLines(it, groups, campaign));
  if (rounds === 0) return accuracy;
  const measured = timings({ campaign, readers, lines, rounds, onRound });
  return [...speedLines(readers, measured, lines.length), ...accuracy];
}

/** A label for another form would make every line of it look misread. */
function requireRows(groups: readonly LabelledGroup[], campaign: Campaign): void {
  const labels = new Set(rowsOf(campaign).map((it) => it.indicator.label));
  for (const { name, lines } of groups) {
    const foreign = lines.flatMap((it) => it.expect.entries).find((it) => !labels.has(it.label));
    if (foreign) throw new Error(`--corpus：${name} 里的行“${foreign.label}”不在活动文件“${campaign.id}”里`);
  }
}

function accuracyLines(reader: LineReader, groups: readonly LabelledGroup[], campaign: Campaign): AccuracyLine[] {
  const scored = groups.map(({ name, lines }) => ({ name, scores: lines.map((it) => scoreOf(it, reader, campaign)) }));
  const of = (group: string | null, scores: readonly Score[]): AccuracyLine => ({
    bench: "reader",
    kind: "accuracy",
    reader: reader.name,
    group,
    ...tally(scores),
  });
  const all = scored.flatMap((it) => it.scores);
  return [of(null, all), ...scored.map((it) => of(it.name, it.scores))];
}

/** A command never gets as far as any reader. */
function scoreOf(line: LabelledLine, reader: LineReader, campaign: Campaign): Score {
  const nothing = { entries: [], restZero: false, questions: [], rejections: [] };
  const outcome = isCommand(line.text, campaign) ? nothing : reader.read(line.text, contextOf(line, campaign));
  return score(line.expect, outcome);
}

const targetLinesPerSecond = 10_000;
const targetLongMs = 2;

function speedLines(readers: readonly LineReader[], measured: readonly Timing[], count: number): SpeedLine[] {
  const own = readers[0]?.name ?? "";
  const ms = (reader: string, load: string) =>
    measured.find((it) => it.reader === reader && it.load === load)?.medianMs ?? Number.NaN;
  const line = (kind: SpeedLine["kind"], reader: string, figures: object): SpeedLine => {
    return { bench: "reader", kind, reader, ...figures };
  };
  const speed = readers.map(({ name }) => {
    const linesPerSecond = Math.round((count * 1000) / ms(name, ordinaryLoad));
    const longMs = rounded(ms(name, loadOfLength(2000)));
    const targets = { target: { linesPerSecond: targetLinesPerSecond, longMs: targetLongMs } };
    const isMet = { isMet: linesPerSecond >= targetLinesPerSecond && longMs <= targetLongMs };
    // How many times as long as the other needs: above 1 ours is the slower
    const ratio = rounded(ms(own, ordinaryLoad) / ms(name, ordinaryLoad));
    return line("speed", name, {
      lines: count,
      linesPerSecond,
      longCharacters: 2000,
      longMs,
      ...(name === own ? { ...targets, ...isMet } : { timesAsLong: ratio }),
    });
  });
  const scaling = readers.map(({ name }) => {
    const each = lengths.map((it) => ms(name, loadOfLength(it)));
    const perCharacter = each.map((it, n) => it / (lengths[n] ?? 1));
    return line("scaling", name, {
      characters: lengths,
      ms: each.map(rounded),
      growthPerCharacter: perCharacter.slice(1).map((it, n) => rounded(it / (perCharacter[n] ?? Number.NaN))),
    });
  });
  const hostile = hostileNames.map((name) => {
    const each = hostileLengths.map((it) => ms(own, loadOfHostile(name, it)));
    const [once = Number.NaN, twice = Number.NaN] = each;
    return line("hostile", own, {
      line: name,
      characters: hostileLengths,
      ms: each.map(rounded),
      growth: rounded(twice / once),
    });
  });
  return [...speed, ...scaling, ...hostile];
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
