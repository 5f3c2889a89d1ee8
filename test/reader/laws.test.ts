import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCount } from "../../src/reader/count.ts";
import { read } from "../../src/reader/reading.ts";
import { zhoushan } from "./campaign.ts";

const context = { campaign: zhoushan, fields: ["城市运行和市容环卫领域"], now: new Date("2023-06-13T16:30:00+08:00") };
const digits = "零一二三四五六七八九";

/** Ordinary written Chinese: 一万零五十, 十二, 三百二十. */
function inChinese(value: number): string {
  if (value === 0) return "零";
  const wan = Math.floor(value / 10_000);
  const rest = value % 10_000;
  if (wan === 0) return section(rest).replace(/^一十/, "十");
  const gap = rest > 0 && rest < 1000 ? "零" : "";
  return `${section(wan).replace(/^一十/, "十")}万${rest > 0 ? gap + section(rest) : ""}`;
}

function section(value: number): string {
  let text = "";
  let isGap = false;
  for (const [unit, name] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) isGap = text !== "";
    else {
      text += (isGap ? "零" : "") + digits.charAt(digit) + name;
      isGap = false;
    }
  }
  return text;
}

const forms: Record<string, (value: number) => string> = {
  digits: String,
  "full width": (it) => String(it).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
  thousands: (it) => String(it).replace(/\B(?=(\d{3})+$)/g, ","),
  Chinese: inChinese,
  financial: (it) =>
    inChinese(it).replace(
      /[一二三四五六七八九十百千]/g,
      (d) => "壹贰叁肆伍陆柒捌玖拾佰仟"["一二三四五六七八九十百千".indexOf(d)] ?? d,
    ),
  万: (it) => (it >= 10_000 && it % 100 === 0 ? `${it / 10_000}万` : String(it)),
};
const integer = fc.oneof(
  fc.integer({ min: 0, max: 99_999_999 }),
  fc.integer({ min: 0, max: 2000 }),
  fc.integer({ min: 1, max: 9999 }).map((it) => it * 10_000),
);

describe.each(Object.entries(forms))("a number in %s", (_, write) => {
  test("reads back as an answer", () => {
    fc.assert(
      fc.property(integer, (value) => {
        expect(readCount(write(value))).toEqual({ kind: "count", value });
        expect(readCount(`共${write(value)}人`)).toEqual({ kind: "count", value });
      }),
    );
  });

  test("reads back in a sentence", () => {
    fc.assert(
      fc.property(integer, (value) => {
        fc.pre(value > 0);
        const { entries } = read(`应急演练2场，${write(value)}人参加`, context);
        expect(entries.map((it) => it.figures)).toEqual([{ sessions: 2, people: value }]);
      }),
    );
  });
});

const rows = fc.constantFrom(
  ["应急演练", "场", "人"],
  ["安全宣讲", "次", "人次"],
  ["警示教育", "期", "名"],
  ["自救互救培训", "场次", "位"],
) as fc.Arbitrary<[string, string, string]>;
const sentence = fc.tuple(rows, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5000 }));

function outcome(text: string) {
  const reading = read(text, context);
  return {
    entries: reading.entries.map(({ span: _, spans: __, ...it }) => it),
    asked: reading.questions.map((it) => it.about),
    rejected: reading.rejections.map((it) => it.reason),
  };
}

describe("what changes nothing", () => {
  test("了, 吧, spaces, full-width forms", () => {
    fc.assert(
      fc.property(sentence, ([[name, session, person], sessions, people]) => {
        const plain = outcome(`开展${name}${sessions}${session}，${people}${person}参加`);
        expect(plain.entries).toHaveLength(1);
        for (const variant of [
          `开展了${name}${sessions}${session}，${people}${person}参加了`,
          `开展${name}${sessions}${session}，${people}${person}参加吧`,
          ` 开展 ${name} ${sessions} ${session} ， ${people} ${person} 参加 `,
          `开展${name}${forms["full width"]?.(sessions)}${session},${forms["full width"]?.(people)}${person}参加`,
          `开展${name}${inChinese(sessions)}${session}，${inChinese(people)}${person}参加`,
        ]) {
          expect(outcome(variant)).toEqual(plain);
        }
      }),
    );
  });

  test("splitting at ； gives the same figures", () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 4 }), (sentences) => {
        const parts = sentences.map(([[name, session, person], a, b]) => `${name}${a}${session}${b}${person}`);
        const whole = outcome(parts.join("；"));
        expect(whole.entries).toEqual(parts.flatMap((it) => outcome(it).entries));
        expect(whole.asked).toEqual([]);
      }),
    );
  });

  test("any text at all is read without an accident, and every figure stands in it", () => {
    const piece = fc.constantFrom(
      ..."演练宣讲发现隐患整改检查2场80人，。；、 1,5-6万百十两几多共每各不是对没无其余都昨天6月号上周：()第\n".split(
        "",
      ),
      "应急演练",
      "安全宣讲",
      "120人",
      "2场",
      "均已整改",
      "不对",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        for (const entry of read(text, { ...context, fields: zhoushan.fields, rowNumbers: [1, 2, 3] }).entries) {
          expect(entry.span.start).toBeLessThan(entry.span.end);
          expect(entry.span.end).toBeLessThanOrEqual(text.length);
          for (const value of Object.values(entry.figures)) expect(Number.isFinite(value) && value >= 0).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Lines that would keep a careless pattern busy for ever: the test's own time limit is the judge. */
test.each(
  [
    "1",
    "一",
    "1,",
    "1、",
    "共",
    "没有",
    "其余",
    "6月",
    "5-",
    "每场40人其中大概约近",
    "演练",
    "发现8个隐患整改7个",
    "不对改成",
    " ",
  ].map((it) => [it, it.repeat(Math.ceil(20_000 / it.length))] as const),
)("a hostile line of %j is read", (_, line) => {
  expect(read(line, { ...context, rowNumbers: [1, 2, 3] }).intent).toMatch(/report|none/);
});
