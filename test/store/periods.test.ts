import { expect, test } from "vitest";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { consolidate } from "../../src/campaign/consolidated.ts";
import { allPeriodsOf, inPeriod } from "../../src/campaign/unit-record.ts";
import { openDatabase } from "../../src/store/database.ts";
import { storeOn } from "../../src/store/prisma-store.ts";
import { entry, wholeForm } from "../support/builders.ts";
import { unitOf, weekly, zhoushan } from "../support/campaign.ts";
import { emptyDatabase } from "../support/database.ts";
import { given, now, open, recordOf } from "./opened.ts";

const [first, second] = ["2023-06-01/2023-06-07", "2023-06-08/2023-06-14"] as const;
const unit = unitOf("dinghai", weekly);
const form = { ...wholeForm(unit), version: 1, submittedAt: now, submittedBy: "zhangsan" };

test("entries, explanations and submissions are kept by period", async () => {
  const store = await open({ campaign: weekly });
  await given(store, [
    { type: "entriesRecorded", entries: [entry({ no: 1, period: first, date: "2023-06-05" })] },
    { type: "entriesRecorded", entries: [entry({ no: 2, period: second, date: null, mode: "set" })] },
    { type: "explained", unitId: "dinghai", period: first, indicatorId: "publicity.drill", text: "第一期" },
    { type: "explained", unitId: "dinghai", period: second, indicatorId: "publicity.drill", text: "第二期" },
    { type: "submissionMoved", unitId: "dinghai", period: second, event: { type: "submitted", form } },
  ]);
  const all = allPeriodsOf(await recordOf(store));
  expect(all.map((it) => it.entries.map((entry) => entry.no))).toEqual([[1], [2], [], [], []]);
  expect(all.slice(0, 2).map((it) => it.explanations)).toEqual([
    { "publicity.drill": "第一期" },
    { "publicity.drill": "第二期" },
  ]);
  expect(all.map((it) => it.submission.status)).toEqual(["drafting", "submitted", "drafting", "drafting", "drafting"]);
  expect(await store.submittedForm("dinghai", 1, second)).toEqual(form);
  await expect(store.submittedForm("dinghai", 1, first)).rejects.toThrow();
});

test("a liaison gets the earliest period owed or the one chosen, a manager the one in view", async () => {
  const store = await open({ campaign: weekly });
  await given(store, [
    { type: "submissionMoved", unitId: "dinghai", period: first, event: { type: "submitted", form } },
  ]);
  const standing = { isManager: false, liaisonOf: "dinghai", contactOf: [] };
  const noOf = (at: string, period: string | null) =>
    store.turn(async (turn) => {
      const { own, all } = await turn.facts(["own", "all"], { standing, now: new Date(at), period });
      return [own.period.no, all[0]?.period.no];
    });
  expect(await noOf("2023-06-16T10:00:00+08:00", null)).toEqual([2, 3]);
  expect(await noOf("2023-06-16T10:00:00+08:00", first)).toEqual([1, 3]);
});

test("each period's table is published once at its deadline", async () => {
  const store = await open({ campaign: weekly });
  const seen = (await store.records()).map((it) => inPeriod(it, second));
  const table = consolidate(weekly, seen, { basis: "submitted", asOf: now });
  await store.tick((tick) => tick.publish({ no: 1, table, cause: "deadline" }, [], now));
  const published = (period?: string) => store.tick((tick) => tick.publishedAtDeadline(period));
  expect([await published(first), await published(second), await published()]).toEqual([null, now, null]);
  expect((await store.publication(1)).table).toEqual(table);
});

test("what was recorded before the form was owed weekly counts in the week of its day, without one in the first", async () => {
  const database = await openDatabase(await emptyDatabase());
  const of = (campaign: Campaign) => storeOn(database, { campaign, managers: [] });
  const once = { ...zhoushan, id: weekly.id };
  await given(of(once), [
    {
      type: "entriesRecorded",
      entries: [entry({ no: 1, date: "2023-06-12" }), entry({ no: 2, date: null, mode: "set" })],
    },
    { type: "explained", unitId: "dinghai", indicatorId: "publicity.drill", text: "说明" },
  ]);
  const all = allPeriodsOf(await recordOf(of(weekly)));
  expect(all.map((it) => it.entries.map((entry) => entry.no))).toEqual([[2], [1], [], [], []]);
  expect(all[0]?.explanations).toEqual({ "publicity.drill": "说明" });
  await database.close();
});

test("an explanation of a period that the campaign file no longer has goes where its days are, and takes nobody's place", async () => {
  const store = await open({ campaign: weekly });
  const explained = (period: string, text: string) =>
    ({ type: "explained", unitId: "dinghai", period, indicatorId: "publicity.drill", text }) as const;
  await given(store, [
    explained("2023-06-09/2023-06-15", "旧的第二期"),
    explained("2023-06-16/2023-06-22", "旧的第三期"),
  ]);
  const textsOf = async () => allPeriodsOf(await recordOf(store)).map((it) => it.explanations["publicity.drill"]);
  expect(await textsOf()).toEqual([undefined, "旧的第二期", "旧的第三期", undefined, undefined]);
  await given(store, [explained(second, "第二期")]);
  expect(await textsOf()).toEqual([undefined, "第二期", "旧的第三期", undefined, undefined]);
});

test("a correction of its day takes an entry and its other corrections to that day's period, until it is withdrawn", async () => {
  const store = await open({ campaign: weekly });
  await given(store, [
    {
      type: "entriesRecorded",
      entries: [
        entry({ no: 1, period: second, date: "2023-06-12" }),
        entry({ no: 2, period: second, date: null, mode: "fix", fixes: 1 }),
        entry({ no: 3, period: first, date: "2023-06-06", mode: "fix", fixes: 1, figures: {} }),
        entry({ no: 4, period: first, date: null, mode: "fix", fixes: 1 }),
      ],
    },
  ]);
  const numbers = async () => allPeriodsOf(await recordOf(store)).map((it) => it.entries.map((entry) => entry.no));
  expect(await numbers()).toEqual([[1, 2, 3, 4], [], [], [], []]);
  await given(store, [{ type: "entriesWithdrawn", numbers: [3], at: now }]);
  expect(await numbers()).toEqual([[], [1, 2, 3, 4], [], [], []]);
});
