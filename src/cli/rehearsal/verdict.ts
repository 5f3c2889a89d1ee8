import type { Expected } from "./account.ts";
import type { Standing } from "./standing.ts";

/** What somebody was sent unasked. */
export interface Received {
  at: Date;
  person: string;
  text: string;
}

export interface Verdict {
  sent: number;
  missed: number;
  doubled: number;
  needless: number;
  faults: string[];
}

/** How things stand, and what managers are told of that. */
export interface Scene {
  standings: readonly Standing[];
  turnout: { expected: number; submitted: number };
  /** Names of the campaign's events. */
  events: readonly string[];
}

type Kind = "missed" | "doubled" | "needless";
type Fault = (kind: Kind, what: string) => void;

const marks: Record<string, RegExp> = {
  nomination: /推荐的?联络员/,
  statistics: /统计表/,
  summary: /总结报告/,
  nudge: /本周/,
};

/** Compares what people were sent while time passed with what they should have been sent: to whom, when, and about what. */
export function judge(expected: readonly Expected[], received: readonly Received[], scene: Scene): Verdict {
  const verdict: Verdict = { sent: received.length, missed: 0, doubled: 0, needless: 0, faults: [] };
  const placeOf = ({ at, person }: { at: Date; person: string }) => `${at.toISOString()} ${person}`;
  for (const place of new Set([...expected, ...received].map(placeOf))) {
    const [wanted, ...more] = expected.filter((it) => placeOf(it) === place);
    if (more.length > 0) throw new Error(`two messages are expected at ${place}`);
    const texts = received.filter((it) => placeOf(it) === place).map((it) => it.text);
    const fault: Fault = (kind, what) => {
      verdict[kind] += 1;
      verdict.faults.push(`${place} ${kind}: ${what}`);
    };
    const [text] = texts;
    if (wanted === undefined) for (const it of texts) fault("needless", it.slice(0, 60));
    else if (text === undefined) fault("missed", [...wanted.asks].join(", ") || "the digest");
    else if (texts.length > 1) fault("doubled", `${texts.length} messages`);
    else if (wanted.isDigest) checkDigest(text, scene, fault);
    else checkText(text, wanted, scene, fault);
  }
  return verdict;
}

/** Who has handed in, out of how many; the rest of it is words. */
function checkDigest(text: string, { turnout }: Scene, fault: Fault): void {
  const numbers: readonly string[] = text.match(/\d+/g) ?? [];
  for (const it of [turnout.expected, turnout.submitted])
    if (!numbers.includes(String(it))) fault("missed", `the digest does not say ${it}: ${text.slice(0, 60)}`);
}

function checkText(text: string, { person, asks }: Expected, { standings, events }: Scene, fault: Fault): void {
  // How to hand in a report, or to be nominated, stands beside what is owed and asks for nothing.
  const asked = text.replace(/总结报告请先.*|填报前需要先.*/g, "");
  const wanted = new Set([...asks].map((it) => it.split("/")[1]));
  for (const [about, isMarked] of [
    ...Object.entries(marks).map(([about, mark]) => [about, mark.test(asked)] as const),
    ["event", events.some((it) => asked.includes(it))] as const,
  ]) {
    if (isMarked && !wanted.has(about)) fault("needless", `asks for ${about}`);
    if (!isMarked && wanted.has(about)) fault("missed", `does not ask for ${about}`);
  }
  for (const { unitId, unitName, liaison } of standings) {
    const own = [...asks].filter((it) => it.startsWith(`${unitId}/`)).map((it) => it.slice(unitId.length + 1));
    const isNamed = asked.includes(unitName);
    if (isNamed && own.length === 0) fault("needless", `names ${unitName}`);
    // Only the unit's own liaison knows whose form is meant; an event is everybody's.
    const mustName = own.some((it) => it !== "event") && liaison !== person;
    if (!isNamed && mustName) fault("missed", `does not name ${unitName}`);
  }
}
