import type { Unit } from "../../src/campaign/campaign.ts";
import type { Duty } from "../../src/campaign/duty.ts";
import type { Entry, Figures, RowState } from "../../src/campaign/entry.ts";
import type { Form } from "../../src/campaign/form.ts";
import type { Nomination } from "../../src/campaign/nomination.ts";
import type { PersonalReminder } from "../../src/campaign/reminder.ts";
import { rowsFor, rowsOf } from "../../src/campaign/row.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { unitOf, zhoushan } from "./campaign.ts";

/** Things of the domain for tests: whole, and only what matters named. */
let lastNo = 0;

export function entry(given: Partial<Entry> & { figures?: Figures } = {}): Entry {
  lastNo += 1;
  return {
    no: lastNo,
    unitId: "dinghai",
    indicatorId: "publicity.drill",
    mode: "add",
    figures: { sessions: 1, people: 10 },
    isNotApplicable: false,
    date: "2023-06-13",
    dateFrom: null,
    fixes: null,
    turnKey: `turn-${lastNo}`,
    recordedBy: "liaison",
    recordedAt: new Date("2023-06-13T16:30:00+08:00"),
    withdrawnAt: null,
    ...given,
  };
}

export function nomination(given: Partial<Nomination> = {}): Nomination {
  return {
    no: 1,
    unitId: "dinghai",
    name: "张三",
    post: "科长",
    phone: "13800000000",
    staffId: "zhangsan",
    proposedBy: "zhangsan",
    proposedAt: new Date("2023-05-20T10:00:00+08:00"),
    status: "approved",
    decidedBy: "王管理",
    decidedAt: new Date("2023-05-20T11:00:00+08:00"),
    ...given,
  };
}

export function record(unitId: string, given: Partial<UnitRecord> = {}): UnitRecord {
  return { ...emptyRecord(zhoushan, unitOf(unitId)), ...given };
}

/** A form of a unit on which every row is zero but those given. */
export function wholeForm(
  unit: Unit,
  given: Record<string, RowState> = {},
  explanations: Record<string, string> = {},
): Form {
  const rows = rowsFor(zhoushan, unit).map(({ indicator }): [string, RowState] => {
    const figures = Object.fromEntries(indicator.measures.map((it) => [it.id, 0]));
    return [indicator.id, given[indicator.id] ?? { kind: "zero", figures }];
  });
  return { rows: Object.fromEntries(rows), explanations };
}

export function indicatorOf(id: string) {
  const row = rowsOf(zhoushan).find((it) => it.indicator.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row.indicator;
}

export const filled = (figures: Figures): RowState => ({ kind: "filled", figures });

/** Of a unit that has not begun its form. */
export function duty(given: Partial<Duty> = {}): Duty {
  return {
    obligation: "statistics",
    unitId: "dinghai",
    unit: "定海区城市管理局",
    called: "定海",
    liaison: "张三",
    isReachable: true,
    isWaiting: false,
    state: "notStarted",
    openRows: [],
    lacksStamped: false,
    reason: null,
    returnedRows: [],
    due: "2023-07-01",
    dueTime: "18:00",
    actOn: "2023-06-30",
    isOverdue: false,
    ...given,
  };
}

/** To somebody who is no liaison, at a step of the ladder. */
export function personalReminder(given: Partial<PersonalReminder> = {}): PersonalReminder {
  const nothing = { event: null, quiet: [], insteadOf: [], duties: [] };
  return { day: "2023-06-27", name: null, liaisonOf: null, cause: "ladder", ...nothing, ...given };
}
