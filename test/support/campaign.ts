import { readFileSync } from "node:fs";
import { type Campaign, parseCampaign, type Unit } from "../../src/campaign/campaign.ts";

export const zhoushanFile = new URL("../../campaigns/zhoushan-2023.json", import.meta.url);

/** The campaign file as plain JSON, for tests that break it. */
export function zhoushanJson(): Record<string, unknown> {
  return JSON.parse(readFileSync(zhoushanFile, "utf8"));
}

function load(): Campaign {
  const parsed = parseCampaign(zhoushanJson());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}

export const zhoushan: Campaign = load();

export function unitOf(id: string, campaign: Campaign = zhoushan): Unit {
  const unit = campaign.units.find((it) => it.id === id);
  if (unit === undefined) throw new Error(`no unit ${id}`);
  return unit;
}

interface Shape {
  id: string;
  obligations: Record<string, unknown>;
  form: { sections: { id: string; indicators: { id: string }[] }[]; checks: unknown[] };
  units: { id: string }[];
}

/** Three rows and three units of the campaign file, with a form that is owed again and again. */
function recurring(name: string, statistics: object): Campaign {
  const json = zhoushanJson() as unknown as Shape;
  const rows = new Set(["study.topic", "publicity.works", "publicity.drill"]);
  const sections = json.form.sections
    .map((it) => ({ ...it, indicators: it.indicators.filter(({ id }) => rows.has(id)) }))
    .filter((it) => it.indicators.length > 0);
  const parsed = parseCampaign({
    ...json,
    id: `zhoushan-2023-${name}`,
    obligations: { ...json.obligations, statistics },
    // Of an event whose rows are not among these three nobody can report.
    reminders: {},
    form: { ...json.form, sections, checks: [] },
    units: json.units.slice(0, 3),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}

/** 每周四12:00前; five periods, from 6月1日–6月7日 to 6月29日–6月30日. */
export const weekly = recurring("weekly", {
  repeat: "weekly",
  weekday: 4,
  dueTime: "12:00",
  from: "2023-06-01",
  until: "2023-07-06",
});

/** A daily 零报告, 每天17:00前. */
export const daily = recurring("daily", { repeat: "daily", dueTime: "17:00", from: "2023-06-01", until: "2023-06-30" });
