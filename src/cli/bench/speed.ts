import type { Campaign } from "../../campaign/campaign.ts";
import type { ReadContext } from "../../reader/reading.ts";
import { hostileLine, hostileNames } from "./hostile.ts";
import type { LabelledLine } from "./labelled.ts";
import type { LineReader } from "./readers.ts";

/** What a round measures: one task for each reader and load, all in one process and in turns. */
interface Task {
  reader: string;
  load: string;
  run(): void;
}
export interface Timing {
  reader: string;
  load: string;
  /** Of the rounds, each a mean of the repetitions within it. */
  medianMs: number;
}
export interface SpeedOptions {
  campaign: Campaign;
  readers: readonly LineReader[];
  lines: readonly LabelledLine[];
  rounds: number;
  onRound(done: number): void;
}

export const lengths = [200, 2_000, 20_000] as const;
export const hostileLengths = [2_000, 4_000] as const;
export const ordinaryLoad = "ordinary";
export const loadOfLength = (length: number) => `length ${length}`;
export const loadOfHostile = (name: string, length: number) => `hostile ${name} ${length}`;

/** Hostile lines are for the first reader only. The warm-up is a round that doesn't count. */
export function timings({ campaign, readers, lines, rounds, onRound }: SpeedOptions): Timing[] {
  const tasks = readers.flatMap((it) => ordinaryTasks(it, lines, campaign));
  const [own] = readers;
  if (own !== undefined) tasks.push(...hostileTasks(own, campaign));
  const times = tasks.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [n, task] of tasks.entries()) {
      const ms = timed(task);
      if (round > 0) times[n]?.push(ms);
    }
    onRound(round);
  }
  return tasks.map(({ reader, load }, n) => ({ reader, load, medianMs: median(times[n] ?? []) }));
}

function ordinaryTasks(reader: LineReader, lines: readonly LabelledLine[], campaign: Campaign): Task[] {
  const contexts = lines.map((it) => contextOf(it, campaign));
  const whole: ReadContext = contextOf({ now: lines[0]?.now ?? `${campaign.period.end}T12:00:00Z` }, campaign);
  const readAll = () => {
    for (const [n, { text }] of lines.entries()) reader.read(text, contexts[n] ?? whole);
  };
  const long = lengths.map((length) => {
    const text = longLine(lines, length);
    return { reader: reader.name, load: loadOfLength(length), run: () => void reader.read(text, whole) };
  });
  return [{ reader: reader.name, load: ordinaryLoad, run: readAll }, ...long];
}

function hostileTasks(reader: LineReader, campaign: Campaign): Task[] {
  const context = contextOf({ now: `${campaign.period.end}T12:00:00Z` }, campaign);
  return hostileNames.flatMap((name) =>
    hostileLengths.map((length) => {
      const text = hostileLine(name, length);
      return { reader: reader.name, load: loadOfHostile(name, length), run: () => void reader.read(text, context) };
    }),
  );
}

export function contextOf({ now, fields }: Pick<LabelledLine, "now" | "fields">, campaign: Campaign): ReadContext {
  return { campaign, fields: fields ?? campaign.fields, now: new Date(now) };
}

/** Ordinary lines joined as somebody would who sends a month at once. */
function longLine(lines: readonly LabelledLine[], length: number): string {
  let text = "";
  for (let n = 0; text.length < length; n++) text += `${lines[n % lines.length]?.text ?? ""}；`;
  return text.slice(0, length);
}

/** Short tasks are repeated until the clock can tell them apart. */
function timed({ run }: Task): number {
  const start = performance.now();
  let repetitions = 0;
  let ms = 0;
  while (ms < shortestMs) {
    run();
    repetitions += 1;
    ms = performance.now() - start;
  }
  return ms / repetitions;
}
const shortestMs = 4;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
