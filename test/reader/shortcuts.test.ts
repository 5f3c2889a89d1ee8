import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { dayOf } from "../../src/campaign/calendar.ts";
import { realDay } from "../../src/reader/calendar.ts";
import { rules } from "../../src/reader/date-rules.ts";
import {
  endingBefore,
  mayEndBefore,
  mayTellAfter,
  mayTellBefore,
  tellingAfter,
  tellingBefore,
} from "../../src/reader/figure-words.ts";
import { matchesOf } from "../../src/reader/matches.ts";
import { plainText } from "../../src/reader/text.ts";
import { samplesIn } from "./samples.ts";

/** What spares the reader work may never change what it reads. */
const folder = new URL("corpus/", import.meta.url);
const texts = readdirSync(folder).flatMap((it) => samplesIn(new URL(it, folder)).map(({ text }) => plainText(text)));

test("no words around a number are passed over that any pattern knows", () => {
  const passedOver: string[] = [];
  for (const text of texts) {
    for (let at = 0; at <= text.length; at++) {
      const before = text.slice(Math.max(0, at - 16), at);
      const after = text.slice(at, at + 8);
      if (!mayEndBefore(before) && endingBefore.some((it) => it.test(before))) passedOver.push(before);
      if (!mayTellBefore(before) && tellingBefore.some((it) => it.test(before))) passedOver.push(before);
      if (!mayTellAfter(after) && tellingAfter.some((it) => it.test(after))) passedOver.push(after);
    }
  }
  expect(passedOver).toEqual([]);
});

test("no date is passed over by its first character", () => {
  const anywhere = rules.map(({ pattern }) => [
    pattern,
    new RegExp(pattern.source.replace(/^\(\?=\[.*?\]\)/, ""), "g"),
  ]);
  for (const [pattern = /$/g, unguarded = /^/g] of anywhere) {
    expect(pattern.source).not.toBe(unguarded.source);
    const placesIn = (it: RegExp) => texts.map((text) => matchesOf(it, text).map((found) => [found.index, found[0]]));
    expect(placesIn(pattern)).toEqual(placesIn(unguarded));
  }
});

test.each([/场/g, /\d*/g, /(?<=2)场|人/g])("matches of %s are those that matchAll finds", (pattern) => {
  for (const text of ["演练2场80人，宣讲12场", "", "场", "没有"]) {
    const placesIn = (matches: Iterable<RegExpExecArray>) => [...matches].map((it) => [it.index, it[0]]);
    expect(placesIn(matchesOf(pattern, text))).toEqual(placesIn(text.matchAll(pattern)));
  }
});

test("days are those of the calendar, in leap years too", () => {
  for (const year of [1900, 2000, 2023, 2024]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const date = new Date(Date.UTC(year, month - 1, day));
        const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        expect(realDay(year, month, day)).toBe(isReal ? date.toISOString().slice(0, 10) : null);
      }
    }
  }
});

test("the day of an instant turns at midnight of its time zone, asked once or again", () => {
  const before = new Date("2023-06-13T23:59:59.999+08:00");
  const midnight = new Date("2023-06-14T00:00:00+08:00");
  for (const _ of [1, 2]) {
    expect(dayOf(before, { timezone: "Asia/Shanghai" })).toBe("2023-06-13");
    expect(dayOf(midnight, { timezone: "Asia/Shanghai" })).toBe("2023-06-14");
    expect(dayOf(midnight, { timezone: "Asia/Kathmandu" })).toBe("2023-06-13");
    expect(dayOf(new Date("2023-06-14T00:00:00+05:45"), { timezone: "Asia/Kathmandu" })).toBe("2023-06-14");
  }
});
