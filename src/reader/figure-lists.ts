import { characterSet } from "./characters.ts";
import type { Figure } from "./figure.ts";

/** What figures that stand beside each other make of one another. */
export function besideEachOther(plain: string, figures: readonly Figure[]): Figure[] {
  return insideParts(plain, respectively(plain, correctedAlike(plain, joinRanges(plain, figures))));
}

/** `3场至5场`, `三场五场`: two figures of one kind with nothing but a dash between are one range. */
function joinRanges(plain: string, figures: readonly Figure[]): Figure[] {
  const joined: Figure[] = [];
  for (const figure of figures) {
    const last = joined.at(-1);
    const isRange =
      last !== undefined &&
      last.counter === figure.counter &&
      figure.counter !== null &&
      /^\s*(?:-|~|至|到|或者?)\s*$/.test(plain.slice(last.end, figure.start));
    if (isRange) joined[joined.length - 1] = { ...last, end: figure.end, problem: "vague" };
    else joined.push(figure);
  }
  return joined;
}

/** 人次不是30是36: what it is counts what it is said not to be. */
function correctedAlike(plain: string, figures: readonly Figure[]): Figure[] {
  let denied: Figure | null = null;
  return figures.map((figure) => {
    const isCorrection = denied !== null && saysInstead.test(plain.slice(denied.end, figure.start));
    const counter = isCorrection ? (figure.counter ?? denied?.counter ?? null) : figure.counter;
    denied = figure.role === "denied" ? figure : null;
    return counter === figure.counter ? figure : { ...figure, counter };
  });
}

const saysInstead = /^\s*[，,]?\s*(?:而?是|应该?是|应当是|应该?为|改[为成]|更正为)\s*$/;

/** 分别30人、40人: what is listed behind the first is said respectively, too, and counted in the last one's word. */
function respectively(plain: string, figures: readonly Figure[]): Figure[] {
  const listed = [...figures];
  for (let at = 0; at < listed.length; at++) {
    const first = listed[at];
    if (first?.role !== "respective") continue;
    let end = at + 1;
    while (end < listed.length && isJoined(plain, listed[end - 1], listed[end])) end++;
    const counter = listed[end - 1]?.counter ?? null;
    for (let i = at; i < end; i++) {
      const figure = listed[i];
      if (figure) listed[i] = { ...figure, counter: figure.counter ?? counter, role: "respective" };
    }
    at = end - 1;
  }
  return listed;
}

function isJoined(plain: string, one: Figure | undefined, next: Figure | undefined): boolean {
  if (!one || !next || (one.counter !== null && one.counter !== next.counter)) return false;
  return /^\s*(?:[、，,]|和|及|与|[、，,]和)\s*$/.test(plain.slice(one.end, next.start));
}

/** Behind the last edge before a place. */
function clauseStart(plain: string, at: number): number {
  let start = at;
  while (start > 0 && !isEdge(plain.charCodeAt(start - 1))) start--;
  return start;
}

const isEdge = characterSet("。；;!！?？\n，,、)");

/** 演练3场150人（防汛2场100人）: what stands in brackets behind a figure of its kind is part of it. */
function insideParts(plain: string, figures: readonly Figure[]): Figure[] {
  if (!plain.includes("(")) return [...figures];
  let open = -1;
  let at = 0;
  return figures.map((figure) => {
    for (; at < figure.start; at++) {
      const character = plain.charAt(at);
      if (character === "(") open = at;
      else if (character === ")") open = -1;
    }
    if (open < 0 || figure.role !== "plain") return figure;
    const clause = clauseStart(plain, open);
    const isPart = figures.some((it) => it.start >= clause && it.end <= open && it.counter === figure.counter);
    return isPart ? { ...figure, role: "part", partAt: open } : figure;
  });
}
