import { describe, expect, it } from "vitest";
import { clockOf, dayOf, instantAt, knowsHolidays } from "../../src/campaign/calendar.ts";
import { isOfficeTime, nextOfficeTime, officeMinutesBetween } from "../../src/campaign/office-hours.ts";
import { zhoushan } from "../support/campaign.ts";

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11), zhoushan);
const textOf = (instant: Date) => `${dayOf(instant, zhoushan)} ${clockOf(instant, zhoushan)}`;

describe("office hours", () => {
  it.each([
    ["2023-06-21 08:29", false],
    ["2023-06-21 08:30", true],
    ["2023-06-21 11:30", true],
    ["2023-06-21 11:31", false],
    ["2023-06-21 13:59", false],
    ["2023-06-21 17:30", true],
    ["2023-06-21 17:31", false],
    // 端午节, and the Sunday that was worked for it.
    ["2023-06-22 10:00", false],
    ["2023-06-25 10:00", true],
    ["2023-06-24 10:00", false],
  ])("at %s: %s", (text, expected) => {
    expect(isOfficeTime(at(text), zhoushan)).toBe(expected);
  });

  it.each([
    ["2023-06-21 10:00", "2023-06-21 10:00"],
    ["2023-06-21 07:00", "2023-06-21 08:30"],
    ["2023-06-21 12:00", "2023-06-21 14:00"],
    ["2023-06-21 17:31", "2023-06-25 08:30"],
    ["2023-06-23 10:00", "2023-06-25 08:30"],
  ])("from %s they next are at %s", (from, next) => {
    expect(textOf(nextOfficeTime(at(from), zhoushan))).toBe(next);
  });

  it("are counted without lunch, night and rest days", () => {
    const minutes = (from: string, to: string) => officeMinutesBetween(at(from), at(to), zhoushan);
    expect(minutes("2023-06-21 09:00", "2023-06-21 09:30")).toBe(30);
    expect(minutes("2023-06-21 11:00", "2023-06-21 14:30")).toBe(60);
    expect(minutes("2023-06-21 17:00", "2023-06-25 09:00")).toBe(60);
    expect(minutes("2023-06-22 09:00", "2023-06-24 18:00")).toBe(0);
    expect(minutes("2023-06-21 09:00", "2023-06-21 09:00")).toBe(0);
  });

  it("know the holidays of published years only", () => {
    expect([2023, 2026, 2027].map(knowsHolidays)).toEqual([true, true, false]);
    // New Year's Day of 2027 is a Friday, and is taken for a working day until its holidays are published.
    expect(isOfficeTime(at("2027-01-01 10:00"), zhoushan)).toBe(true);
    expect(isOfficeTime(at("2027-01-02 10:00"), zhoushan)).toBe(false);
  });
});
