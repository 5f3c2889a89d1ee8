import fc from "fast-check";
import { expect, test } from "vitest";
import { formOfRecord, inPeriod } from "../../src/campaign/unit-record.ts";
import { weekly } from "../support/campaign.ts";
import { openChat, type Said } from "../support/chat.ts";

/**
 * A liaison jumps between four weeks, reports events of any of their days, completes some of them later, moves some to
 * another day and takes some back. What each week then holds is reckoned here from the events alone.
 */
const weeks = [
  { key: "2023-06-01/2023-06-07", last: 7 },
  { key: "2023-06-08/2023-06-14", last: 14 },
  { key: "2023-06-15/2023-06-21", last: 21 },
  { key: "2023-06-22/2023-06-28", last: 28 },
];
const rows = { 应急演练: "publicity.drill", 专题学习: "study.topic" } as const;
type RowName = keyof typeof rows;

interface Event {
  row: RowName;
  sessions: number;
  day: number;
  people: number;
  isGone: boolean;
  moves: { day: number; isGone: boolean }[];
}

const row = fc.constantFrom<RowName>("应急演练", "专题学习");
const day = fc.integer({ min: 1, max: 28 });
const which = fc.nat(40);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("whole" as const), row, day }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("half" as const), row, day }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("complete" as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("move" as const), row, day }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("undo" as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("turnTo" as const),
      words: fc.constantFrom("预览", "报送", "提交"),
      week: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function play(steps: readonly Step[]) {
  const chat = await openChat({ at: "2023-05-24T10:00:00+08:00", campaign: weekly });
  const zhang = { staffId: "张三", nick: "张三" };
  await chat.say(zhang, "联络员 定海 张三 科长 13800000000");
  await chat.say({ staffId: "manager", nick: "管理员" }, "同意");
  chat.clock.moveTo(new Date("2023-06-28T10:00:00+08:00"));
  const events: Event[] = [];
  const undoable: { no: number; undo: () => void }[] = [];
  /** Open questions for the people of an event; what is recorded of its row and week settles them. */
  let asked: { no: number; event: Event }[] = [];
  const sizes = { figure: 0 };
  const next = () => ++sizes.figure;

  function numberOn(said: readonly Said[], button: RegExp): number | null {
    const found = said.flatMap((it) => it.buttons).flatMap((it) => button.exec(it)?.[1] ?? []);
    return found[0] === undefined ? null : Number(found[0]);
  }
  async function say(text: string, undo: () => void): Promise<{ isRecorded: boolean; question: number | null }> {
    const said = await chat.say(zhang, text);
    const no = numberOn(said, /^撤销 (\d+)$/);
    if (no !== null) undoable.push({ no, undo });
    return { isRecorded: no !== null, question: numberOn(said, /^(\d+) 暂不清楚$/) };
  }
  function settle(about: Event, question: number | null): void {
    asked = asked.filter(({ event }) => event.row !== about.row || weekOf(event) !== weekOf(about));
    if (question !== null) asked.push({ no: question, event: about });
  }
  async function report(given: Pick<Event, "row" | "day" | "people">): Promise<void> {
    const event: Event = { ...given, sessions: next(), isGone: false, moves: [] };
    const people = event.people === 0 ? "" : `${event.people}人`;
    const { isRecorded, question } = await say(`6月${event.day}日${event.row}${event.sessions}场${people}`, () => {
      event.isGone = true;
    });
    expect(isRecorded).toBe(true);
    events.push(event);
    settle(event, question);
  }

  for (const it of steps) {
    switch (it.kind) {
      case "whole":
        await report({ row: it.row, day: it.day, people: 1000 + next() });
        break;
      case "half":
        await report({ row: it.row, day: it.day, people: 0 });
        break;
      case "complete": {
        const question = asked[it.which % Math.max(asked.length, 1)];
        if (question === undefined) break;
        const people = 1000 + next();
        const { event } = question;
        const { isRecorded } = await say(`${question.no} ${people}`, () => {
          event.people = 0;
        });
        expect(isRecorded).toBe(true);
        event.people = people;
        settle(event, null);
        break;
      }
      case "move": {
        const event = events.findLast((known) => known.row === it.row && !known.isGone);
        const move = { day: it.day, isGone: false };
        const said = await say(`不对，${it.row}是6月${it.day}日的`, () => {
          move.isGone = true;
        });
        expect(said.isRecorded).toBe(event !== undefined);
        if (event === undefined) break;
        event.moves.push(move);
        settle(event, said.question);
        break;
      }
      case "undo": {
        const last = undoable[it.which % Math.max(undoable.length, 1)];
        if (last === undefined) break;
        await chat.say(zhang, `撤销 ${last.no}`);
        last.undo();
        asked = asked.filter(({ event }) => !event.isGone);
        break;
      }
      case "turnTo":
        await chat.say(zhang, `${it.words} 第${it.week}期`);
        break;
      default:
        it satisfies never;
    }
  }
  const [own] = await chat.store.records();
  await chat.close();
  if (own === undefined) throw new Error("no unit");
  const held = weeks.map(({ key }) => formOfRecord(weekly, inPeriod(own, key)).rows);
  return { events, held };
}

test("every week holds its own events, however they were told, completed, moved and taken back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      const { events, held } = await play(steps);
      for (const [n, { last }] of weeks.entries()) {
        for (const [name, id] of Object.entries(rows)) {
          const own = events.filter((it) => it.row === name && !it.isGone && weekOf(it) === last);
          const state = held[n]?.[id];
          const figures = state === undefined || state.kind === "notApplicable" ? {} : state.figures;
          const sum = (of: (event: Event) => number) => own.reduce((all, it) => all + of(it), 0);
          expect([figures.sessions ?? 0, figures.people ?? 0]).toEqual([
            sum((it) => it.sessions),
            sum((it) => it.people),
          ]);
        }
      }
    }),
    { numRuns: 4 },
  );
});

function weekOf({ day, moves }: Event): number {
  const on = moves.findLast((it) => !it.isGone)?.day ?? day;
  return Math.ceil(on / 7) * 7;
}
