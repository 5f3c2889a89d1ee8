import { describe, expect, it } from "vitest";
import { type Fault, parseCampaign } from "../../src/campaign/campaign.ts";
import { rowsOf } from "../../src/campaign/row.ts";
import { zhoushanJson } from "../support/campaign.ts";

describe("a broken campaign file", () => {
  type Part = Record<string, unknown>;
  interface Json extends Part {
    units: Part[];
    obligations: Part;
    form: Part & { sections: (Part & { indicators: (Part & { measures: Part[] })[] })[]; checks: Part[] };
  }
  const faultsOf = (spoil: (json: Json) => void): Fault[] => {
    const json = zhoushanJson() as Json;
    spoil(json);
    const parsed = parseCampaign(json);
    return parsed.ok ? [] : parsed.faults;
  };
  const pathsOf = (spoil: (json: Json) => void) => faultsOf(spoil).map((it) => it.path);
  const owed = (json: Json, given: Part) => {
    const weekly = { repeat: "weekly", weekday: 4, dueTime: "12:00", from: "2023-06-01", until: "2023-07-06" };
    json.obligations.statistics = { ...weekly, ...given };
  };
  const unit = (json: Json, n: number) => json.units[n] ?? {};
  const row = (json: Json, section: number, n: number) => json.form.sections[section]?.indicators[n];

  it("is refused with every fault in one go, each with its path and in Chinese", () => {
    const faults = faultsOf((it) => {
      Object.assign(it, { timezone: "Asia/Zhoushan", surprise: 1, opensOn: "2023-02-30" });
      Object.assign(it, { period: { start: "2023-07-01", end: "2023-06-01" } });
      Object.assign(unit(it, 0), { fields: ["航天领域"], aliases: ["普陀"] });
      Object.assign(unit(it, 2), { id: "putuo", parent: "nobody" });
      Object.assign(unit(it, 3), { name: " ", colour: "red" });
      Object.assign(row(it, 0, 0) ?? {}, { short: "一二三四五六七八九十一二三" });
      Object.assign(row(it, 0, 1) ?? {}, { id: "study.topic" });
      it.form.checks.push({ kind: "atMost", grade: "soft", left: "nothing.count", right: "city.found.count" });
    });
    expect(faults.map((it) => it.path).sort()).toEqual([
      "",
      "form.checks[6].left",
      "form.sections[0].indicators[0].short",
      "form.sections[0].indicators[1].id",
      "opensOn",
      "period",
      "timezone",
      "units[0].fields[0]",
      "units[1].aliases[0]",
      "units[2].id",
      "units[2].parent",
      "units[3]",
      "units[3].name",
    ]);
    for (const { message } of faults) expect(message).toMatch(/[\u4e00-\u9fff]/);
  });

  it("says what clashes with what, and names a key that nobody knows", () => {
    const faults = faultsOf((it) => {
      Object.assign(unit(it, 0), { aliases: ["定海", "普陀山公管中心"] });
      Object.assign(it, { surprise: 1 });
    });
    expect(faults).toEqual([
      { path: "", message: expect.stringContaining("surprise") },
      { path: "units[5].name", message: "“普陀山公管中心”与 units[0].aliases[1] 重复" },
    ]);
  });

  it("is refused when parts are missing or of another kind", () => {
    expect(
      pathsOf((it) => {
        Object.assign(it, { year: "2023", theme: undefined });
        Object.assign(unit(it, 3), { fields: null });
        Object.assign(row(it, 0, 0) ?? {}, { measures: [] });
        it.form.checks.push({ kind: "about", grade: "soft" });
      }).sort(),
    ).toEqual(["form.checks[6].kind", "form.sections[0].indicators[0].measures", "theme", "units[3].fields", "year"]);
    for (const json of [null, [], "{}", {}]) expect(parseCampaign(json).ok).toBe(false);
  });

  it.each<[string, (json: Json) => void, string]>([
    ["a section's id twice", (it) => Object.assign(it.form.sections[1] ?? {}, { id: "study" }), "form.sections[1].id"],
    [
      "a measure's id twice in a row",
      (it) => Object.assign(row(it, 0, 0)?.measures[1] ?? {}, { id: "sessions" }),
      "form.sections[0].indicators[0].measures[1].id",
    ],
    [
      "a row of a field that is none",
      (it) => Object.assign(row(it, 2, 0) ?? {}, { field: "航天领域" }),
      "form.sections[2].indicators[0].field",
    ],
    [
      "a column that the table does not have",
      (it) => Object.assign(row(it, 1, 0)?.measures[0] ?? {}, { column: 2 }),
      "form.sections[1].indicators[0].measures[0].column",
    ],
    [
      "a deadline before anything opens",
      (it) => Object.assign(it, { opensOn: "2023-05-26" }),
      "obligations.nomination.due",
    ],
    [
      "a form owed again and again until before it begins",
      (it) => owed(it, { until: "2023-05-01" }),
      "obligations.statistics.until",
    ],
    [
      "a form without a due day",
      (it) => owed(it, { from: "2023-06-02", until: "2023-06-07" }),
      "obligations.statistics",
    ],
    [
      "a form due before the campaign begins only",
      (it) => owed(it, { from: "2023-05-20", until: "2023-06-01" }),
      "obligations.statistics",
    ],
    [
      "a form due before anything opens",
      (it) => {
        owed(it, { from: "2023-06-08" });
        Object.assign(it, { opensOn: "2023-06-10", period: { start: "2023-06-01", end: "2023-06-30" } });
        for (const name of ["nomination", "summary"]) Object.assign(it.obligations, { [name]: { due: "2023-07-01" } });
      },
      "obligations.statistics.from",
    ],
    ["a form that recurs as none does", (it) => owed(it, { repeat: "yearly" }), "obligations.statistics.repeat"],
    ["a weekly form without a weekday", (it) => owed(it, { weekday: undefined }), "obligations.statistics.weekday"],
    [
      "a nomination that recurs",
      (it) => Object.assign(it.obligations, { nomination: { due: "2023-05-25", repeat: "daily" } }),
      "obligations.nomination.repeat",
    ],
    [
      "a minimum of a figure that is none",
      (it) => Object.assign(it.form.checks[4] ?? {}, { measure: "study.topic" }),
      "form.checks[4].measure",
    ],
    [
      "a contact with a landline",
      (it) => Object.assign(unit(it, 0), { contacts: [{ mobile: "2182286" }] }),
      "units[0].contacts[0].mobile",
    ],
    ["a unit's name twice", (it) => Object.assign(unit(it, 1), { name: "定海区城市管理局" }), "units[1].name"],
  ])("is refused for %s", (_, spoil, path) => {
    expect(pathsOf(spoil)).toEqual([path]);
  });

  it.each<[string, Part, string]>([
    ["an empty window", { windows: [{ from: "11:00", until: "11:00" }] }, "reminders.windows[0]"],
    ["no window", { windows: [] }, "reminders.windows"],
    [
      "windows that overlap",
      {
        windows: [
          { from: "08:30", until: "17:30" },
          { from: "14:00", until: "17:30" },
        ],
      },
      "reminders.windows[1]",
    ],
    ["a nudge at lunch", { nudge: { weekday: 5, at: "12:30" } }, "reminders.nudge.at"],
    ["a digest at night", { digest: { at: "03:00" } }, "reminders.digest.at"],
    ["a digest after hours", { digest: { at: "18:00" } }, "reminders.digest.at"],
    [
      "two events of one id",
      {
        events: [
          { id: "e", name: "咨询日", on: "2023-06-16", indicators: ["study.topic"] },
          { id: "e", name: "开放日", on: "2023-06-16", indicators: ["study.topic"] },
        ],
      },
      "reminders.events[1].id",
    ],
    [
      "an event of a row that is none",
      { events: [{ id: "e", name: "咨询日", on: "2023-06-16", indicators: ["nothing"] }] },
      "reminders.events[0].indicators[0]",
    ],
    [
      "an event to be reported in the evening",
      { events: [{ id: "e", name: "咨询日", on: "2023-06-16", indicators: ["study.topic"], report: "20:00" }] },
      "reminders.events[0].report",
    ],
  ])("is refused with %s, by its path", (_, reminders, path) => {
    expect(pathsOf((it) => Object.assign(it, { reminders }))).toEqual([path]);
  });

  it.each<[string, Part, string]>([
    ["after the due day", { ahead: [0], onTheDay: ["09:00"], overdue: 5 }, "ahead[0]"],
    ["after the due time", { ahead: [1], onTheDay: ["09:00", "18:00"], overdue: 5 }, "onTheDay[1]"],
    ["outside the hours", { ahead: [1], onTheDay: ["12:00"], overdue: 5 }, "onTheDay[0]"],
    ["without a step", { ahead: [], onTheDay: [], overdue: 5 }, ""],
  ])("is refused with a ladder %s, by its path", (_, ladder, path) => {
    const paths = pathsOf((it) => Object.assign(it.obligations, { summary: { due: "2023-07-01", ladder } }));
    expect(paths).toContain(`obligations.summary.ladder${path === "" ? "" : `.${path}`}`);
  });
});

describe("another city's campaign", () => {
  it("needs no more than its own data: what is left out has its default", () => {
    const whole = zhoushanJson();
    const { timezone: _, fields: __, reminders: ___, ...json } = whole;
    const parsed = parseCampaign({
      ...json,
      form: {
        title: "统计表",
        columns: ["数量"],
        sections: [
          {
            id: "a",
            title: "活动",
            indicators: [{ id: "a.b", label: "活动", measures: [{ id: "n", label: "", unit: "次" }] }],
          },
        ],
      },
      units: [{ id: "u", name: "某局", kind: "局", fields: [] }],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const { campaign } = parsed;
    expect(campaign).toMatchObject({ timezone: "Asia/Shanghai", fields: [], form: { checks: [] } });
    expect(campaign.units).toEqual([
      { id: "u", name: "某局", kind: "局", fields: [], aliases: [], parent: null, contacts: [] },
    ]);
    const [row] = rowsOf(campaign);
    expect(row?.indicator.measures).toEqual([
      { id: "n", label: "", unit: "次", aliases: [], decimals: 0, max: 99_999_999, total: "sum" },
    ]);
  });
});
