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

const wide = (text: string) => text.replace(/[!-~]/g, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0));
const thousands = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
/** 一百二, 两千三, 一万二: the last digit without its unit, where nothing follows it. */
function spokenShort(value: number): string | null {
  for (const [unit, name] of [
    [10_000, "万"],
    [1000, "千"],
    [100, "百"],
  ] as const) {
    const [first, second] = [Math.floor(value / unit), (value % unit) / (unit / 10)];
    if (first === 0) continue;
    const isShort = first < 10 && Number.isInteger(second) && second > 0;
    return isShort ? `${first === 2 ? "两" : digits.charAt(first)}${name}${digits.charAt(second)}` : null;
  }
  return null;
}

const forms: Record<string, (value: number) => string> = {
  digits: String,
  "full width": (it) => wide(String(it)),
  thousands,
  "thousands in full width": (it) => wide(thousands(it)),
  "thousands with wide commas": (it) => thousands(it).replaceAll(",", "，"),
  Chinese: inChinese,
  "Chinese with 〇": (it) => inChinese(it).replaceAll("零", "〇"),
  "Chinese with 两": (it) => inChinese(it).replace(/二(?=[千万])|(?<!十)二(?=百)/g, "两"),
  "Chinese with 一十": (it) => inChinese(it).replace(/(^|万零?)十/g, "$1一十"),
  "spoken short": (it) => spokenShort(it) ?? String(it),
  financial: (it) =>
    inChinese(it).replace(
      /[一二三四五六七八九十百千]/g,
      (d) => "壹贰叁肆伍陆柒捌玖拾佰仟"["一二三四五六七八九十百千".indexOf(d)] ?? d,
    ),
  万: (it) => (it >= 10_000 ? `${it / 10_000}万` : String(it)),
  "full-width 万": (it) => (it >= 10_000 ? wide(`${it / 10_000}万`) : wide(String(it))),
  千: (it) => (it >= 1000 && it < 10_000 && it % 10 === 0 ? `${it / 1000}千` : String(it)),
};
const integer = fc.oneof(
  fc.integer({ min: 0, max: 99_999_999 }),
  fc.integer({ min: 0, max: 2000 }),
  fc.integer({ min: 1, max: 9999 }).map((it) => it * 10_000),
  // The round numbers that have a spoken short form
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(10, 100, 1000))
    .map(([first, second, unit]) => (first * 10 + second) * unit),
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

  /** A message taken apart at its joints, where nobody means anything by a space or a 了. */
  const message = fc.tuple(
    fc.constantFrom("", "今天", "昨天下午", "6月12日", "6月5日至7日"),
    fc.constantFrom("", "组织", "又搞"),
    sentence,
    fc.constantFrom("", "共", "累计"),
    fc.constantFrom("", "演练无"),
  );
  type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;
  const jointsOf = ([day, verb, [[name, session, person], sessions, people], total, other]: Message): string[] =>
    [
      day,
      verb,
      name,
      String(sessions),
      session,
      "，",
      total,
      String(people),
      person,
      "参加",
      ...(other ? ["；", other] : []),
    ].filter((it) => it !== "");

  test("spaces of any kind at the joints", () => {
    const space = fc.constantFrom("", "", " ", "  ", "\u3000", "\u00a0", "\t");
    fc.assert(
      fc.property(message, fc.array(space, { minLength: 16, maxLength: 16 }), (parts, spaces) => {
        const joints = jointsOf(parts);
        const spaced = joints.map((it, n) => `${spaces[n] ?? ""}${it}`).join("") + (spaces.at(-1) ?? "");
        expect(outcome(spaced)).toEqual(outcome(joints.join("")));
      }),
    );
  });

  test("a whole message in full-width forms", () => {
    fc.assert(
      fc.property(message, (parts) => {
        const text = jointsOf(parts).join("").replaceAll("，", ",").replaceAll("；", ";");
        expect(outcome(wide(text))).toEqual(outcome(text));
      }),
    );
  });

  test("了 behind verbs, 吧 at the end", () => {
    fc.assert(
      fc.property(message, fc.constantFrom("", "了"), fc.constantFrom("", "吧", "吧。"), (parts, past, end) => {
        const [day, verb, named, total] = parts;
        const plain = jointsOf([day, verb, named, total, ""]);
        const said = plain.map((it) => (it === verb || it === "参加" ? it + past : it)).join("");
        expect(outcome(said + end)).toEqual(outcome(plain.join("")));
      }),
    );
  });

  const remarks = [
    "宣讲2场",
    "演练80人",
    "调研没有开展",
    "警示教育大概一百来人",
    "演练-2场",
    "科普活动两三场",
    "群众举报4项",
    "发现隐患5个，整改3个",
    "检查燃气场站5座，发现隐患3处，均已整改",
    "专题学习3幢",
    "联络会1场20人",
  ];
  const apart = (parts: readonly string[]) =>
    parts.flatMap((it) => outcome(it).entries.map(({ indicatorId, figures }) => ({ indicatorId, figures })));

  test("splitting at ；, whatever each part is", () => {
    const whole = message.map(([day, verb, named, total]) => jointsOf([day, verb, named, total, ""]).join(""));
    const part = fc.oneof(whole, fc.constantFrom(...remarks));
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        expect(apart([parts.join("；")])).toEqual(apart(parts));
      }),
    );
  });

  test.each(remarks.flatMap((it) => remarks.map((other) => [it, other] as const)))("%s；%s", (one, other) => {
    expect(apart([`${one}；${other}`])).toEqual(apart([one, other]));
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
