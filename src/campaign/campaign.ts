import { z } from "zod";
import { periodsOf } from "./period.ts";
import { ladderSchema, reminderFaults, remindersSchema } from "./reminders.ts";
import { clockTime, day, id } from "./scalar.ts";

/**
 * A campaign file: one year's Safety Production Month as data (design §5.2). `parseCampaign` turns JSON into a frozen
 * `Campaign`, or lists every fault with its path. Instants are `Date`; calendar days are `YYYY-MM-DD` in `timezone`.
 */
export const obligationNames = ["nomination", "statistics", "summary"] as const;
export type ObligationName = (typeof obligationNames)[number];

const name = z.string().trim().min(1).max(120);
const alias = z.string().trim().min(1).max(60);

const measureSchema = z.strictObject({
  id,
  /** Empty where the row's own label says it all. */
  label: z.string().max(40),
  /** What else people call it, where a row counts several things alike. */
  aliases: z.array(alias).default([]),
  /** Unit of counting (场次, 人次, 个, 幢 …): different units are never added together. */
  unit: z.string().min(1).max(8),
  /** Which figure column of the official layout; several measures may share one cell. */
  column: z.int().min(0).max(9).optional(),
  decimals: z.int().min(0).max(4).default(0),
  max: z.number().positive().default(99_999_999),
  total: z.enum(["sum", "none"]).default("sum"),
});

const indicatorSchema = z.strictObject({
  id,
  label: name,
  short: z.string().min(1).max(12).optional(),
  aliases: z.array(alias).default([]),
  field: z.string().optional(),
  note: z.string().max(60).optional(),
  measures: z.array(measureSchema).min(1).max(10),
});

const sectionSchema = z.strictObject({
  id,
  title: name,
  short: z.string().min(1).max(12).optional(),
  indicators: z.array(indicatorSchema).min(1),
});

const checkSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("atMost"), grade: z.enum(["soft", "hard"]), left: id, right: id }),
  z.strictObject({
    kind: z.literal("atLeast"),
    grade: z.enum(["soft", "hard"]),
    measure: id,
    value: z.number().nonnegative(),
    why: z.string().max(80),
  }),
]);

const contactSchema = z.union([
  z.strictObject({ staffId: z.string().min(1).max(64) }),
  z.strictObject({ mobile: z.string().regex(/^1\d{10}$/, "应为 11 位手机号") }),
]);

const unitSchema = z.strictObject({
  id,
  name,
  aliases: z.array(alias).default([]),
  kind: z.string().max(40),
  fields: z.array(z.string()),
  parent: z.string().nullable().default(null),
  contacts: z.array(contactSchema).default([]),
});

/** Owed once; `repeat` tells it from what recurs, so that a fault is reported of the one that is meant. */
const singleSchema = z.strictObject({
  due: day,
  dueTime: clockTime.default("18:00"),
  repeat: z.undefined().optional(),
  ladder: ladderSchema.optional(),
});
/** The form's printout is to be handed in with the unit's stamp. */
const stamped = z.boolean().optional();
const recurrence = {
  stamped,
  dueTime: clockTime.default("18:00"),
  from: day,
  until: day,
  ladder: ladderSchema.optional(),
};
/** Owed again and again: a period for each day on which it is due (每周四12:00前, a daily 零报告). */
const recurringSchema = z.discriminatedUnion("repeat", [
  z.strictObject({ repeat: z.literal("daily"), ...recurrence }),
  z.strictObject({ repeat: z.literal("weekly"), weekday: z.int().min(1).max(7), ...recurrence }),
  z.strictObject({ repeat: z.literal("monthly"), day: z.int().min(1).max(31), ...recurrence }),
]);
export type Single = z.infer<typeof singleSchema>;
export type Recurring = z.infer<typeof recurringSchema>;

const shapeSchema = z.strictObject({
  id,
  title: name,
  year: z.int().min(2000).max(2100),
  theme: name,
  organiser: name,
  timezone: z.string().default("Asia/Shanghai"),
  opensOn: day,
  period: z.strictObject({ start: day, end: day }),
  obligations: z.strictObject({
    nomination: singleSchema,
    statistics: z.discriminatedUnion("repeat", [singleSchema.extend({ stamped }), ...recurringSchema.options]),
    summary: singleSchema,
  }),
  reminders: remindersSchema.prefault({}),
  fields: z.array(z.string().min(1)).default([]),
  form: z.strictObject({
    title: name,
    columns: z.array(name).min(1).max(10),
    sections: z.array(sectionSchema).min(1),
    checks: z.array(checkSchema).default([]),
  }),
  units: z.array(unitSchema).min(1),
});

/** Contradictions are looked for beside faults of shape; zod leaves them out where parts are missing or of another kind. */
const campaignSchema = shapeSchema.superRefine((campaign, context) => {
  for (const { path, message } of contradictions(campaign)) {
    context.addIssue({ code: "custom", path: [path], message });
  }
});

export type Campaign = Readonly<z.infer<typeof campaignSchema>>;
export type Section = Campaign["form"]["sections"][number];
export type Indicator = Section["indicators"][number];
export type Measure = Indicator["measures"][number];
export type Unit = Campaign["units"][number];
export type Contact = Unit["contacts"][number];
export type FormCheck = Campaign["form"]["checks"][number];

