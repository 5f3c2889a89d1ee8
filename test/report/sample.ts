import { readFileSync } from "node:fs";
import { instantAt } from "../../src/campaign/calendar.ts";
import { type Campaign, parseCampaign, type Unit } from "../../src/campaign/campaign.ts";
import type { Entry } from "../../src/campaign/entry.ts";
import { formOf } from "../../src/campaign/form.ts";
import type { Nomination } from "../../src/campaign/nomination.ts";
import { rowsFor } from "../../src/campaign/row.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";

/** A campaign's worth of made-up records: nine units submitted, one of them late, one still at it; one has nobody. */
export const campaign = loadCampaign();

export function loadCampaign(): Campaign {
  const file = new URL("../../campaigns/zhoushan-2023.json", import.meta.url);
  const parsed = parseCampaign(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}

export const names = ["甄一", "贾二", "甄三", "贾四", "甄五", "贾六", "甄七", "贾八", "甄九", "贾十"];

export function phoneOf(u: number): string {
  return `1380000${String(1000 + u)}`;
}

export function entryOf(given: Partial<Entry> & Pick<Entry, "no" | "unitId" | "indicatorId">): Entry {
  return {
    mode: "set",
    figures: {},
    isNotApplicable: false,
    date: null,
    dateFrom: null,
    fixes: null,
    turnKey: `turn-${given.no}`,
    recordedBy: "nobody",
    recordedAt: instantAt("2023-06-20", "09:30", campaign),
    withdrawnAt: null,
    ...given,
  };
}

export function sampleRecords(): UnitRecord[] {
  const numbers = { next: 1 };
  return campaign.units.map((unit, u) => sampleRecord(unit, u, numbers));
}

function sampleRecord(unit: Unit, u: number, numbers: { next: number }): UnitRecord {
  if (u === 9) return emptyRecord(campaign, unit);
  const entries = sampleEntries(unit, u, numbers);
  const explanations: Record<string, string> =
    u === 1 ? { "city.fixed": "=SUM(1,2) 含5月排查、6月整改的隐患，涉及沈家门、东港、展茅等街道，均已完成闭环" } : {};
  const record = { ...emptyRecord(campaign, unit), entries, explanations, nominations: [nominationOf(unit, u)] };
  if (u === 7) return record;
  const submittedAt = instantAt(u === 8 ? "2023-07-02" : "2023-06-29", "15:20", campaign);
  const form = formOf(campaign, unit, record);
  const last = { ...form, version: 1, submittedAt, submittedBy: `staff-${unit.id}` };
  const status = u === 0 ? ("accepted" as const) : ("submitted" as const);
  return { ...record, submission: { ...record.submission, status, firstSubmittedAt: submittedAt, last } };
}

function sampleEntries(unit: Unit, u: number, numbers: { next: number }): Entry[] {
  const own = { unitId: unit.id, recordedBy: `staff-${unit.id}` };
  const rows = rowsFor(campaign, unit).filter(({ no }) => u !== 7 || no < 12);
  const entries = rows.flatMap(({ no, indicator }): Entry[] => {
    const base = { ...own, indicatorId: indicator.id };
    if (no === 3 && u === 4) return [entryOf({ ...base, no: numbers.next++, isNotApplicable: true })];
    const value = (m: number) => ((no * 7 + u * 3) % 5 === 0 ? 0 : ((no * 13 + u * 5) % 9) + m * (20 + no * 11 + u));
    const figures = Object.fromEntries(indicator.measures.map((it, m) => [it.id, value(m)]));
    const dated = { date: "2023-06-13", dateFrom: u === 2 ? "2023-06-10" : null };
    const entry = entryOf({ ...base, no: numbers.next++, figures, ...(no % 3 === 0 ? { mode: "add", ...dated } : {}) });
    if (no !== 12 || u !== 0) return [entry];
    const more = entryOf({ ...base, no: numbers.next++, mode: "add", figures: { sessions: 9, people: 900 } });
    const fix = { mode: "fix", figures: { sessions: 3 } } as const;
    return [
      entry,
      { ...more, withdrawnAt: instantAt("2023-06-21", "10:00", campaign) },
      entryOf({ ...base, no: numbers.next++, ...fix, fixes: entry.no }),
    ];
  });
  return entries;
}

function nominationOf(unit: Unit, u: number): Nomination {
  const proposedAt = instantAt(u === 5 ? "2023-05-26" : "2023-05-22", "10:00", campaign);
  return {
    no: u + 1,
    unitId: unit.id,
    name: names[u] ?? "",
    post: "安全科科长",
    phone: phoneOf(u),
    staffId: `staff-${unit.id}`,
    proposedBy: `staff-${unit.id}`,
    proposedAt,
    status: "approved",
    decidedBy: "manager",
    decidedAt: proposedAt,
  };
}