/** A unit's first alias: short, and by the campaign file's own rule as unambiguous as its name. */
export function calledOf(unit: Pick<Unit, "name" | "aliases">): string {
  return unit.aliases[0] ?? unit.name;
}

export interface Fault {
  /** Like `units[3].fields[0]`; empty for the file as a whole. */
  path: string;
  message: string;
}

export function parseCampaign(json: unknown): { ok: true; campaign: Campaign } | { ok: false; faults: Fault[] } {
  const parsed = campaignSchema.safeParse(json, { error: z.locales.zhCN().localeError });
  if (!parsed.success) {
    return { ok: false, faults: parsed.error.issues.map((it) => ({ path: pathText(it.path), message: it.message })) };
  }
  return { ok: true, campaign: deepFreeze(parsed.data) };
}

/** `indicator.measure`, the name that checks use and figures are keyed by. */
export function measureKey(indicator: Indicator, measure: Measure): string {
  return `${indicator.id}.${measure.id}`;
}

/** What a schema alone can't see: names that clash, and references to nothing. */
function contradictions(campaign: z.infer<typeof shapeSchema>): Fault[] {
  const faults: Fault[] = [];
  const fault = (path: string, message: string) => faults.push({ path, message });
  const unique = (seen: Map<string, string>, value: string, path: string) => {
    const first = seen.get(value);
    if (first !== undefined) fault(path, `“${value}”与 ${first} 重复`);
    else seen.set(value, path);
  };

  try {
    new Intl.DateTimeFormat("zh-CN", { timeZone: campaign.timezone });
  } catch {
    fault("timezone", `没有“${campaign.timezone}”这个时区`);
  }
  if (campaign.period.start > campaign.period.end) fault("period", "开始日期晚于结束日期");
  for (const [obligation, due] of Object.entries(campaign.obligations)) {
    if (due.repeat !== undefined) for (const it of recurringFaults(campaign, due)) fault(it.path, it.message);
    else if (due.due < campaign.opensOn) fault(`obligations.${obligation}.due`, "截止日期早于 opensOn");
  }

  for (const it of reminderFaults(campaign)) fault(it.path, it.message);

  const measures = new Set<string>();
  const sectionIds = new Map<string, string>();
  const indicatorIds = new Map<string, string>();
  campaign.form.sections.forEach((section, s) => {
    unique(sectionIds, section.id, `form.sections[${s}].id`);
    section.indicators.forEach((indicator, i) => {
      const path = `form.sections[${s}].indicators[${i}]`;
      unique(indicatorIds, indicator.id, `${path}.id`);
      if (indicator.field !== undefined && !campaign.fields.includes(indicator.field)) {
        fault(`${path}.field`, `“${indicator.field}”不在 fields 里`);
      }
      const measureIds = new Map<string, string>();
      indicator.measures.forEach((measure, m) => {
        unique(measureIds, measure.id, `${path}.measures[${m}].id`);
        measures.add(measureKey(indicator, measure));
        if (measure.column !== undefined && measure.column >= campaign.form.columns.length) {
          fault(`${path}.measures[${m}].column`, `表格只有 ${campaign.form.columns.length} 列`);
        }
      });
    });
  });
  campaign.form.checks.forEach((check, c) => {
    const named = check.kind === "atMost" ? { left: check.left, right: check.right } : { measure: check.measure };
    for (const [key, value] of Object.entries(named)) {
      if (!measures.has(value)) fault(`form.checks[${c}].${key}`, `没有“${value}”这个指标`);
    }
  });

  const unitIds = new Map<string, string>();
  const unitNames = new Map<string, string>();
  campaign.units.forEach((unit, u) => {
    unique(unitIds, unit.id, `units[${u}].id`);
    unique(unitNames, unit.name, `units[${u}].name`);
    unit.aliases.forEach((it, a) => {
      unique(unitNames, it, `units[${u}].aliases[${a}]`);
    });
    unit.fields.forEach((field, f) => {
      if (!campaign.fields.includes(field)) fault(`units[${u}].fields[${f}]`, `“${field}”不在 fields 里`);
    });
    if (unit.parent !== null && !campaign.units.some((it) => it.id === unit.parent)) {
      fault(`units[${u}].parent`, `没有“${unit.parent}”这个单位`);
    }
  });
  return faults;
}

function recurringFaults(campaign: Pick<Campaign, "period" | "opensOn">, recurring: Recurring): Fault[] {
  const path = "obligations.statistics";
  if (recurring.until < recurring.from) return [{ path: `${path}.until`, message: "until 早于 from" }];
  const [first] = periodsOf(campaign, recurring);
  if (first === undefined) return [{ path, message: "from 到 until 之间没有活动期间内的截止日" }];
  return first.due < campaign.opensOn ? [{ path: `${path}.from`, message: "第一个截止日期早于 opensOn" }] : [];
}

function pathText(path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    "",
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) deepFreeze(child);
    Object.freeze(value);
  }
  return value;
}
