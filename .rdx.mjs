var __defProp = Object.defineProperty;
var __name = (target, value) => __defProp(target, "name", { value, configurable: true });

// .x.mts
import { readFileSync, readdirSync } from "node:fs";

// src/campaign-file.ts
import { readdir, readFile } from "node:fs/promises";

// src/campaign/campaign.ts
import { z } from "zod";

// src/campaign/calendar.ts
import chineseDays from "chinese-days";
import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
dayjs.extend(utc);
dayjs.extend(timezone);
function addDays(day3, days) {
  return dayjs.utc(day3).add(days, "day").format("YYYY-MM-DD");
}
__name(addDays, "addDays");
function weekdayOf(day3) {
  return dayjs.utc(day3).day();
}
__name(weekdayOf, "weekdayOf");

// src/campaign/period.ts
var lastMorningClock = "12:00";
function periodsOf({ period }, obligation) {
  if (obligation.repeat === void 0) return [periodOf({ no: 1, ...period, ...obligation })];
  const { dueTime } = obligation;
  const ends = dueDays(obligation).map((due) => ({ due, end: dueTime <= lastMorningClock ? addDays(due, -1) : due })).filter(({ end }) => end >= period.start);
  const begun = ends.map(({ due, end }, index) => {
    const before = ends[index - 1]?.end;
    return { due, dueTime, end, start: before === void 0 ? period.start : addDays(before, 1) };
  }).filter(({ start }) => start <= period.end);
  return begun.map(
    (it, index) => periodOf({ ...it, no: index + 1, end: index === begun.length - 1 ? period.end : it.end })
  );
}
__name(periodsOf, "periodsOf");
function periodOf({ no, start, end, due, dueTime }) {
  return { no, key: `${start}/${end}`, start, end, due, dueTime };
}
__name(periodOf, "periodOf");
function dueDays(recurring) {
  const days = [];
  for (let day3 = recurring.from; day3 <= recurring.until; day3 = addDays(day3, 1))
    if (isDue(recurring, day3)) days.push(day3);
  return days;
}
__name(dueDays, "dueDays");
function isDue(recurring, day3) {
  switch (recurring.repeat) {
    case "daily":
      return true;
    case "weekly":
      return weekdayOf(day3) === recurring.weekday % 7;
    case "monthly":
      return Number(day3.slice(8)) === recurring.day || isMonthEnd(day3) && Number(day3.slice(8)) < recurring.day;
    default:
      return recurring;
  }
}
__name(isDue, "isDue");
function isMonthEnd(day3) {
  return addDays(day3, 1).slice(8) === "01";
}
__name(isMonthEnd, "isMonthEnd");

// src/campaign/campaign.ts
var day = z.iso.date();
var clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "\u5E94\u4E3A HH:MM");
var id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/i, "\u53EA\u80FD\u7528\u5B57\u6BCD\u3001\u6570\u5B57\u3001\u70B9\u548C\u8FDE\u5B57\u7B26");
var name = z.string().trim().min(1).max(120);
var alias = z.string().trim().min(1).max(60);
var measureSchema = z.strictObject({
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
  max: z.number().positive().default(99999999),
  total: z.enum(["sum", "none"]).default("sum")
});
var indicatorSchema = z.strictObject({
  id,
  label: name,
  short: z.string().min(1).max(12).optional(),
  aliases: z.array(alias).default([]),
  field: z.string().optional(),
  note: z.string().max(60).optional(),
  measures: z.array(measureSchema).min(1).max(10)
});
var sectionSchema = z.strictObject({
  id,
  title: name,
  short: z.string().min(1).max(12).optional(),
  indicators: z.array(indicatorSchema).min(1)
});
var checkSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("atMost"), grade: z.enum(["soft", "hard"]), left: id, right: id }),
  z.strictObject({
    kind: z.literal("atLeast"),
    grade: z.enum(["soft", "hard"]),
    measure: id,
    value: z.number().nonnegative(),
    why: z.string().max(80)
  })
]);
var contactSchema = z.union([
  z.strictObject({ staffId: z.string().min(1).max(64) }),
  z.strictObject({ mobile: z.string().regex(/^1\d{10}$/, "\u5E94\u4E3A 11 \u4F4D\u624B\u673A\u53F7") })
]);
var unitSchema = z.strictObject({
  id,
  name,
  aliases: z.array(alias).default([]),
  kind: z.string().max(40),
  fields: z.array(z.string()),
  parent: z.string().nullable().default(null),
  contacts: z.array(contactSchema).default([])
});
var singleSchema = z.strictObject({
  due: day,
  dueTime: clockTime.default("18:00"),
  repeat: z.undefined().optional()
});
var recurrence = { dueTime: clockTime.default("18:00"), from: day, until: day };
var recurringSchema = z.discriminatedUnion("repeat", [
  z.strictObject({ repeat: z.literal("daily"), ...recurrence }),
  z.strictObject({ repeat: z.literal("weekly"), weekday: z.int().min(1).max(7), ...recurrence }),
  z.strictObject({ repeat: z.literal("monthly"), day: z.int().min(1).max(31), ...recurrence })
]);
var shapeSchema = z.strictObject({
  id,
  title: name,
  year: z.int().min(2e3).max(2100),
  theme: name,
  organiser: name,
  timezone: z.string().default("Asia/Shanghai"),
  opensOn: day,
  period: z.strictObject({ start: day, end: day }),
  obligations: z.strictObject({
    nomination: singleSchema,
    statistics: z.discriminatedUnion("repeat", [singleSchema, ...recurringSchema.options]),
    summary: singleSchema
  }),
  fields: z.array(z.string().min(1)).default([]),
  form: z.strictObject({
    title: name,
    columns: z.array(name).min(1).max(10),
    sections: z.array(sectionSchema).min(1),
    checks: z.array(checkSchema).default([])
  }),
  units: z.array(unitSchema).min(1)
});
var campaignSchema = shapeSchema.superRefine((campaign2, context) => {
  for (const { path, message } of contradictions(campaign2)) {
    context.addIssue({ code: "custom", path: [path], message });
  }
});
function parseCampaign(json) {
  const parsed = campaignSchema.safeParse(json, { error: z.locales.zhCN().localeError });
  if (!parsed.success) {
    return { ok: false, faults: parsed.error.issues.map((it) => ({ path: pathText(it.path), message: it.message })) };
  }
  return { ok: true, campaign: deepFreeze(parsed.data) };
}
__name(parseCampaign, "parseCampaign");
function measureKey(indicator, measure) {
  return `${indicator.id}.${measure.id}`;
}
__name(measureKey, "measureKey");
function contradictions(campaign2) {
  const faults = [];
  const fault = /* @__PURE__ */ __name((path, message) => faults.push({ path, message }), "fault");
  const unique = /* @__PURE__ */ __name((seen, value, path) => {
    const first = seen.get(value);
    if (first !== void 0) fault(path, `\u201C${value}\u201D\u4E0E ${first} \u91CD\u590D`);
    else seen.set(value, path);
  }, "unique");
  try {
    new Intl.DateTimeFormat("zh-CN", { timeZone: campaign2.timezone });
  } catch {
    fault("timezone", `\u6CA1\u6709\u201C${campaign2.timezone}\u201D\u8FD9\u4E2A\u65F6\u533A`);
  }
  if (campaign2.period.start > campaign2.period.end) fault("period", "\u5F00\u59CB\u65E5\u671F\u665A\u4E8E\u7ED3\u675F\u65E5\u671F");
  for (const [obligation, due] of Object.entries(campaign2.obligations)) {
    if (due.repeat !== void 0) for (const it of recurringFaults(campaign2, due)) fault(it.path, it.message);
    else if (due.due < campaign2.opensOn) fault(`obligations.${obligation}.due`, "\u622A\u6B62\u65E5\u671F\u65E9\u4E8E opensOn");
  }
  const measures = /* @__PURE__ */ new Set();
  const sectionIds = /* @__PURE__ */ new Map();
  const indicatorIds = /* @__PURE__ */ new Map();
  campaign2.form.sections.forEach((section, s) => {
    unique(sectionIds, section.id, `form.sections[${s}].id`);
    section.indicators.forEach((indicator, i) => {
      const path = `form.sections[${s}].indicators[${i}]`;
      unique(indicatorIds, indicator.id, `${path}.id`);
      if (indicator.field !== void 0 && !campaign2.fields.includes(indicator.field)) {
        fault(`${path}.field`, `\u201C${indicator.field}\u201D\u4E0D\u5728 fields \u91CC`);
      }
      const measureIds = /* @__PURE__ */ new Map();
      indicator.measures.forEach((measure, m) => {
        unique(measureIds, measure.id, `${path}.measures[${m}].id`);
        measures.add(measureKey(indicator, measure));
        if (measure.column !== void 0 && measure.column >= campaign2.form.columns.length) {
          fault(`${path}.measures[${m}].column`, `\u8868\u683C\u53EA\u6709 ${campaign2.form.columns.length} \u5217`);
        }
      });
    });
  });
  campaign2.form.checks.forEach((check, c) => {
    const named2 = check.kind === "atMost" ? { left: check.left, right: check.right } : { measure: check.measure };
    for (const [key, value] of Object.entries(named2)) {
      if (!measures.has(value)) fault(`form.checks[${c}].${key}`, `\u6CA1\u6709\u201C${value}\u201D\u8FD9\u4E2A\u6307\u6807`);
    }
  });
  const unitIds = /* @__PURE__ */ new Map();
  const unitNames = /* @__PURE__ */ new Map();
  campaign2.units.forEach((unit, u) => {
    unique(unitIds, unit.id, `units[${u}].id`);
    unique(unitNames, unit.name, `units[${u}].name`);
    unit.aliases.forEach((it, a) => {
      unique(unitNames, it, `units[${u}].aliases[${a}]`);
    });
    unit.fields.forEach((field, f) => {
      if (!campaign2.fields.includes(field)) fault(`units[${u}].fields[${f}]`, `\u201C${field}\u201D\u4E0D\u5728 fields \u91CC`);
    });
    if (unit.parent !== null && !campaign2.units.some((it) => it.id === unit.parent)) {
      fault(`units[${u}].parent`, `\u6CA1\u6709\u201C${unit.parent}\u201D\u8FD9\u4E2A\u5355\u4F4D`);
    }
  });
  return faults;
}
__name(contradictions, "contradictions");
function recurringFaults(campaign2, recurring) {
  const path = "obligations.statistics";
  if (recurring.until < recurring.from) return [{ path: `${path}.until`, message: "until \u65E9\u4E8E from" }];
  const [first] = periodsOf(campaign2, recurring);
  if (first === void 0) return [{ path, message: "from \u5230 until \u4E4B\u95F4\u6CA1\u6709\u6D3B\u52A8\u671F\u95F4\u5185\u7684\u622A\u6B62\u65E5" }];
  return first.due < campaign2.opensOn ? [{ path: `${path}.from`, message: "\u7B2C\u4E00\u4E2A\u622A\u6B62\u65E5\u671F\u65E9\u4E8E opensOn" }] : [];
}
__name(recurringFaults, "recurringFaults");
function pathText(path) {
  return path.reduce(
    (text, key) => typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    ""
  );
}
__name(pathText, "pathText");
function deepFreeze(value) {
  if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) deepFreeze(child);
    Object.freeze(value);
  }
  return value;
}
__name(deepFreeze, "deepFreeze");

// src/campaign-file.ts
var CampaignFileError = class extends Error {
  static {
    __name(this, "CampaignFileError");
  }
  code = "campaignFile";
  file;
  faults;
  constructor(file, faults) {
    const lines2 = faults.map((it) => `  ${it.path || "\uFF08\u6574\u4E2A\u6587\u4EF6\uFF09"}\uFF1A${it.message}`);
    super(`\u6D3B\u52A8\u6587\u4EF6 ${file} \u6709 ${faults.length} \u5904\u9519\u8BEF\uFF0C\u8BF7\u6539\u6B63\u540E\u518D\u542F\u52A8\uFF1A
${lines2.join("\n")}`);
    this.file = file;
    this.faults = faults;
  }
};
async function loadCampaign(file) {
  const parsed = parseCampaign(await readJson(file));
  if (!parsed.ok) throw new CampaignFileError(file, parsed.faults);
  return parsed.campaign;
}
__name(loadCampaign, "loadCampaign");
async function readJson(file) {
  const text = await readFile(file, "utf8").catch(() => {
    throw new CampaignFileError(file, [{ path: "", message: "\u6587\u4EF6\u4E0D\u5B58\u5728\u6216\u8BFB\u4E0D\u4E86" }]);
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new CampaignFileError(file, [{ path: "", message: "\u4E0D\u662F\u6709\u6548\u7684 JSON" }]);
  }
}
__name(readJson, "readJson");

// src/campaign/row.ts
function rowsOf(campaign2) {
  return campaign2.form.sections.flatMap((section) => section.indicators.map((indicator) => ({ section, indicator }))).map((row, index) => ({ no: index + 1, ...row }));
}
__name(rowsOf, "rowsOf");
function appliesTo(indicator, fields) {
  return indicator.field === void 0 || fields.includes(indicator.field);
}
__name(appliesTo, "appliesTo");
function hasIndependentCounts(indicator) {
  const [first, second] = indicator.measures;
  return second !== void 0 && indicator.measures.every((it) => it.unit === first?.unit);
}
__name(hasIndependentCounts, "hasIndependentCounts");

// src/reader/apart.ts
function apart(plain, groups) {
  return groups.flatMap((group) => {
    const apiece = group.figures.filter((it) => it.figure.role === "apiece");
    const rows = rowsNamed(group);
    if (rows.length > 1) return sharedOut(group, rows, apiece) ?? [group];
    return apiece.length > 0 && hasUnknownName(plain, group) ? [{ ...group, isUnsure: true }] : [group];
  });
}
__name(apart, "apart");
function rowsNamed({ zones }) {
  if (zones.length < 2 && (zones[0]?.parts.length ?? 0) < 2) return [];
  if (zones.some((it) => it.isList || it.isDoubtful || it.parts.some((part) => part.length !== 1))) return [];
  return [...new Set(zones.flatMap((it) => it.parts.flat()))];
}
__name(rowsNamed, "rowsNamed");
function sharedOut(group, rows, apiece) {
  const counters = new Set(group.figures.map((it) => it.figure.counter));
  const lists = [...counters].map((counter) => group.figures.filter((it) => it.figure.role === "respective" && it.figure.counter === counter)).filter((it) => it.length === rows.length);
  if (apiece.length === 0 && lists.length === 0) return null;
  const taken = /* @__PURE__ */ new Set([...apiece, ...lists.flat()]);
  const left = group.figures.filter((it) => !taken.has(it));
  if (left.some((it) => it.figure.role !== "total")) return null;
  return rows.map((row, index) => {
    const own = lists.flatMap((it) => it.slice(index, index + 1));
    return { ...group, rows: [row], isUnsure: false, figures: [...apiece, ...own].map(asPlain) };
  });
}
__name(sharedOut, "sharedOut");
function asPlain(placed) {
  const figure = { ...placed.figure, role: "plain" };
  return { ...placed, figure };
}
__name(asPlain, "asPlain");
function hasUnknownName(plain, { zones, clauses }) {
  const zone = zones[0];
  const clause = zone && clauses.find((it) => it.start <= zone.start && zone.end <= it.end);
  if (!zone || !clause) return false;
  return clause.edgeBefore === "\u3001" || /[和与及跟]\s*[^和与及跟各]{0,4}$/.test(plain.slice(clause.start, zone.start));
}
__name(hasUnknownName, "hasUnknownName");

// src/reader/counters.ts
var sessionWords = ["\u573A\u6B21", "\u573A", "\u6B21", "\u671F", "\u56DE", "\u8F6E", "\u5802", "\u8282", "\u6279\u6B21", "\u8D9F"];
var personWords = ["\u4EBA\u6B21", "\u53F7\u4EBA", "\u53E3\u4EBA", "\u4F59\u4EBA", "\u4E2A\u4EBA", "\u4EBA\u5458", "\u4EBA", "\u540D", "\u4F4D", "\u5458\u5DE5", "\u804C\u5DE5", "\u7FA4\u4F17"];
var thingWords = ["\u4E2A", "\u5904", "\u4EF6", "\u9879", "\u8D77", "\u4F8B", "\u6761", "\u4EFD", "\u5B97", "\u7BC7", "\u5219", "\u90E8", "\u5E45"];
var placeWords = ["\u5EA7\u6B21", "\u5EA7", "\u7AD9", "\u5904", "\u4E2A", "\u5BB6", "\u6761", "\u6BB5"];
var kinds = [
  { units: ["\u573A\u6B21", "\u573A", "\u671F", "\u6279\u6B21"], words: sessionWords },
  { units: ["\u6B21", "\u6B21\u6570"], words: sessionWords },
  { units: ["\u4EBA\u6B21", "\u4EBA", "\u4EBA\u6570"], words: personWords },
  { units: ["\u540D", "\u4F4D"], words: [...personWords, "\u4E2A"] },
  { units: ["\u4E2A", "\u5904", "\u4EF6", "\u9879", "\u8D77", "\u4F8B", "\u6761", "\u4EFD", "\u5B97", "\u7BC7", "\u5219", "\u90E8", "\u5E45"], words: thingWords },
  { units: ["\u5EA7\u6B21", "\u5EA7"], words: placeWords },
  { units: ["\u5E62", "\u680B"], words: ["\u5E62", "\u680B", "\u5EA7"] },
  { units: ["\u6237"], words: ["\u6237", "\u5BB6"] },
  { units: ["\u5BB6"], words: ["\u5BB6", "\u6237", "\u4E2A"] },
  { units: ["%", "\uFF05", "\u767E\u5206\u70B9"], words: ["%"] }
];
var sameUnit = /* @__PURE__ */ new Map([
  ["km", "\u516C\u91CC"],
  ["\u5343\u7C73", "\u516C\u91CC"]
]);
var notForEachOther = /* @__PURE__ */ new Map([
  ["\u4EFD", ["\u4EFD", "\u4E2A", "\u4EF6"]],
  ["\u7BC7", ["\u7BC7", "\u4E2A", "\u6761", "\u5219", "\u4EF6"]],
  ["\u90E8", ["\u90E8", "\u4E2A", "\u4EF6"]],
  ["\u5E45", ["\u5E45", "\u4E2A", "\u4EF6"]]
]);
var misheard = /* @__PURE__ */ new Map([
  ["\u5382", "\u573A"],
  ["\u957F", "\u573A"],
  ["\u5E38", "\u573A"],
  ["\u5382\u6B21", "\u573A\u6B21"],
  ["\u4EBA\u523A", "\u4EBA\u6B21"],
  ["\u4EBA\u6B64", "\u4EBA\u6B21"],
  ["\u4EBA\u8BCD", "\u4EBA\u6B21"],
  ["\u4EBA\u6148", "\u4EBA\u6B21"],
  ["\u5750\u6B21", "\u5EA7\u6B21"],
  ["\u5750", "\u5EA7"],
  ["\u505A\u6B21", "\u5EA7\u6B21"],
  ["\u4F5C\u6B21", "\u5EA7\u6B21"],
  ["\u8C03", "\u6761"],
  ["\u5411", "\u9879"],
  ["\u8C61", "\u9879"],
  ["\u62A4", "\u6237"],
  ["\u6CAA", "\u6237"],
  ["\u4E92", "\u6237"],
  ["\u649E", "\u5E62"]
]);
var otherWords = [
  ..."\u6BB5|\u4E2A\u5C0F\u65F6|\u5C0F\u65F6|\u4E2A\u949F\u5934|\u5206\u949F|\u4E2A\u6708|\u4E2A\u5DE5\u4F5C\u65E5|\u4E2A\u5B66\u65F6|\u5B66\u65F6|\u8BFE\u65F6|\u5DE5\u4F5C\u65E5|\u5929|\u5468|\u5E74|\u79D2|\u5C81|\u5143|\u4E07\u5143|\u7C73|\u5E73\u65B9\u7C73|\u5E73\u65B9\u516C\u91CC|\u516C\u91CC|\u516C\u65A4|\u5428|\u5347|\u5EA6|\u7EA7|\u53F0\u5957|\u53F0|\u8F86|\u8258|\u67B6|\u5957|\u53EA|\u672C|\u9875|\u5F20|\u5757|\u628A|\u76CF|\u652F|\u7BB1|\u888B|\u74F6|\u76D2|\u6839|\u68F5|\u95F4|\u5C42|\u697C|\u5BA4|\u53F7|\u961F|\u7EC4|\u73ED|\u684C|\u9762|\u70B9|\u79CD|\u7C7B|\u6279|\u6B65|\u500D|\u6210|\u7248|\u96C6|\u6BB5|\u79D2\u949F|\u4EBA\u5929|\u5DE5\u65F6|\u5E73\u65B9|\u7ACB\u65B9|\u5343\u74E6|\u80A1|\u6247|\u53E3|\u5177|\u526F|\u9876|\u6761\u6B21|\u4EF6\u6B21|\u6237\u6B21|\u5BB6\u6B21|\u9879\u6B21".split(
    "|"
  )
];
function countersOf(units) {
  const own = new Set(units);
  const words = [...sessionWords, ...personWords, ...thingWords, ...placeWords, "\u5E62", "\u680B", "\u6237", "\u5BB6", "%"];
  const bases = [...own].map(baseOfWan).filter((it) => it !== null);
  const all = /* @__PURE__ */ new Set([...own, ...bases, ...words, ...misheard.keys(), ...sameUnit.keys(), ...otherWords]);
  const source = [...all].sort((a, b) => b.length - a.length).map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return {
    words: [...all],
    pattern: new RegExp(source, "y"),
    canonical: /* @__PURE__ */ __name((word) => own.has(word) ? word : misheard.get(word) ?? sameUnit.get(word) ?? word, "canonical"),
    isMisheard: /* @__PURE__ */ __name((word) => misheard.has(word) && !own.has(word), "isMisheard"),
    isCampaignUnit: /* @__PURE__ */ __name((word) => own.has(word), "isCampaignUnit")
  };
}
__name(countersOf, "countersOf");
function counterAt(plain, at, { pattern }) {
  let start = at;
  while (start < at + 4 && plain.charAt(start) === " ") start++;
  pattern.lastIndex = start;
  if (!pattern.test(plain) || plain.charAt(pattern.lastIndex) === "\u6570") return null;
  return { word: plain.slice(start, pattern.lastIndex), end: pattern.lastIndex };
}
__name(counterAt, "counterAt");
function canCount({ unit }, word) {
  let words = known.get(unit);
  if (words === void 0) {
    words = /* @__PURE__ */ new Map();
    known.set(unit, words);
  }
  let can = words.get(word);
  if (can === void 0) {
    can = counts(unit, word);
    words.set(word, can);
  }
  return can;
}
__name(canCount, "canCount");
var known = /* @__PURE__ */ new Map();
function counts(unit, word) {
  if (word === unit || word === baseOfWan(unit)) return true;
  const narrow2 = notForEachOther.get(unit);
  if (narrow2) return narrow2.includes(word);
  return kinds.some((it) => it.units.includes(unit) && it.words.includes(word));
}
__name(counts, "counts");
function isPersonWord(word) {
  return personWords.includes(word);
}
__name(isPersonWord, "isPersonWord");
function baseOfWan(unit) {
  return /^万./.test(unit) ? unit.slice(1) : null;
}
__name(baseOfWan, "baseOfWan");
function isSessions(measure) {
  return canCount(measure, "\u573A");
}
__name(isSessions, "isSessions");
function isPeople(measure) {
  return canCount(measure, "\u4EBA");
}
__name(isPeople, "isPeople");

// src/reader/characters.ts
function characterSet(characters) {
  const has = new Uint8Array(65536);
  for (const it of characters) has[it.charCodeAt(0)] = 1;
  return (code) => has[code] === 1;
}
__name(characterSet, "characterSet");

// src/reader/words.ts
var isHardEdge = characterSet("\u3002\uFF1B;!\uFF01?\uFF1F\n");
var isSoftEdge = characterSet("\uFF0C,\u3001");
var done = "(?:\u5F00\u5C55|\u7EC4\u7EC7|\u4E3E\u529E|\u4E3E\u884C|\u8FDB\u884C|\u53EC\u5F00|\u641E|\u505A|\u5F04|\u529E|\u5F00|\u5B89\u6392|\u53C2\u52A0|\u5B9E\u65BD|\u62A5\u9001|\u6D89\u53CA|\u63A5\u5230|\u6536\u5230|\u53D7\u7406|\u66DD\u5149|\u62A5\u9053|\u5F81\u96C6|\u5236\u4F5C|\u63A8\u9001|\u53D1\u5E03|\u5904\u7F5A|\u7ACB\u6848|\u5F00\u8BBE|\u89C2\u770B|\u770B|\u6709)";
var none = "(?:\u6CA1\u6709|\u6CA1|\u672A|\u5C1A\u672A|\u6682\u672A|\u4ECE\u672A|\u5E76\u672A|\u6682\u65E0|\u5747\u65E0|\u65E0|\u96F6|0(?!\\d))";
var nothing = none.replace("|\u96F6|0(?!\\d)", "");
var restIsZero = new RegExp(
  `(?:\u5176\u4F59|\u5176\u4ED6|\u5176\u5B83|\u5269\u4E0B|\u5269\u4F59|\u4F59\u4E0B|\u522B\u7684)(?:\u7684)?(?:\u90A3\u4E9B|\u8FD9\u4E9B|\u5404?[\u9879\u884C\u7C7B\u4E2A\u79CD]|\u5185\u5BB9|\u6D3B\u52A8|\u5DE5\u4F5C|\u9879\u76EE|\u6307\u6807|\u6570\u636E|\u60C5\u51B5|\u51E0\u9879|\u90E8\u5206)*(?:\u7684)?(?:\u6682\u65F6?|\u76EE\u524D|\u672C\u6708)?(?:(?:\u90FD|\u5747|\u5168\u90E8?|\u5168\u90FD|\u4E5F)*(?:\u662F|\u4E3A)?(?:${nothing})|(?:\u90FD|\u5747|\u5168\u90E8?|\u5168\u90FD|\u4E5F|\u662F|\u4E3A)+[0\u96F6])(?:${done})*(?:\u8FC7|\u4E86|\u7684|\u4EFB\u4F55|\u6D3B\u52A8|\u60C5\u51B5)*(?=\\s*(?:$|[^\u4E00-\u9FA5]|\u5427|\u554A|\u5462|\u54C8))`,
  "g"
);
var notApplicable = /不适用|不涉及|不归我们管|没有这项业务|n\/?a(?![a-z])/;
var zeroBefore = new RegExp(`(?:^|[^\u4ECE\u8FD8])${none}(?:${done})*(?:\u8FC7|\u4EFB\u4F55|\u65B0\u7684?|\u4E00[\u573A\u6B21\u4E2A])*\\s*$`);
var zeroAfter = new RegExp(
  `^\\s*[:]?\\s*(?:\u6D3B\u52A8|\u5DE5\u4F5C|\u62A5\u9053|\u5BA3\u4F20|\u57F9\u8BAD|\u6559\u80B2|\u5B66\u4E60|\u68C0\u67E5|\u7684|\u8FD9[\u9879\u5757\u4E2A]|\u65B9\u9762|\u60C5\u51B5|\u672C\u6708|\u672C\u5468|\u4ECA\u5E74|\u6682\u65F6?|\u76EE\u524D|\u4E5F|\u90FD|\u5747|\u5168|\u5168\u90E8|\u662F|\u4E3A|\u4E00[\u573A\u6B21\u4E2A]|\u8FD9\u8FB9|\u6211\u4EEC|\u5355\u4F4D)*\\s*${none}(?:${done}|\u53D1\u73B0)*(?:\u8FC7|\u4E86|\u5462|\u554A|\u7684|\u54E6|\u5427|\u6D3B\u52A8|\u6B64\u9879)*\\s*$`
);
var zeroAlone = new RegExp(
  `^\\s*(?:\u8FD9[\u51E0\u4E24\u4E09\u56DB\u4E9B]?[\u9879\u4E2A]?|\u4EE5\u4E0A)?(?:\u4E5F|\u90FD|\u5747|\u5168|\u5168\u90E8|\u4E00[\u573A\u6B21\u4E2A])*\\s*${none}(?:${done})*(?:\u8FC7|\u4E86|\u5462|\u7684)*\\s*$`
);
var pendingBefore = /(?:限期|责令|正在|待|未|尚未|没有|没|(?<!已|已经|现场|当场|立即)督促|要求|继续|抓紧|拟|下达|通知|需要?|应|将|还在|仍在)(?:完成|进行|抓紧|立即|及时)*\s*$/;
var pendingAfter = /^\s*(?:中(?!心)|当中|过程中|尚未|未完成|通知)/;
var allBefore = /(?:全部|全都|全数|悉数|均|都)(?:已经?|立即|当场|及时|按时|按期|完成|都|全部|得到|予以|进行|落实|被)*\s*$/;
var allAfter = /^\s*(?:率\s*(?:为|达到?)?\s*(?:100%|百分之百)|全部(?:完成|到位|完毕|结束)|(?:均|都|全部)(?:已|完成|到位).*)/;
var notAllBefore = /(?:不|没|未|尚未|没有|并未|还没)(?:是|能)?(?:全部|全都|都|均)/;
var setWords = /累计|累积|截至|截止(?:目前|今天|今日|现在|\d|到)|为止|到目前|至今|迄今|到现在|总共已|目前(?:共|一共|总共|合计)|[日号](?:以|之)?前[^。；;\n，,]{0,12}?共|开月以来|月初以来|(?:本月|这个?月|当月|全月|整个月|[\d一二三四五六七八九十]月份?(?!\s*[\d一二三四五六七八九十初中下上底])|期间)[^。；;\n]{0,24}?(?:共|合计|总计)/;
var setForAll = /截至|截止|为止|至今|迄今|到现在|本月|这个?月|当月|全月|整个月|[\d一二三四五六七八九十]月份?(?!\s*[\d一二三四五六七八九十初中下上底])|期间/;
var setInWalk = /改为|改成|更改为/;
var addWords = /又(?!及)|再(?!次强调|三)|另外?|新增|补报|补充|追加|还(?=有|搞|开|组|办|举|做)|此外/;
var againWords = /又|另|再|还有|此外/;
var newlyReported = /^\s*(?:另外?|此外|新增|补报|还有)/;
var fixWords = /不对|不是[^，,。；;\n]{1,16}(?:而是|[，,]?是|[，,]?应)|更正|纠正|修正|订正|勘误|改成|改为|更改为|搞错|报错|说错|写错|弄错|填错|输错|打错|记错|错了|有误|应该是|应该为|应是|应为|应当是|应当为|报的[^，,。；;\n]{0,12}[是为]/;
var selfCorrection = /^\s*不\s*$|等一下|等等|不对|不是|更正|纠正|说错|写错|打错|错了|改成|改为|应该是|应为|应当是|哦不|啊不|不不/;
var earlierReport = /有误|[^，,。；;\n说打错]{2,}错了|[多少](?:报|算|填|写|记|录|数|统计)了|[原误错]报|[报填写录]的|报错|报成|填错|写错|录错|之前|原来|原先|上次|[刚前]才?面?报/;
var planned = /(?<!需|主|重|必|只)(?:要(?=搞|开展|组织|举办|进行|举行|召开|办|做|去)|准备(?=搞|再|开展|组织|举办|进行|举行|召开|办|做)|打算|(?<!按|按照|根据|年度|工作)计划(?=搞|再|开展|组织|举办|进行|举行|召开|在|于|下)|拟(?=开展|组织|举办|进行|举行|召开|于)|即将|将(?=开展|组织|举办|进行|举行|召开|于|在))/;
var deadlineWords = /定在|之?前|完成|整改|下个?[周月]|计划|争取|预计|截止/;
var asking = /吗|[?？]|怎么|怎样|如何|什么|几点|哪[里儿个些天]|是不是|能不能|可不可以|要不要|有没有|请问|多少|为啥|为何|谁/;
var otherDeeds = /约谈|罚款|查处|立案|发放|下发|开具|张贴|悬挂|推送|更换|清掏|清理|拆除|安检|回收|播放|签订|维修|安装|印制|制作|走访|慰问|捐赠/;
var asked = /吗(?=\s*(?:$|[，,。；;!！?？\n]|了|啊|呀))|么\s*[?？]|[?？]|还是[^，,。；;\n]*[啊呢呀]\s*$|哪[几五个些]|几月|多少(?![^，,。；;\n]*(?:没|未|不清楚|不知道))|怎么|请问|第几|哪一?[行项栏]|算不算|是不是|能不能|可不可以|要不要/;
var chatter = /撤回|删除|取消|收到|通知|谢谢|辛苦|知道|明白|您好|你好|好的|再见|文件|模板|表格|材料|截止|电话|联系/;
var inspectionHeads = /^(?:检查|巡查|排查|审批|许可|整治|专项)/;
var otherHeads = /^(?:(?:通知)?[书单](?!记)|(?:工作|活动|情况)?(?:总结会?|部署会?|动员会?|推进会|评审会?|协调会|筹备会|方案|计划|通知|简报|预案|脚本|照片|材料|知识竞赛|竞赛|比赛|员培训|培训班|观摩会?))/;
var otherActivity = /会议|培训|讲座|竞赛|比赛|汇演|演出|晚会|展览|座谈|走访|例会|大会|公开课|文艺|(?<!参加|参与|本次|此次|该|[场次])活动/;
var besideActivities = /宣传(?:单|册|手册|资料|品|页|画|标语)|手册|传单|资料|折页|海报|展板|横幅|条幅|标语|书签|纪念品|礼品|问卷|告知书|倡议书|责任书|展位|展台|摊位|咨询台|意见|建议|疑问|问答|文章|推文|视频|漫画|整改单|通知书|罚单|文书|罚款|[车船]|水泵|设备|器材|灭火器|屏/;
var activity = /投入|约谈|罚款|查处|立案|发(?:放|传单|布)|挂|贴|立|刷|查|播|推送|更换|清掏|清理|拆除|安检|回收|播放|曝光|设置|张贴|签订|走进|维修|安装|制作|印制|开展|组织|举办|举行|召开|参加|参与|活动|会议|培训|学习|检查|排查|宣传|发现|整改|讲座|竞赛|比赛|搞|观看|征集|报道|走访|座谈|大会|例会|课/;
var placeOrTime = /^(?:楼|层|点|室|号|天|周|年|岁|个?小时|分钟|步|倍|成|度|级|面)$/;
var partsFollow = /^\s*(?:其中|包括|包含|(?<!包)含|分别是)/;
var ofAll = /参加|参与|受众|覆盖|惠及|参训|参演|受教育|共|总/;
var fillers = new RegExp(
  [
    "\u4E0A\u5348|\u4E0B\u5348|\u665A\u4E0A|\u4E2D\u5348|\u65E9\u4E0A|\u508D\u665A|\u591C\u95F4|\u5F53\u5929|\u5F53\u65E5|\u540C\u65E5|\u968F\u540E|\u7136\u540E|\u63A5\u7740|\u540E\u6765|\u76EE\u524D|\u73B0\u5728|\u5176\u4E2D|\u4EE5\u53CA",
    "\u53C8|\u518D|\u53E6\u5916?|\u8FD8\u6709?|\u6B64\u5916|\u4E5F|\u90FD|\u5747|\u5171\u8BA1?|\u5408\u8BA1|\u603B\u8BA1|\u7D2F\u8BA1|\u4E00\u5171|\u603B\u5171|\u5206\u522B|\u5404|\u6BCF|\u7B2C",
    "\u5F00\u5C55|\u7EC4\u7EC7|\u4E3E\u529E|\u4E3E\u884C|\u8FDB\u884C|\u53EC\u5F00|\u5B8C\u6210|\u53C2\u52A0|\u53C2\u4E0E|\u5230\u4F1A|\u5230\u573A|\u89C2\u770B|\u6536\u770B|\u8986\u76D6|\u60E0\u53CA|\u53D7\u4F17|\u53D7\u6559\u80B2|\u53C2\u8BAD|\u53C2\u6F14|\u5B9E\u5230|\u7B7E\u5230",
    "\u4EBA\u5458|\u4EBA\u6570|\u4EBA\u6B21|\u804C\u5DE5|\u5458\u5DE5|\u5E72\u90E8|\u7FA4\u4F17|\u515A\u5458|\u5B66\u751F|\u5C45\u6C11|\u5E08\u5085|\u5E02\u6C11|\u8001\u677F|\u5DE5\u4EBA|\u8D1F\u8D23\u4EBA|\u4E3B\u8981|\u9886\u5BFC|\u4F01\u4E1A|\u5355\u4F4D|\u516C\u53F8",
    "\u6D3B\u52A8|\u573A\u6B21|\u73B0\u573A|\u6765\u4E86|\u6765|\u53BB|\u641E|\u529E|\u505A|\u5F00|\u6709|\u4E86|\u7684|\u662F|\u4E3A|\u5728|\u628A|\u88AB|\u6211\u4EEC|\u6211\u5C40|\u6211\u53F8|\u672C|\u5927\u5BB6|\u4EBA|\u540D|\u4E2A|\u573A|\u6B21|\u671F",
    "\u5462|\u554A|\u55EF|\u90A3\u4E2A|\u5C31\u662F|\u5427|\u5443|\u54C8|\u8C22\u8C22|\u5DF2\u7ECF?|\u5168\u90E8|\u6211|\u4ED6|\u5440|\u54E6|\u561B|\u7684\u8BDD|\u5927\u6982|\u5DE6\u53F3|\u91CC|\u4E2D|\u5230|\u548C|\u4E0E|\u53CA|\u3001|\\s|\\n"
  ].join("|"),
  "g"
);
var intended = /力争|争取|确保|务必|下一步|打算|要求|必须|将(?!近)/;
var leftOver = /^\s*(?:还有?|还剩|剩余?|剩下|其余|其他|另有?|另外)[^，,。；;\n]{0,8}(?:限期|未|没|待|正在|责令|落实|下[周月]|才能|整改中|跟进)/;

// src/reader/clauses.ts
function clausesOf({ plain, figures, hits, dates, numbered }) {
  const clauses = [];
  let start = 0;
  let sentence = 0;
  let edgeBefore = "";
  const isInside = new Uint8Array(plain.length);
  for (const found of [figures, hits, dates, numbered]) for (const it of found) isInside.fill(1, it.start, it.end);
  for (let i = 0; i <= plain.length; i++) {
    const code = plain.charCodeAt(i);
    const isHard = i === plain.length || isHardEdge(code);
    if (!isHard && (!isSoftEdge(code) || isInside[i] === 1)) continue;
    clauses.push({ start, end: i, edgeBefore, sentence, zones: [], figures: [], dates: [] });
    start = i + 1;
    edgeBefore = plain.charAt(i);
    if (isHard) sentence++;
  }
  fill(clauses, figures, (clause, it) => clause.figures.push(it));
  fill(clauses, dates, (clause, it) => clause.dates.push(it));
  const hitsOf = /* @__PURE__ */ new Map();
  fill(clauses, hits, (clause, it) => push(hitsOf, clause, it));
  const numberedOf = /* @__PURE__ */ new Map();
  fill(clauses, numbered, (clause, it) => push(numberedOf, clause, it));
  for (const clause of clauses) {
    const named2 = zonesOf(plain, hitsOf.get(clause) ?? [], clause.figures);
    clause.zones = withNumbered(named2, numberedOf.get(clause) ?? []);
  }
  return clauses;
}
__name(clausesOf, "clausesOf");
function push(of, clause, item) {
  const items = of.get(clause);
  if (items) items.push(item);
  else of.set(clause, [item]);
}
__name(push, "push");
function fill(clauses, items, put2) {
  let at = 0;
  for (const item of items) {
    while (at + 1 < clauses.length && item.start >= (clauses[at]?.end ?? 0)) at++;
    const clause = clauses[at];
    if (clause) put2(clause, item);
  }
}
__name(fill, "fill");
function zonesOf(plain, hits, figures) {
  const zones = [];
  for (const hit of hits) {
    const zone = zones.at(-1);
    const end = Math.max(...(zone ?? []).map((it) => it.end), 0);
    const isComplete = zone?.some((hit2) => figures.some((it) => it.start >= hit2.start && it.end <= hit2.end));
    const isApart2 = !zone || isComplete || figures.some((it) => it.start >= end && it.end <= hit.start);
    if (isApart2) zones.push([hit]);
    else zone.push(hit);
  }
  return zones.map((it, index) => {
    const end = zones[index + 1]?.[0]?.start ?? Number.POSITIVE_INFINITY;
    const zone = zoneOf(plain, it);
    return countable(
      zone,
      figures.filter((it2) => it2.start >= zone.start && it2.end <= end)
    );
  });
}
__name(zonesOf, "zonesOf");
function countable(zone, figures) {
  const counters = figures.map((it) => it.counter).filter((it) => it !== null);
  if (zone.parts.length < 2 || zone.rows.length < 2 || counters.length === 0) return zone;
  const canAll = /* @__PURE__ */ __name((row) => counters.every((it) => row.indicator.measures.some((measure) => canCount(measure, it))), "canAll");
  const rows = zone.rows.filter(canAll);
  return rows.length === 0 || rows.length === zone.rows.length ? zone : { ...zone, rows, parts: [rows] };
}
__name(countable, "countable");
function zoneOf(plain, hits) {
  const common = hits.map((it) => it.targets).reduce(commonOf);
  const inField = common.length > 0 ? [] : rowsInFieldOf(hits);
  const narrowed = common.length > 0 ? common.map((it) => it.row) : inField;
  const parts = narrowed.length > 0 ? [narrowed] : hits.map((it) => it.targets.map((target) => target.row));
  const rows = narrowed.length > 0 ? narrowed : [...new Set(parts.flat())];
  const end = Math.max(...hits.map((it) => it.end));
  return {
    start: Math.min(...hits.map((it) => it.start)),
    end,
    rows,
    measureId: rows.length === 1 && common[0]?.measureId || null,
    isDoubtful: hits.some((it) => it.isDoubtful) || isOtherThing(plain.slice(end, end + 8), rows),
    parts,
    isList: false
  };
}
__name(zoneOf, "zoneOf");
function commonOf(some, others) {
  return some.flatMap((it) => {
    const their = others.find((other) => other.row === it.row);
    return their ? [it.measureId === null ? their : it] : [];
  });
}
__name(commonOf, "commonOf");
function isOtherThing(behind, rows) {
  const isInspected = rows.every((it) => it.indicator.field === void 0) && inspectionHeads.test(behind);
  return isInspected || otherHeads.test(behind);
}
__name(isOtherThing, "isOtherThing");
function rowsInFieldOf(hits) {
  const rowsOf2 = /* @__PURE__ */ __name((it) => it.targets.map((target) => target.row), "rowsOf");
  const last = hits.at(-1);
  const fields = new Set(
    hits.slice(0, -1).flatMap(rowsOf2).map((it) => it.indicator.field)
  );
  const [field] = fields;
  if (!last || last.targets.length < 2 || fields.size !== 1 || field === void 0) return [];
  return rowsOf2(last).filter((it) => it.indicator.field === field);
}
__name(rowsInFieldOf, "rowsInFieldOf");
function withNumbered(named2, numbered) {
  if (numbered.length === 0) return named2;
  const zones = named2.filter((zone) => !numbered.some((it) => it.start <= zone.start));
  for (const [index, zone] of numbered.entries()) {
    const until = numbered[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const names = named2.filter((it) => it.start > zone.start && it.start < until);
    const other = names.find((it) => !it.rows.some((row) => zone.rows.includes(row)));
    zones.push(
      other ? {
        ...zone,
        rows: [...zone.rows, ...other.rows],
        end: other.end,
        isList: false,
        parts: [zone.rows, ...other.parts]
      } : zone
    );
  }
  return zones;
}
__name(withNumbered, "withNumbered");

// src/reader/noise-patterns.ts
var sayings = /两个(?:至上|责任|维护|确立|清单|体系|务必|不放松)|[一三四五六七八九十]个(?:意识|自信|一批|必须|一律|不放过|到位|全覆盖|严禁|坚持|统一|强化)|个个|一一|[统唯之专同][一二]|[三四]不[^\s]{1,4}|一岗双责|一企一[^\s]|一[起](?=学|参|开|组|观|进|来|去|讨|做|到|搞|看)|一次性|一部分|一定|一直|一些|一般|一致|一样|一下|一并|一把手|一体|一切|一线|一律|一旦|一方面|一系列|一条龙|一行|一如|一同|十分|十大|(?<![\d一二三四五六七八九十两几百千])万一|万里|千万(?=[不别要])|百日|百姓|千家万户|五一|三无|双随机|无一[人例起处]|[一二两三四五六七八九十]个(?:领域|方面|条线|板块|部分|环节|阶段|步骤)|几个(?:数|地方|方面|事|月)|一气呵成|一[^\s一-十]三看|[一二三四五六]年级|班次|几乎|[三四五六七八]进(?=[^\d\s]|$)/g;
var patterns = [
  [/[/@]/, /https?:\/\/[^\s，。；]+|[\w.]+@[\w.]+/g],
  // document numbers: 舟安办〔2021〕16号, 第16号文
  [/[〔[(【]/, /[〔[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*第?\s*\d+\s*号?/g],
  [/号/, /\d+号(?:文|令|公告|通知)/g],
  // telephone numbers, with or without the word
  [
    /[电手座联热传号微邮编证tq]/,
    /(?:电话|手机号?|座机|联系方式|联系人|热线|传真|号码|微信号?|邮编|编号|证号|tel|qq)[号码]{0,2}\s*[:是为]?\s*[\d][\d\s-]{2,}/g
  ],
  [
    /\d{3}/,
    /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)\d{3,5}(?=热线|平台|电话|举报)/g
  ],
  [/\d{15}/, /(?<!\d)\d{15,18}[\dx]?(?!\d)(?!\s*[一-龥])/g],
  // plates and codes
  [/[a-z][a-z0-9]{5}/, /[一-龥][a-z][a-z0-9]{5,6}(?![a-z0-9])/g],
  [/[a-z]/, /(?<![a-z0-9])[a-z]+-?\d+(?:-\d+)*(?![\d.])|(?<![\d])\d+[a-z](?=\d)/g],
  // 九成八: a rough share
  [/成/, /[\d一二三四五六七八九十]成[一二三四五六七八九半]?(?![立果员功本品绩熟效人为])/g],
  // whom an accident, played or told, befell
  [
    /[困伤亡难险水迷毒联]/,
    /[\d一二两三四五六七八九十]+\s*[人名](?:员|群众|工人)?(?:被困|受伤|死亡|遇难|遇险|落水|昏迷|中毒|失联)/g
  ],
  // an accident named by its day: 4.17火灾
  [/\./, /(?<!\d)\d{1,2}\.\d{1,2}(?=["”]?\s*(?:较?重?特?大)?(?:火灾|事故|爆炸|坍塌))/g],
  // names with a middle dot: 6·16, 4·17, 六·一六
  [/·/, /[\d一二三四五六七八九十〇零]{1,4}\s*·\s*[\d一二三四五六七八九十〇零]{1,4}/g],
  [
    /第/,
    /第(?![一二三]方)\s*[\d零〇一二两三四五六七八九十百几]+(?![\d一二三四五六七八九十百]|[\s\d、,，和及至到~-]*[行项])\s*(?:[个届次场期批条号章款项轮季页点名位家组类站届]|阶段)?/g
  ],
  // times of day
  [
    /[:：点时]/,
    /\d{1,2}\s*[:：]\s*\d{2}(?:[:：]\d{2})?|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|时)(?:半|整|钟|多|左右|一刻|三刻|(?:\d{1,2}|[一二三四五六七八九十]{1,3})分?)?(?=[^一-龥]|$|[开始至到在组进参举召搞办结前后])/g
  ],
  [/报/, /(?:补报|上报|汇报|(?<![举播通])报)\s*[\d一二两三四五六七八九十]+\s*[个项条件](?=\s*[:，,])/g],
  [/[假席到勤]/, /(?:请假|缺席|迟到|未到|缺勤)\s*\d+\s*[人名]/g],
  [/[授讲]/, /\d+\s*[位名][^\d，,。；;\n]{0,4}(?:授课|讲课|主讲)/g],
  // how a team was made up: 一行8人, 分3个检查组共18人, 组建排查小组6个
  [/行/, /(?:一行|随行(?:人员)?|同行(?:人员)?)\s*(?:共|有)?\s*\d+\s*余?[人名位]/g],
  [
    /[分建立成]/,
    /(?:分|分成|分为|组建|成立|组成)(?:了)?[^\d，,。；;\n]{0,8}\d+\s*[个支][^\d，,。；;\n]{0,6}(?:[，,、]?共\d+[人名])?/g
  ],
  [/这/, /这\s*[\d一二两三四五六七八九十百]+\s*[人名位场次个户幢座条](?:里|中(?!心)|当中)/g],
  // years
  [
    /年/,
    /(?<!\d)(?:19|20)\d{2}\s*年度?(?!\s*(?:\d|[一二三四五六七八九十]){1,2}\s*月)|[二一][〇零○九][一二三四五六七八九〇零]{2}年度?/g
  ],
  // addresses
  [
    /[路街道巷弄村号元室楼层]/,
    /[路街道巷弄村]\s*\d+(?:-\d+)?\s*号|\d+\s*号\s*[楼线桥门院路仓井泵站库船机车]|\d+\s*(?:单元|室|楼|弄|层)(?![次])/g
  ],
  // a date that only names a document or an accident
  [/月/, /(?:\d{4}年)?\d{1,2}月\d{1,2}[日号](?:的|印发的?|下发的?)?(?:通知|文件|会议精神|要求|事故|火灾|爆炸)/g],
  // durations and ages
  [
    /[时分秒日天周年月岁期拜钟]/,
    /(?<![前这近那头])(?:为期|历时|时长|用时|共计?用?时)?\s*(?<![前这近那头上下\d.])(?:\d{1,3}(?:\.\d+)?|[一二两三四五六七八九十半几]{1,3})\s*(?:多|余|来)?(?:个半?)?(?:小时|钟头|分钟|秒钟?|工作日|学时|课时|天|星期|礼拜|个月|周(?![一二三四五六日年])|年|岁)(?:半|左右)?/g
  ],
  [/半/, /(?<![上下])半(?:天|个?小时|个?月|年)/g],
  [/每/, /每[天日周月年]\s*(?:[\d一二两三四五六七八九十]+\s*[次场回期])?/g],
  [/之/, /[一二三四五六七八九十]分之[一二三四五六七八九十]/g]
];
var dotted = /(?<!\d)(\d{1,2})[.·]?(\d{2})\s*["”'』」]?\s*([一-龥]{2})/g;
var sizes = ["\u6298", "\u5EA6", "\u7EA7", "\u5E73\u65B9\u7C73", "\u5E73\u65B9", "\u516C\u91CC", "\u5343\u7C73", "km", "\u516C\u65A4", "\u5343\u514B", "\u5428", "\u6BEB\u7C73", "\u5398\u7C73"];
var sentOut = /(?:出动|派出|抽调|动用|调派|投入)(?:各类|执法|检查|巡查|排查|督查|督导|工作|管理|城管|监管|安全|行政|综合|抢险|应急|保障|环卫|技术)*(?:人员|力量|队员|干部|职工|小组|组|车辆|车)?\s*共?\d+\s*(?:余|多)?(?:人次|人|名|个|组|支|辆次|辆|台次|台|艘次|艘|车次)(?:[、，,和及]\s*(?:车辆|执法车辆?|执法人员|人员|船艇|船只|无人机|设备)\s*\d+\s*(?:余|多)?(?:人次|人|名|个|组|支|辆次|辆|台次|台|艘次|艘|车次|架次|架))*/g;
var percentages = /\d+(?:\.\d+)?\s*%|百分之[\d.一二三四五六七八九十百零点]+/g;
var money = /[\d.,]+\s*[万亿]?\s*(?:余|多)?元/g;
function noisePatterns(counters, asksSentOut2) {
  const all = [...patterns, [/\d/, sizesBut(counters)]];
  if (!asksSentOut2) all.push([/[出抽动调投]/, sentOut]);
  if (!counters.isCampaignUnit("%")) all.push([/[%百]/, percentages]);
  if (!counters.isCampaignUnit("\u5143") && !counters.isCampaignUnit("\u4E07\u5143")) all.push([/元/, money]);
  return all;
}
__name(noisePatterns, "noisePatterns");
function sizesBut({ words, isCampaignUnit }) {
  const asked2 = words.filter(isCampaignUnit).join(" ");
  const others = sizes.filter((it) => !asked2.includes(it === "km" || it === "\u5343\u7C73" ? "\u516C\u91CC" : it));
  return new RegExp(`\\d+(?:\\.\\d+)?\\s*(?:${others.join("|")})`, "g");
}
__name(sizesBut, "sizesBut");

// src/reader/text.ts
function plainText(text) {
  let plain = "";
  let done2 = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const plainCode = plainCodes[code] ?? code;
    if (plainCode === code) continue;
    plain += text.slice(done2, i) + String.fromCharCode(plainCode);
    done2 = i + 1;
  }
  return done2 === 0 ? text : plain + text.slice(done2);
}
__name(plainText, "plainText");
var sameAs = new Map(
  Object.entries({
    "\u3000": " ",
    "\xA0": " ",
    "\u200B": " ",
    "\uFEFF": " ",
    "	": " ",
    "\r": "\n",
    "\u2028": "\n",
    "\u2212": "-",
    "\u2013": "-",
    "\uFE63": "-",
    "\u2011": "-",
    "\u2014": "~",
    "\uFF5E": "~",
    "\u301C": "~",
    "\u2022": "\xB7",
    "\u30FB": "\xB7",
    "\u2027": "\xB7",
    "\u2219": "\xB7",
    "\uFF0E": ".",
    "\uFF61": "\u3002",
    \u5834: "\u573A",
    \u842C: "\u4E07",
    \u5169: "\u4E24",
    \u500B: "\u4E2A",
    \u5E7E: "\u51E0",
    \u68DF: "\u680B",
    \u6236: "\u6237",
    \u53C3: "\u53C2",
    \u9918: "\u4F59",
    \u9031: "\u5468"
  })
);
function plainCharacter(character) {
  const same = sameAs.get(character);
  if (same !== void 0) return same;
  const code = character.charCodeAt(0);
  if (code > 65280 && code < 65375 && character !== "\uFF0C") {
    return String.fromCharCode(code - 65248).toLowerCase();
  }
  return code > 64 && code < 91 ? String.fromCharCode(code + 32) : character;
}
__name(plainCharacter, "plainCharacter");
var plainCodes = Uint16Array.from(
  { length: 65536 },
  (_, code) => plainCharacter(String.fromCharCode(code)).charCodeAt(0)
);
function isChinese(code) {
  return code >= 19968 && code <= 40869;
}
__name(isChinese, "isChinese");
var spaces = Array.from({ length: 65536 }, (_, code) => String.fromCharCode(code)).filter((it) => it.trim() === "");
var isSkippedInNames = characterSet([..."\"'\u201C\u201D\u2018\u2019\u300C\u300D\u300E\u300F\u300A\u300B\u3008\u3009()[]\u3010\u3011\u3014\u3015{}\xB7*#_`~-/\u4E86\u7684", ...spaces]);
var isPointInNames = characterSet(",\uFF0C.\u3002:;");
function foldName(name2) {
  let folded = "";
  for (const character of plainText(name2).replace(/\d+·\d+/g, "")) {
    const code = character.charCodeAt(0);
    if (!isSkippedInNames(code) && !isPointInNames(code)) folded += character;
  }
  return folded;
}
__name(foldName, "foldName");

// src/reader/phrases.ts
function ownTargets({ targets, own }, fields) {
  let found = own.get(fields);
  if (found === void 0) {
    found = targets.filter((it) => appliesTo(it.row.indicator, fields));
    if (own.size > 32) own.clear();
    own.set(fields, found);
  }
  return found;
}
__name(ownTargets, "ownTargets");
function phrasesOf(rows) {
  const phrases = /* @__PURE__ */ new Map();
  const add = /* @__PURE__ */ __name((text, target) => {
    if (text.length < 2) return;
    const phrase = phrases.get(text) ?? { text, targets: [], own: /* @__PURE__ */ new Map() };
    phrases.set(text, phrase);
    const same = phrase.targets.find((it) => it.row === target.row);
    if (same === void 0) phrase.targets.push(target);
    else if (same.measureId !== target.measureId) same.measureId = null;
  }, "add");
  const isOnly = onlyLabels(rows);
  for (const row of rows) {
    const { indicator } = row;
    for (const parts of indicator.aliases.map(partsOf)) {
      if (parts.length < 2) add(parts[0] ?? "", { row, measureId: null });
    }
    for (const text of namesIn(indicator)) add(text, { row, measureId: null });
    for (const measure of indicator.measures.length > 1 ? indicator.measures : []) {
      for (const text of namesOfMeasure(measure, indicator, isOnly)) add(text, { row, measureId: measure.id });
    }
  }
  return [...phrases.values()];
}
__name(phrasesOf, "phrasesOf");
function scatteredPhrasesOf(rows) {
  return rows.flatMap(
    (row) => row.indicator.aliases.map(partsOf).filter((it) => it.length > 1).map((parts) => ({ parts, targets: [{ row, measureId: null }], own: /* @__PURE__ */ new Map() }))
  );
}
__name(scatteredPhrasesOf, "scatteredPhrasesOf");
function partsOf(alias2) {
  return alias2.split("\u2026").map(foldName).filter((it) => it !== "");
}
__name(partsOf, "partsOf");
function onlyLabels(rows) {
  const times = /* @__PURE__ */ new Map();
  for (const { label } of rows.flatMap((it) => it.indicator.measures)) times.set(label, (times.get(label) ?? 0) + 1);
  return (label) => times.get(label) === 1;
}
__name(onlyLabels, "onlyLabels");
function namesOfMeasure(measure, { measures }, isOnly) {
  if (measure.label.length < 3) return [];
  const isAlike = measures.filter((it) => it.unit === measure.unit).length > 1;
  const names = isAlike ? [measure.label, ...measure.aliases].map(foldName) : [];
  const label = isOnly(measure.label) ? [foldName(measure.label)] : [];
  return [...label, ...names.flatMap((it) => [it, ...endsOf(it)])];
}
__name(namesOfMeasure, "namesOfMeasure");
function namesIn(indicator) {
  const label = indicator.label.replace(/[（(][^）)]*[）)]/g, "");
  const whole3 = foldName(label);
  const quoted = [...label.matchAll(/[“《]([^”》]{3,})[”》]/g)].map((it) => foldName(it[1] ?? "")).filter((it) => it.length > 2);
  const listed = label.includes("\u3001") ? label.split("\u3001").map(foldName).filter((it) => it.length > 3 && it.length < 9) : [];
  const names = [whole3, whole3.replaceAll("\u3001", ""), foldName(indicator.short ?? ""), ...quoted, ...endsOf(whole3)];
  return [.../* @__PURE__ */ new Set([...names, ...listed.map((it) => it.replace(/等$/, ""))])];
}
__name(namesIn, "namesIn");
function endsOf(name2) {
  const ends = [];
  for (let at = 1; at <= name2.length - 4; at++) ends.push(name2.slice(at).replace(/等$/, ""));
  return ends.filter((it) => it.length > 3 && !it.startsWith("\u3001"));
}
__name(endsOf, "endsOf");
function phrasesByCharacter(phrases) {
  const by = /* @__PURE__ */ new Map();
  for (const [place, phrase] of phrases.entries()) {
    for (const character of new Set(phrase.text)) {
      const places = by.get(character) ?? [];
      places.push(place);
      by.set(character, places);
    }
  }
  return by;
}
__name(phrasesByCharacter, "phrasesByCharacter");
function trieOf(phrases) {
  const root2 = { next: /* @__PURE__ */ new Map(), phrase: null };
  for (const phrase of phrases) {
    let node = root2;
    for (let at = 0; at < phrase.text.length; at++) {
      const code = phrase.text.charCodeAt(at);
      const next = node.next.get(code) ?? { next: /* @__PURE__ */ new Map(), phrase: null };
      node.next.set(code, next);
      node = next;
    }
    node.phrase = phrase;
  }
  return root2;
}
__name(trieOf, "trieOf");

// src/reader/compiled.ts
var cache = /* @__PURE__ */ new WeakMap();
function compiled(campaign2) {
  const known4 = cache.get(campaign2);
  if (known4) return known4;
  const made = compile(campaign2);
  cache.set(campaign2, made);
  return made;
}
__name(compiled, "compiled");
function compile(campaign2) {
  const rows = rowsOf(campaign2);
  const phrases = phrasesOf(rows);
  const counters = countersOf(rows.flatMap((it) => it.indicator.measures).map((it) => it.unit));
  const isSentOutAsked = rows.some(({ indicator }) => asksSentOut(indicator));
  return {
    rows,
    rowById: new Map(rows.map((it) => [it.indicator.id, it])),
    root: trieOf(phrases),
    phrases,
    phrasesWith: phrasesByCharacter(phrases),
    scattered: scatteredPhrasesOf(rows),
    numberNames: numberNames(rows),
    dottedNames: dottedNames(rows),
    pairs: rowsByPair(rows),
    counters,
    rowsByCounter: rowsByCounter(rows, counters),
    noisePatterns: noisePatterns(counters, isSentOutAsked),
    wholeOf: wholes(campaign2),
    fieldNames: fieldNames(campaign2.fields)
  };
}
__name(compile, "compile");
function namesOf({ indicator }) {
  return [indicator.label, indicator.short ?? "", ...indicator.aliases];
}
__name(namesOf, "namesOf");
function numberNames(rows) {
  const names = /* @__PURE__ */ new Set();
  for (const name2 of rows.flatMap(namesOf)) {
    const dotless = plainText(name2).replace(/\d+·\d+/g, " ");
    for (const [word] of dotless.matchAll(/[\p{L}\d]+/gu)) {
      if (/[一二两三四五六七八九十百\d]/.test(word) && /\p{L}/u.test(word)) names.add(word);
    }
  }
  return [...names].sort((a, b) => b.length - a.length);
}
__name(numberNames, "numberNames");
function dottedNames(rows) {
  const followers = /* @__PURE__ */ new Map();
  for (const name2 of rows.flatMap(namesOf)) {
    for (const [day3] of plainText(name2).matchAll(/\d{1,2}·\d{2}/g)) {
      followers.set(day3, /* @__PURE__ */ new Set([...followers.get(day3) ?? [], ...pairsOf(foldName(name2))]));
    }
  }
  return followers;
}
__name(dottedNames, "dottedNames");
function rowsByPair(rows) {
  const pairs = /* @__PURE__ */ new Map();
  for (const row of rows) {
    for (const pair of namesOf(row).flatMap((it) => pairsOf(foldName(it)))) {
      pairs.set(pair, (pairs.get(pair) ?? /* @__PURE__ */ new Set()).add(row));
    }
  }
  return pairs;
}
__name(rowsByPair, "rowsByPair");
function pairsOf(text) {
  const pairs = [];
  for (let i = 0; i + 1 < text.length; i++) pairs.push(text.slice(i, i + 2));
  return pairs;
}
__name(pairsOf, "pairsOf");
function asksSentOut({ label, aliases, measures }) {
  return [label, ...aliases, ...measures.map((it) => it.label)].some((it) => /出动|派出|投入/.test(it));
}
__name(asksSentOut, "asksSentOut");
function rowsByCounter(rows, counters) {
  const counts2 = /* @__PURE__ */ __name((row, word) => row.indicator.measures.some((it) => canCount(it, word)), "counts");
  return new Map(counters.words.map((word) => [word, rows.filter((row) => counts2(row, word))]));
}
__name(rowsByCounter, "rowsByCounter");
function wholes(campaign2) {
  const rowOfMeasure = /* @__PURE__ */ __name((key) => key.slice(0, key.lastIndexOf(".")), "rowOfMeasure");
  const of = /* @__PURE__ */ new Map();
  for (const check of campaign2.form.checks) {
    if (check.kind === "atMost") of.set(rowOfMeasure(check.left), rowOfMeasure(check.right));
  }
  return of;
}
__name(wholes, "wholes");
function fieldNames(fields) {
  return fields.flatMap((field) => {
    const names = [field];
    const start = field.slice(0, 4);
    if (field.length > 4 && fields.filter((it) => it.startsWith(start)).length === 1) names.push(start);
    return names.map((name2) => ({ name: foldName(name2), field }));
  });
}
__name(fieldNames, "fieldNames");

// src/reader/calendar.ts
var dayMs = 864e5;
var quarterMs = 9e5;
var known2 = /* @__PURE__ */ new Map();
function dayIn(timezone2, instant) {
  let zone = known2.get(timezone2);
  if (zone === void 0) {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: timezone2,
      year: "numeric",
      month: "2-digit",
      day: "2-digit"
    });
    zone = { format, days: /* @__PURE__ */ new Map() };
    known2.set(timezone2, zone);
  }
  const quarter = Math.floor(instant.getTime() / quarterMs);
  let day3 = zone.days.get(quarter);
  if (day3 === void 0) {
    day3 = zone.format.format(instant);
    if (zone.days.size > 1e3) zone.days.clear();
    zone.days.set(quarter, day3);
  }
  return day3;
}
__name(dayIn, "dayIn");
function dayOf(year, month, day3) {
  const isReal = month >= 1 && month <= 12 && day3 >= 1 && day3 <= daysIn(year, month);
  return isReal ? `${year}-${twoDigits(month)}-${twoDigits(day3)}` : null;
}
__name(dayOf, "dayOf");
function daysIn(year, month) {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
__name(daysIn, "daysIn");
function twoDigits(number) {
  return String(number).padStart(2, "0");
}
__name(twoDigits, "twoDigits");
function plusDays(day3, days) {
  return new Date(Date.parse(day3) + days * dayMs).toISOString().slice(0, 10);
}
__name(plusDays, "plusDays");
function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}
__name(daysBetween, "daysBetween");
function weekdayOf2(day3) {
  return new Date(day3).getUTCDay() || 7;
}
__name(weekdayOf2, "weekdayOf");
function yearOf(day3) {
  return Number(day3.slice(0, 4));
}
__name(yearOf, "yearOf");

// src/reader/numeral.ts
var digits = new Map(
  [..."\u96F6\u3007\u25CB\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D"].map((it, i) => [it, Math.max(0, i - 2)])
);
for (const [i, it] of [..."\u58F9\u8D30\u53C1\u8086\u4F0D\u9646\u67D2\u634C\u7396"].entries()) digits.set(it, i + 1);
digits.set("\u4E24", 2);
var multipliers = new Map(
  Object.entries({ \u5341: 10, \u62FE: 10, \u767E: 100, \u4F70: 100, \u5343: 1e3, \u4EDF: 1e3, \u4E07: 1e4, \u4EBF: 1e8 })
);
var arabic = /(?:\d{1,3}(?:([,，])\d{3})(?:\1\d{3})*(?!\d)|\d+)(?:\.\d+)?/y;
var startsNumeral = characterSet(
  "0123456789\u96F6\u3007\u25CB\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341\u767E\u5343\u4E07\u4EBF\u4E24\u5EFF\u5345\u51E0\u6570\u58F9\u8D30\u53C1\u8086\u4F0D\u9646\u67D2\u634C\u7396\u62FE\u4F70\u4EDF"
);
var isInNumeral = characterSet([...digits.keys(), ...multipliers.keys(), ..."\u5EFF\u5345\u51E0\u6570wk"]);
function numeralAt(plain, start) {
  const atoms = [];
  let hasWideComma = false;
  let isChinese2 = false;
  let end = start;
  while (end < plain.length) {
    arabic.lastIndex = end;
    const found = arabic.exec(plain);
    const atom = found ? null : chineseAtom(plain, end);
    if (found) {
      hasWideComma ||= found[1] === "\uFF0C";
      const text = found[0].replace(/[,，]/g, "");
      atoms.push({ kind: "number", value: Number(text), isDigit: /^\d$/.test(text), text });
      end += found[0].length;
    } else if (atom) {
      isChinese2 = true;
      atoms.push(...atom);
      end += 1;
    } else break;
  }
  if (atoms.length === 0) return null;
  const hasWan = atoms.some((it) => it.kind === "times" && it.value >= 1e4);
  const { value, beforeWan, isVague } = evaluate(atoms);
  return { start, end, beforeWan, value, isVague, isChinese: isChinese2, hasWan, hasWideComma };
}
__name(numeralAt, "numeralAt");
function chineseAtom(plain, at) {
  const code = plain.charCodeAt(at);
  if (!isInNumeral(code)) return null;
  const character = plain.charAt(at);
  const next = plain.charAt(at + 1);
  const digit = digits.get(character);
  if (digit === 0) return [{ kind: "zero" }];
  if (digit !== void 0) return [{ kind: "number", value: digit, isDigit: true, text: String(digit) }];
  const times = multipliers.get(character);
  if (times !== void 0) return [{ kind: "times", value: times }];
  if (character === "\u5EFF" || character === "\u5345") {
    const tens = character === "\u5EFF" ? 2 : 3;
    return [
      { kind: "number", value: tens, isDigit: true, text: String(tens) },
      { kind: "times", value: 10 }
    ];
  }
  if (character === "\u51E0") return [{ kind: "some" }];
  if (character === "\u6570" && multipliers.has(next)) return [{ kind: "some" }];
  const letter = character === "w" ? 1e4 : character === "k" ? 1e3 : null;
  const isSuffix = /\d/.test(plain.charAt(at - 1)) && !/[a-z\d]/.test(next);
  return letter !== null && isSuffix ? [{ kind: "times", value: letter }] : null;
}
__name(chineseAtom, "chineseAtom");
var vague = { value: Number.NaN, beforeWan: null, isVague: true };
function evaluate(atoms) {
  if (atoms.some((it) => it.kind === "some")) return vague;
  if (!atoms.some((it) => it.kind === "times")) return digitByDigit(atoms);
  let total = 0;
  let section = 0;
  let pending = null;
  let last = Number.POSITIVE_INFINITY;
  let lastInSection = Number.POSITIVE_INFINITY;
  let isAfterZero = false;
  let beforeWan = null;
  for (const [index, atom] of atoms.entries()) {
    if (atom.kind === "zero") {
      if (pending !== null || index === 0) return vague;
      isAfterZero = true;
    } else if (atom.kind === "number") {
      if (pending !== null) return vague;
      pending = atom.value;
    } else if (atom.kind === "times" && atom.value < 1e4) {
      if (pending === null && (atom.value > 10 || index > 0 && !isAfterZero && last <= 10)) return vague;
      if (atom.value >= lastInSection) return vague;
      section += (pending ?? 1) * atom.value;
      pending = null;
      last = lastInSection = atom.value;
      isAfterZero = false;
    } else if (atom.kind === "times") {
      if (atom.value >= last && total > 0) return vague;
      section += pending ?? 0;
      if (section === 0) return vague;
      beforeWan = index === atoms.length - 1 && atom.value === 1e4 && total === 0 ? section : null;
      total += section * atom.value;
      section = 0;
      pending = null;
      last = atom.value;
      lastInSection = Number.POSITIVE_INFINITY;
      isAfterZero = false;
    }
  }
  if (pending !== null) {
    const end = atoms.at(-1);
    const isSpokenShort = end?.kind === "number" && end.isDigit && !isAfterZero && last >= 100;
    if (!isSpokenShort && pending >= last) return vague;
    section += isSpokenShort ? pending * last / 10 : pending;
  }
  return { value: tidy(total + section), beforeWan, isVague: false };
}
__name(evaluate, "evaluate");
function digitByDigit(atoms) {
  const only = atoms[0];
  if (atoms.length === 1 && only?.kind === "number") return { value: only.value, beforeWan: null, isVague: false };
  const isPositional = atoms.every((it) => it.kind === "zero" || it.kind === "number" && it.isDigit) && (atoms.length === 1 || atoms.some((it) => it.kind === "zero") && atoms[0]?.kind === "number");
  if (!isPositional) return vague;
  const text = atoms.map((it) => it.kind === "number" ? it.text : "0").join("");
  return { value: Number(text), beforeWan: null, isVague: false };
}
__name(digitByDigit, "digitByDigit");
function tidy(value) {
  return Math.round(value * 1e6) / 1e6;
}
__name(tidy, "tidy");

// src/reader/date-rules.ts
var D = "(?:[12]\\d|3[01]|0?[1-9]|[\u4E00\u4E8C\u4E24]?\u5341[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D]?|\u4E09\u5341\u4E00?|\u5EFF[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D]?|[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D])";
var M = "(?:1[0-2]|0?[1-9]|\u5341[\u4E00\u4E8C]?|[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D])";
var join = "\\s*(?:\u81F3|\u5230|-|~|\u3001|\u548C|\u53CA|\u4E0E)\\s*";
var counted = "\\s*(?:[\u573A\u6B21\u671F\u56DE\u4EBA\u540D\u4F4D\u4E2A\u5904\u4EF6\u9879\u6761\u8D77\u4F8B\u4EFD\u7BC7\u5EA7\u5E62\u680B\u6237\u5BB6]|\u4E07|\u5343|\u767E|%)";
var rules = [
  rule(
    /\d{8}/,
    `(?<!\\d)(?<y>(?:19|20)\\d\\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])(?!\\d|${counted})`,
    absolute
  ),
  rule(
    /\d{4}[./-]/,
    `(?<!\\d)(?<y>(?:19|20)\\d\\d)[./-](?<m>1[0-2]|0?[1-9])[./-](?<d>[12]\\d|3[01]|0?[1-9])(?!\\d)`,
    absolute
  ),
  rule(
    /月/,
    `(?:(?<y>(?:19|20)\\d\\d)\u5E74)?\\s*(?<!\\d)(?<m>${M})\\s*\u6708\u4EFD?\\s*(?:(?<d>${D})[\u65E5\u53F7]?${join}(?:(?<m2>${M})\u6708)?(?<d2>${D})[\u65E5\u53F7]|(?<d3>${D})(?:[\u65E5\u53F7]|(?!\\d|\\.|${counted})))`,
    absolute
  ),
  rule(
    /\d[./]\d/,
    `(?<![\\d./\xB7:-])(?<m>1[0-2]|0?[1-9])(?<dot>[./])(?<d>[12]\\d|3[01]|0[1-9]|[1-9])[\u65E5\u53F7]?(?:\\s*(?:-|~|\u81F3|\u5230)\\s*(?:(?<m2>1[0-2]|0?[1-9])\\k<dot>)?(?<d2>[12]\\d|3[01]|0?[1-9])[\u65E5\u53F7]?)?(?![\\d./\xB7:]|${counted})`,
    plausible
  ),
  rule(
    /\d-\d/,
    `(?<=^|[\\s\uFF0C,\u3002\uFF1B;])(?<m>[1-9]|1[0-2])-(?<d>[12]\\d|3[01]|[1-9])(?=\\s*[\u4E00-\u9FA5])(?![\u884C\u9879]|${counted})`,
    plausible
  ),
  rule(/\d-\d/, `(?<![\\d./\xB7:-])(?<m>0[1-9]|1[0-2])-(?<d>0[1-9]|[12]\\d|3[01])(?![\\d./\xB7:-]|${counted})`, plausible),
  rule(
    /[日号]/,
    `(?<![\u7B2C\u8DEF\u8857\u9053\u5DF7\u5F04\u6751\u5E62\u680B\\d.])(?<d>${D})[\u65E5\u53F7]?(?:\u81F3|\u5230|-|~|\u3001|\u548C|\u53CA)(?<d2>${D})[\u65E5\u53F7](?!\u4E4B?\u5185|[\u697C\u7EBF\u6865\u95E8\u9662\u8DEF\u6587\u4ED3\u4E95\u6CF5\u7AD9\u5E93\u8239\u673A\u8F66\u4EE4\u5385\u9986\u4F1A\u7F50\u50A8\u5382\u5730\u6807\u7A97\u7801\u5CB8\u4EBA])`,
    dayOfMonth
  ),
  rule(
    /[日号]/,
    `(?<![\u7B2C\u8DEF\u8857\u9053\u5DF7\u5F04\u6751\u5E62\u680B\\d.\u51E0])(?<d>${D})[\u65E5\u53F7](?!\u4E4B?\u5185|[\u697C\u7EBF\u6865\u95E8\u9662\u8DEF\u6587\u4ED3\u4E95\u6CF5\u7AD9\u5E93\u8239\u673A\u8F66\u4EE4\u5385\u9986\u4F1A\u7F50\u50A8\u5382\u5730\u6807\u7A97\u7801\u5CB8\u4EBA\\d])`,
    dayOfMonth
  ),
  rule(
    /[昨今明]|[前后][天日晚早]/,
    "(?<rel>\u5927\u524D|\u5927\u540E|\u524D|\u6628|\u4ECA|\u660E|\u540E)(?:\u5929|\u65E5|\u665A|\u65E9(?!\u5DF2))(?!\u7136)|(?<rel2>\u6628\u513F|\u4ECA\u513F|\u660E\u513F)\u4E2A?",
    relative
  ),
  rule(
    /周|星期|礼拜/,
    "(?<!\u6BCF)(?<wk>\u4E0A\u4E0A|\u4E0A|\u672C|\u8FD9|\u4E0B)?\u4E2A?(?:\u5468|\u661F\u671F|\u793C\u62DC)(?<w>[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u65E5\u59291-6])(?:\u81F3|\u5230|-|~)(?:\u5468|\u661F\u671F|\u793C\u62DC)?(?<w2>[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u65E5\u59291-7])(?!\u6B21|\u573A|\u671F|\u56DE)",
    weekday
  ),
  rule(
    /周|星期|礼拜/,
    "(?<!\u6BCF)(?<wk>\u4E0A\u4E0A|\u4E0A|\u672C|\u8FD9|\u4E0B)?\u4E2A?(?:\u5468|\u661F\u671F|\u793C\u62DC)(?<w>[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u65E5\u59291-6])(?!\u6B21|\u573A|\u671F|\u56DE|\u4E2A|\u5E74|\u4EBA|\u540D)",
    weekday
  ),
  rule(/周|星期|礼拜/, "(?:\u672C|\u8FD9)\u4E2A?(?:\u5468|\u661F\u671F|\u793C\u62DC)(?![\u672B\u521D])", () => whole),
  rule(
    /[月旬周前近日节最阵天季年端]|星期|礼拜/,
    "(?:\u672C|\u8FD9\u4E2A|\u4E0A\u4E2A?|\\d{1,2}|[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341]{1,2})?\u6708(?:\u521D|\u4E2D\u65EC?|\u5E95|\u672B|\u4E0A\u65EC|\u4E0B\u65EC)|(?<=[ ,\uFF0C]|^)[\u4E0A\u4E2D\u4E0B]\u65EC|\u4E0A\u4E0A?\u4E2A?(?:\u5468|\u661F\u671F|\u793C\u62DC)\u672B?|(?:\u672C|\u8FD9|\u4E0A)?\u4E2A?\u5468[\u672B\u521D]|\u524D[\u51E0\u4E24]\u5929|\u524D\u4E9B\u5929|\u524D\u4E00?\u9635\u5B50?|\u524D\u6BB5\u65F6\u95F4|\u524D\u4E0D\u4E45|\u4E0D\u4E45\u524D|\u8FD1\u65E5|\u8FD1\u671F|\u8FD1\u51E0\u5929|\u8FD9[\u51E0\u4E24]\u5929|\u7AEF\u5348\u8282?|\u513F\u7AE5\u8282|\u6700\u8FD1|\u65E5\u524D|\u8FD9\u9635\u5B50|\u6709\u4E00\u5929|\u67D0\u5929|\u90A3\u5929|[\u4E00\u4E8C\u4E09\u56DB1-4]\u5B63\u5EA6|[\u4E0A\u4E0B]\u534A\u5E74|\u4ECA\u5E74\u4EE5\u6765|\u5E74\u521D\u4EE5\u6765|\u5168\u5E74|\u53BB\u5E74\u4EE5\u6765",
    () => ({ kind: "vague", date: null, dateFrom: null, isMonthAssumed: false })
  ),
  rule(
    /月|[去前]年/,
    "(?:(?<y>(?:19|20)\\d\\d)\u5E74)?(?<![\\d\u4E2A\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341])(?<m>1[0-2]|[1-9]|\u5341[\u4E00\u4E8C]?|[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D])\u6708\u4EFD?|(?<rel>\u672C\u6708|\u8FD9\u4E2A?\u6708|\u5F53\u6708|\u5168\u6708|\u6574\u4E2A?\u6708|\u4E0A\u4E2A?\u6708|\u4E0B\u4E2A?\u6708)\u4EFD?|(?<past>\u53BB\u5E74|\u524D\u5E74)",
    wholeMonth
  )
];
function rule(needs, source, resolve) {
  return { needs, pattern: new RegExp(source, "g"), resolve };
}
__name(rule, "rule");
function day2(date, dateFrom = null, isMonthAssumed = false) {
  return { kind: "day", date, dateFrom: dateFrom === date ? null : dateFrom, isMonthAssumed };
}
__name(day2, "day");
var whole = { kind: "whole", date: null, dateFrom: null, isMonthAssumed: false };
var impossible = { kind: "impossible", date: null, dateFrom: null, isMonthAssumed: false };
function count(text) {
  return text === void 0 ? Number.NaN : numeralAt(text, 0)?.value ?? Number.NaN;
}
__name(count, "count");
function absolute(groups, today) {
  const [month, firstDay] = [count(groups.m), count(groups.d ?? groups.d3)];
  const year = groups.y === void 0 ? nearestYear(month, firstDay, today) : Number(groups.y);
  const start = dayOf(year, month, firstDay);
  if (groups.d2 === void 0) return start === null ? impossible : day2(start);
  const last = dayOf(year, count(groups.m2 ?? groups.m), count(groups.d2));
  return start === null || last === null || last < start ? impossible : day2(last, start);
}
__name(absolute, "absolute");
function nearestYear(month, day3, today) {
  const year = yearOf(today);
  const date = dayOf(year, month, day3);
  if (date === null) return year;
  const days = daysBetween(today, date);
  return days > 183 ? year - 1 : days < -183 ? year + 1 : year;
}
__name(nearestYear, "nearestYear");
function plausible(groups, today, { campaign: campaign2 }) {
  const found = absolute(groups, today);
  if (found.date === null) return null;
  const isNear = daysBetween(campaign2.period.start, found.date) >= -45 && daysBetween(campaign2.period.end, found.date) <= 45;
  return isNear ? found : null;
}
__name(plausible, "plausible");
function dayOfMonth(groups, today) {
  const last = count(groups.d2 ?? groups.d);
  const first = groups.d2 === void 0 ? null : count(groups.d);
  if (first !== null && first >= last) return null;
  for (let back = 0; back < 3; back++) {
    const month = Number(today.slice(5, 7)) - back;
    const year = yearOf(today) - (month < 1 ? 1 : 0);
    const date = dayOf(year, month < 1 ? month + 12 : month, last);
    if (date === null || date > today) continue;
    return day2(date, first === null ? null : plusDays(date, first - last), true);
  }
  return impossible;
}
__name(dayOfMonth, "dayOfMonth");
function wholeMonth(groups, today, { campaign: campaign2 }) {
  const month = groups.m ? count(groups.m) : Number(today.slice(5, 7)) + (/^上/.test(groups.rel ?? "") ? -1 : 0);
  const year = groups.y ? Number(groups.y) : yearOf(today);
  const first = dayOf(year, month < 1 ? 12 : month, 1);
  const { start, end } = campaign2.period;
  const touches = first !== null && first <= end && first.slice(0, 7) >= start.slice(0, 7);
  const isOutside = groups.past !== void 0 || !touches && !/^[本这当全整下]/.test(groups.rel ?? "");
  return isOutside ? impossible : whole;
}
__name(wholeMonth, "wholeMonth");
var daysFrom = {
  \u5927\u524D: -3,
  \u524D: -2,
  \u6628: -1,
  \u6628\u513F: -1,
  \u4ECA: 0,
  \u4ECA\u513F: 0,
  \u660E: 1,
  \u660E\u513F: 1,
  \u540E: 2,
  \u5927\u540E: 3
};
function relative(groups, today) {
  const days = daysFrom[groups.rel ?? groups.rel2 ?? ""];
  return days === void 0 ? null : day2(plusDays(today, days));
}
__name(relative, "relative");
function weekday(groups, today) {
  const number = /* @__PURE__ */ __name((it) => it === "\u65E5" || it === "\u5929" ? 7 : count(it), "number");
  const monday = plusDays(today, 1 - weekdayOf2(today));
  const week = { \u4E0A\u4E0A: -14, \u4E0A: -7, \u4E0B: 7 }[groups.wk ?? ""] ?? 0;
  const onWeekday = /* @__PURE__ */ __name((it) => plusDays(monday, week + number(it) - 1), "onWeekday");
  let date = onWeekday(groups.w2 ?? groups.w);
  let from = onWeekday(groups.w);
  if (groups.wk === void 0 && date > today) {
    date = plusDays(date, -7);
    from = plusDays(from, -7);
  }
  return day2(date, from > date ? plusDays(from, -7) : from);
}
__name(weekday, "weekday");

// src/reader/matches.ts
var none2 = [];
function matchesOf(pattern, text) {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return none2;
  const found = [];
  for (; match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === "") pattern.lastIndex++;
  }
  return found;
}
__name(matchesOf, "matchesOf");

// src/reader/date.ts
var excluded = /(?:不含|不包括|除了?|不算|原定于?|原计划于?|本来定在?)$/;
var ofReport = /^\s*(?:(?:我|我们|才|刚|已经?|所)?(?:上报|填报|报送|报|说|写|填|发)的|(?:我|我们)?(?:再|会|要|来)?(?:再报|再说|再补|补报(?!\d)|上报|报给|报您|统计|核实|确认|再发|再给|发给|给您))/;
var aboutAfter = /^\s*(?:前后|左右|上下)/;
var aboutBefore = /(?:大概|大约|好像|可能|差不多|约)(?:是|在)?\s*$/;
var mayHaveDate = /[日号天晚早月周旬./-]|[去前]年|季度|半年|今年以来|年初|全年|星期|礼拜|端午|儿童节|最近|近期|前阵|前段|不久|这阵|[昨今明]儿|\d{8}/;
var aboutThen = { kind: "vague", date: null, dateFrom: null, isMonthAssumed: false };
function findDates(plain, context, isTaken) {
  if (!mayHaveDate.test(plain)) return [];
  const today = dayIn(context.campaign.timezone, context.now);
  const found = [];
  for (const { needs, pattern, resolve } of rules) {
    if (!needs.test(plain)) continue;
    for (const match of matchesOf(pattern, plain)) {
      const start = match.index;
      const end = start + match[0].length;
      if (isTaken(start) || isTaken(end - 1) || excluded.test(plain.slice(Math.max(0, start - 4), start)) || found.some((it) => start < it.end && it.start < end))
        continue;
      if (ofReport.test(plain.slice(end, end + 8))) continue;
      const date = resolve(match.groups ?? {}, today, context);
      const isAbout = aboutAfter.test(plain.slice(end, end + 3)) || aboutBefore.test(plain.slice(Math.max(0, start - 5), start));
      if (date !== null) found.push({ start, end, ...date, ...isAbout && date.kind === "day" ? aboutThen : {} });
    }
  }
  const isSaid = /* @__PURE__ */ __name((vague2) => found.some((it) => it.kind === "day" && it.start - vague2.end < 5 && vague2.start - it.end < 5), "isSaid");
  return found.filter((it) => it.kind !== "vague" || !isSaid(it)).sort((a, b) => a.start - b.start);
}
__name(findDates, "findDates");
function judgeDate(mention, context) {
  const { start, end } = context.campaign.period;
  if (mention.kind === "impossible") return "outsidePeriod";
  if (mention.kind !== "day" || mention.date === null) return "ask";
  if (mention.date > end || mention.date < start)
    return mention.isMonthAssumed && mention.date < start ? "ask" : "outsidePeriod";
  if (mention.date > dayIn(context.campaign.timezone, context.now)) return "future";
  return mention.dateFrom !== null && mention.dateFrom < start ? "ask" : "ok";
}
__name(judgeDate, "judgeDate");

// src/reader/figure-lists.ts
function besideEachOther(plain, figures) {
  return insideParts(plain, respectively(plain, joinRanges(plain, figures)));
}
__name(besideEachOther, "besideEachOther");
function joinRanges(plain, figures) {
  const joined = [];
  for (const figure of figures) {
    const last = joined.at(-1);
    const isRange = last !== void 0 && last.counter === figure.counter && figure.counter !== null && /^\s*(?:-|~|至|到|或者?)\s*$/.test(plain.slice(last.end, figure.start));
    if (isRange) joined[joined.length - 1] = { ...last, end: figure.end, problem: "vague" };
    else joined.push(figure);
  }
  return joined;
}
__name(joinRanges, "joinRanges");
function respectively(plain, figures) {
  const listed = [...figures];
  for (let at = 0; at < listed.length; at++) {
    const first = listed[at];
    if (first?.role !== "respective") continue;
    let end = at + 1;
    while (end < listed.length && isJoined(plain, listed[end - 1], listed[end])) end++;
    const counter = listed[end - 1]?.counter ?? null;
    for (let i = at; i < end; i++) {
      const figure = listed[i];
      if (figure) listed[i] = { ...figure, counter: figure.counter ?? counter, role: "respective" };
    }
    at = end - 1;
  }
  return listed;
}
__name(respectively, "respectively");
function isJoined(plain, one, next) {
  if (!one || !next || one.counter !== null && one.counter !== next.counter) return false;
  return /^\s*(?:[、，,]|和|及|与|[、，,]和)\s*$/.test(plain.slice(one.end, next.start));
}
__name(isJoined, "isJoined");
function insideParts(plain, figures) {
  if (!plain.includes("(")) return [...figures];
  return figures.map((figure) => {
    const open = plain.lastIndexOf("(", figure.start);
    const isInside = open >= 0 && !plain.slice(open, figure.start).includes(")") && figure.role === "plain";
    if (!isInside) return figure;
    const clause = plain.slice(0, open).search(/[^。；;!！?？\n，,、)]*$/);
    const isPart2 = figures.some((it) => it.start >= clause && it.end <= open && it.counter === figure.counter);
    return isPart2 ? { ...figure, role: "part", partAt: open } : figure;
  });
}
__name(insideParts, "insideParts");

// src/reader/figure-words.ts
var hesitantWords = /大概|大约|大致|差不多|估计|估摸|可能|也许|好像|预计|约莫|约摸|印象中|记不清|不太清楚/g;
var hesitantBefore = /(?:(?<![预特签邀制契条])约(?!了)|(?<![大中])小|(?<![最附邻接靠临新])近|将近|接近|超过|超|逾|不到|不足|未满|没满|没到|没有|没|至少|最少|最多|起码|保守|目测|高达|满打满算|不止|不下|少于|多于|大于|小于|低于|高于|不少于|不低于|不超过|几乎|好几|(?<![尽赶加很])快)\s*(?:有|了|到|为|是|共)?\s*$/;
var softTail = /^ *(?:\+|多|余|来|把|几|以上|以下|以内|以外|开外|上下|左右|出头|不到(?! *[\d一二两三四五六七八九十百])|不等|朝上|往上)/;
var softAfterCounter = /^ *(?:\+|(?:的)?样子|光景|以上|以下|以内|开外|上下|左右|出头|都?不到(?! *[\d一二两三四五六七八九十百])|不等|朝上|往上|多一?点|(?:多|许|把|上)(?=\s*(?:$|[，,。；;、!?]))|\(?(?:估|暂估|预计))/;
var differenceBefore = /(?:[多少](?:报|算|填|写|记|录|数|统计|加)|(?<![至不多缺])少|(?<![增加])减[少去掉]?|扣[掉除减]?|撤[掉销]?|去掉|删[掉除]?|取消)了?\s*$/;
var grownTo = /(?:增加|增长|提高|上升|减少|降低|下降|[增升降减])(?:到|至)[^，,。；;\n]{0,6}$/;
var grownFrom = /[从由][^，,。；;\n]{0,6}$/;
var growsBehind = /^[^，,。；;\n]{0,12}(?:增加|增长|提高|上升|减少|降低|下降|增|升|降|减)(?:到|至)/;
var signBefore = /[\d一-龥)]\s*[+*×x±]\s*$|[><≈≥≤]\s*$|\d\s*[加乘减]\s*$/;
var signAfter = /^\s*(?:[+*×±]\s*\d|[加乘减]\s*\d)/;
var exceptBefore = /除了?\s*$/;
var spacedThousands = /(?:^|[^\d.])\d{1,3}(?: +|')\d{3}$/;
var eachBefore = /(?:(?:每(?:一?[场次期个家人天批组站处座]|名|位|户|周)?|平均|人均|场均)(?:[^，,。；;\n\d]{0,5})|第[\d一二三四五六七八九十]{1,3}[场次期]\s*(?:有|是|为|参加|参与)?\s*)$/;
var apieceBefore = /(?:[都均](?:是|为|有)|各(?!部门|单位|类|项|级|地|位|种|科|处室|街道|社区|乡镇|企业|站|县|区|村|界|方|条|样|班|中队|大队|支队|队|组|小组|岗|所|公司|项目|工地|家|局)[^，,。；;\n\d]{0,8})$/;
var respectiveBefore = /(?:分别|依次)(?:[^，,。；;\n\d]{0,6})$/;
var listedRespectively = /(?:分别|依次)[^，,。；;\n\d]{0,6}(?:\d+[^\d，,。；;\n]{0,2}[、，,]\s*)*$/;
var partBefore = /(?:其中|(?<!包)含|包括|包含|里面|里头|里有|当中有|已(?:办结|核实|处理|处置|查处|回复))[^，,。；;\n]*$/;
var totalBefore = /(?:合计|共计|总计|一共|总共|累计|共|总数|总人数|总人次|总场次)(?:[^，,。；;\n\d]{0,5})$/;
var withdrawnAfter = /^\s*[哎唉啊哦呃嗯噢]*\s*(?:不对|有误|错了|不是的|是笔误|是错的|是报错|是写错|是填错)/;
var replacedAfter = /^\s*[，,]?\s*(?:改为|改成|更正为|更改为|修改为|调整为|纠正为|变更为)/;
var deniedBefore = /(?:不是|并非|而非|而不是|(?:原|误|错)[报填写][的为成是了]?|[报写填]成了?|原来是|原来报的是?)\s*$/;
var headings = [
  [
    /(?:人次|人数|人员|参与者|参加者|学员|观众|听众|受众|群众|职工|员工)(?:数量?)?\s*(?:[有达共是为约:]|合计|总计|改成|改为|应该?是|应为|应当是|更正为)*\s*$/,
    "\u4EBA"
  ],
  [/(?:场次|场数|期数)(?:数量?)?\s*(?:[有达共是为:]|合计|总计|改成|改为|应该?是|应为|应当是|更正为)*\s*$/, "\u573A"],
  [/(?:观看量|观看数|参加|参与|观看|收看|到场|来了|受教育|参演|覆盖|惠及|参训|受训)\s*(?:的|了|有|达|共)*\s*$/, "\u4EBA"]
];
var headsNext = /^\s*[:为是]?\s*[\d一二两三四五六七八九十百千]/;
var personNoun = /^\s*(?:老?党员|团员|师傅|老师|学生|同学|孩子|娃|小朋友|老板|老总|经理|工人|员工|职工|群众|居民|村民|市民|业主|住户|同志|同事|干部|领导|负责人|学员|人|老人|志愿者|队员|队伍成员|商户负责人|代表|司机|驾驶员|安全员|站长|组长)/;
var personHeading = /(?:人|人数|人员|参加的|来的)(?:的话|嘛|呢|啊|么|吧|大概|好像|差不多|一共|总共|共|大约|可能|有|是|:|\s)*$/;
var totalAfter = /^\s*(?:总共|一共|合计|共计)/;
function charactersOf(patterns2) {
  return patterns2.flatMap((it) => [...it.source.replace(/\\[a-z]/g, "")]);
}
__name(charactersOf, "charactersOf");
var isTellingBefore = characterSet(
  charactersOf([
    ...[hesitantBefore, differenceBefore, signBefore, exceptBefore, deniedBefore],
    ...[eachBefore, apieceBefore, respectiveBefore, totalBefore, personHeading, /负/],
    ...headings.map(([it]) => it)
  ])
);
var isTellingAfter = characterSet(
  charactersOf([softAfterCounter, withdrawnAfter, replacedAfter, totalAfter, signAfter, personNoun, /半/])
);
var mayWiden = characterSet([..." 	\n-~\u81F3\u5230\u6216\u3001/", ...charactersOf([softTail])]);
function mayTellBefore(before) {
  for (let i = 0; i < before.length; i++) if (isTellingBefore(before.charCodeAt(i))) return true;
  return false;
}
__name(mayTellBefore, "mayTellBefore");
function mayTellAfter(after) {
  return isTellingAfter(after.trimStart().charCodeAt(0));
}
__name(mayTellAfter, "mayTellAfter");

// src/reader/figure.ts
var plainFigure = {
  beforeWan: null,
  hasWan: false,
  role: "plain",
  isMisheard: false,
  hasWideComma: false,
  isOfSomething: false,
  partAt: -1
};
function isOwn({ role }) {
  return role === "plain" || role === "part" || role === "total";
}
__name(isOwn, "isOwn");

// src/reader/implied.ts
function percentAt(plain, at) {
  if (!plain.startsWith("\u767E\u5206\u4E4B", at)) return null;
  const numeral = plain.charAt(at + 3) === "\u767E" ? null : numeralAt(plain, at + 3);
  if (numeral === null && plain.charAt(at + 3) !== "\u767E") return null;
  const whole3 = numeral?.value ?? 100;
  const end = numeral?.end ?? at + 4;
  const decimals = /^点([零〇一二三四五六七八九]+)/.exec(plain.slice(end, end + 8))?.[1] ?? "";
  const digits2 = [...decimals].map((it) => numeralAt(it, 0)?.value ?? 0).join("");
  const value = Number(`${whole3}${digits2 === "" ? "" : `.${digits2}`}`);
  return {
    ...plainFigure,
    start: at,
    end: decimals === "" ? end : end + 1 + decimals.length,
    value,
    counter: "%",
    problem: numeral?.isVague ? "vague" : null
  };
}
__name(percentAt, "percentAt");
var startsImplied = characterSet("\u4E2A\u573A\u6B21\u671F\u5802\u4E00\u5927\u591A\u82E5\u8BB8\u4E0D\u597D\u534A");
var someOf = /(?:一半|大半|多数|若干|许多|不少|一批|好多|多|半)/y;
function impliedFigure(plain, at, counters) {
  const base = { ...plainFigure, start: at };
  if (/[了过]/.test(plain.charAt(at - 1))) {
    const one = /^(?:个)?(场|次|期|堂)(?![次数地馆景面合所站外内])/.exec(plain.slice(at, at + 4));
    if (one) return { ...base, end: at + one[0].length, value: 1, counter: one[1] ?? null, problem: null };
  }
  someOf.lastIndex = at;
  const some = someOf.exec(plain)?.[0];
  if (some === void 0) return null;
  const counter = counterAt(plain, at + some.length, counters);
  if (some === "\u591A" && /[很许众更诸]/.test(plain.charAt(at - 1))) return null;
  if (some !== "\u4E00\u534A" && some !== "\u5927\u534A" && !counter) return null;
  return {
    ...base,
    end: counter?.end ?? at + some.length,
    value: some === "\u534A" ? 0.5 : Number.NaN,
    counter: counter ? counters.canonical(counter.word) : null,
    problem: some === "\u534A" ? "fraction" : "vague"
  };
}
__name(impliedFigure, "impliedFigure");

// src/reader/noise.ts
var free = 0;
var noise = 1;
var dated = 2;
var named = 3;
function markNoise(plain, marks, { numberNames: numberNames2, dottedNames: dottedNames2, noisePatterns: noisePatterns2 }) {
  for (const name2 of numberNames2) {
    for (let at = plain.indexOf(name2); at >= 0; at = plain.indexOf(name2, at + name2.length)) {
      markNumerals(plain, marks, { start: at, end: at + name2.length });
    }
  }
  if (!/[\d零〇一二两三四五六七八九十半几百千万每个@]/.test(plain)) return;
  for (const match of matchesOf(dotted, plain)) {
    const followers = dottedNames2.get(`${match[1]}\xB7${match[2]}`);
    if (followers?.has(match[3] ?? ""))
      mark(marks, { start: match.index, end: match.index + match[0].length - 2 }, noise);
  }
  for (const match of matchesOf(sayings, plain)) mark(marks, spanOfMatch(match), named);
  for (const [needs, pattern] of noisePatterns2) {
    if (!needs.test(plain)) continue;
    for (const match of matchesOf(pattern, plain)) mark(marks, spanOfMatch(match), noise);
  }
}
__name(markNoise, "markNoise");
function markNumerals(plain, marks, { start, end }) {
  for (let i = start; i < end; i++) {
    if (/[\d一二两三四五六七八九十百]/.test(plain.charAt(i))) marks[i] = named;
  }
}
__name(markNumerals, "markNumerals");
function spanOfMatch(match) {
  return { start: match.index, end: match.index + match[0].length };
}
__name(spanOfMatch, "spanOfMatch");
function mark(marks, { start, end }, kind) {
  for (let i = start; i < end; i++) if (marks[i] === free) marks[i] = kind;
}
__name(mark, "mark");

// src/reader/rough.ts
function surroundingsOf(plain, marks, counters) {
  const mayHave = {
    lists: /分别|依次/.test(plain),
    parts: /[其含包里当已]/.test(plain),
    growth: /[增提上减降升]/.test(plain)
  };
  return { plain, marks, counters, clauseStart: 0, start: 0, hesitations: hesitationsOf(plain), mayHave };
}
__name(surroundingsOf, "surroundingsOf");
function widened({ plain, counters, mayHave }, numeral) {
  if (!mayWiden(plain.charCodeAt(numeral.end))) return { end: numeral.end, isSoft: false };
  const isListed = mayHave.lists && listedRespectively.test(plain.slice(Math.max(0, numeral.start - 40), numeral.start));
  const dash = (isListed ? /^\s*(?:-|~|至|到|或)\s*/ : /^\s*(?:-|~|至|到|或|、|\/)\s*/).exec(
    plain.slice(numeral.end, numeral.end + 4)
  );
  const upper = dash && numeralAt(plain, numeral.end + dash[0].length);
  const isRange = upper !== null && (counterAt(plain, upper.end, counters) !== null || /^\s*[-~]/.test(dash?.[0] ?? ""));
  const end = upper !== null && isRange ? upper.end : numeral.end;
  const rest = plain.slice(end, end + 8);
  const soft = softTail.exec(rest)?.[0];
  if (soft !== void 0) {
    const isBeforeCounter = counterAt(plain, end + soft.length, counters) !== null;
    if (isBeforeCounter || /^\s*(?:$|[^一-龥])/.test(rest.slice(soft.length)))
      return { end: end + soft.length, isSoft: true };
  }
  return { end, isSoft: isRange };
}
__name(widened, "widened");
function hesitates({ marks, clauseStart, hesitations }, numeral) {
  return hesitations.some(
    ({ start, end, next }) => start >= clauseStart && end <= numeral.start && (marks[next] === free || next >= numeral.start)
  );
}
__name(hesitates, "hesitates");
function hesitationsOf(plain) {
  return matchesOf(hesitantWords, plain).map((word) => {
    const span = spanOfMatch(word);
    const between = /^[是在有于\s]*/.exec(plain.slice(span.end, span.end + 4))?.[0].length ?? 0;
    return { ...span, next: span.end + between };
  });
}
__name(hesitationsOf, "hesitationsOf");
function hasGrown({ plain, clauseStart, mayHave }, { start }, end) {
  if (!mayHave.growth) return false;
  const before = plain.slice(Math.max(clauseStart, start - 16), start);
  return grownTo.test(before) || grownFrom.test(before) && growsBehind.test(plain.slice(end, end + 20));
}
__name(hasGrown, "hasGrown");
function isSpaced(plain, { start, end }) {
  return end - start === 3 && spacedThousands.test(plain.slice(Math.max(0, start - 5), end));
}
__name(isSpaced, "isSpaced");
var roughBefore = [hesitantBefore, differenceBefore, signBefore, exceptBefore];
function isRough(around, numeral, before) {
  if (numeral.isVague || hesitates(around, numeral)) return true;
  return before !== "" && roughBefore.some((it) => it.test(before));
}
__name(isRough, "isRough");

// src/reader/figures.ts
function findFigures(plain, marks, counters) {
  const figures = [];
  const around = surroundingsOf(plain, marks, counters);
  for (let at = 0; at < plain.length; ) {
    const code = plain.charCodeAt(at);
    if (isHardEdge(code) || isSoftEdge(code)) {
      around.start = at + 1;
      if (plain.charAt(at) !== "\u3001") around.clauseStart = at + 1;
    }
    const mayStart = marks[at] === free && (startsNumeral(code) || startsImplied(code));
    const { figure, end } = mayStart ? figureAt(around, at) : none3;
    if (figure) {
      figures.push(figure);
      around.start = figure.end;
    }
    at = Math.max(at + 1, end);
  }
  return besideEachOther(plain, figures);
}
__name(findFigures, "findFigures");
var none3 = { figure: null, end: 0 };
function figureAt(around, at) {
  const { plain, marks, counters } = around;
  const percent = percentAt(plain, at);
  if (percent) return { figure: percent, end: percent.end };
  const code = plain.charCodeAt(at);
  if (startsNumeral(code) && !plain.startsWith("\u4E00\u534A", at)) {
    const numeral = numeralAt(plain, at);
    if (numeral === null || !isFree(numeral, marks)) return none3;
    const figure = figureOf(around, numeral);
    return { figure, end: figure?.end ?? numeral.end };
  }
  const implied = startsImplied(code) ? impliedFigure(plain, at, counters) : null;
  return implied ? { figure: implied, end: implied.end } : none3;
}
__name(figureAt, "figureAt");
function isFree({ start, end }, marks) {
  for (let i = start; i < end; i++) if (marks[i] !== free) return false;
  return true;
}
__name(isFree, "isFree");
function figureOf(around, numeral) {
  const { plain, counters } = around;
  const before = plain.slice(Math.max(around.start, numeral.start - 16), numeral.start);
  const isTold = mayTellBefore(before);
  const { end: numberEnd, isSoft } = widened(around, numeral);
  const headed = isTold ? headings.find(([it]) => it.test(before))?.[1] ?? null : null;
  const behind = counterAt(plain, numberEnd, counters);
  const counter = behind && headed && headsNext.test(plain.slice(behind.end, behind.end + 6)) ? null : behind;
  const heading = counter ? null : headed;
  if (!counter && !isCountAlone(plain, numeral, { before, hasHeading: heading !== null, end: numberEnd })) return null;
  const counterEnd = counter?.end ?? numberEnd;
  const after = plain.slice(counterEnd, counterEnd + 8);
  const isToldAfter = mayTellAfter(after);
  const isHalf = isToldAfter && /^\s*半(?![天个小月年])/.test(after);
  const softEnd = isHalf || !isToldAfter ? "" : softAfterCounter.exec(after)?.[0] ?? "";
  const isVague = isSoft || softEnd !== "" || counter !== null && isSpaced(plain, numeral) || isToldAfter && signAfter.test(plain.slice(counterEnd, counterEnd + 20)) || hasGrown(around, numeral, counterEnd) || isRough(around, numeral, isTold ? before : "");
  const isNegative = isTold && /负\s*$/.test(before) || isMinus(plain, numeral.start);
  const value = numeral.value + (isHalf ? 0.5 : 0);
  const partAt = partStart(around, numeral);
  return {
    start: isNegative ? numeral.start - 1 : numeral.start,
    end: counterEnd + (isHalf ? 1 : softEnd.length),
    value,
    beforeWan: isHalf ? null : numeral.beforeWan,
    hasWan: numeral.hasWan,
    counter: counter ? isOfPeople(counter.word, before, after) ? "\u4EBA" : counters.canonical(counter.word) : heading,
    problem: isNegative ? "negative" : isVague ? "vague" : Number.isInteger(value) ? null : "fraction",
    role: roleOf(isTold ? before : "", isToldAfter ? after : "", partAt >= 0),
    partAt,
    isMisheard: counter !== null && counters.isMisheard(counter.word),
    hasWideComma: numeral.hasWideComma,
    isOfSomething: counter !== null && hasNounAhead(after)
  };
}
__name(figureOf, "figureOf");
function partStart({ plain, clauseStart, mayHave }, numeral) {
  if (!mayHave.parts) return -1;
  const from = Math.max(clauseStart, numeral.start - 60);
  const part = partBefore.exec(plain.slice(from, numeral.start));
  return part ? from + part.index : -1;
}
__name(partStart, "partStart");
function hasNounAhead(after) {
  const code = after.trimStart().charCodeAt(0);
  return isChinese(code) && !goesOn(code);
}
__name(hasNounAhead, "hasNounAhead");
var goesOn = characterSet("\u53C2\u5230\u6765\u89C2\u7684\u5171\u548C\u53CA\u4E0E");
function isOfPeople(word, before, after) {
  return word === "\u4E2A" && (personNoun.test(after) || personHeading.test(before));
}
__name(isOfPeople, "isOfPeople");
function isMinus(plain, start) {
  return plain.charAt(start - 1) === "-" && !/[\d日号月a-z]/.test(plain.charAt(start - 2));
}
__name(isMinus, "isMinus");
function isCountAlone(plain, numeral, { before, hasHeading, end }) {
  if (hasHeading) return true;
  const length = numeral.end - numeral.start;
  const isAtEdge = /^(?:\s|$|[吧呢哦啊]?\s*(?:$|[，,。；;、)!?]))/.test(plain.slice(end, end + 3));
  if (!isAtEdge || length > 7 && !numeral.isChinese && !/[,，]/.test(plain.slice(numeral.start, numeral.end)))
    return false;
  return !numeral.isChinese || length > 1 || /(?:^|[\s:是为])$/.test(before);
}
__name(isCountAlone, "isCountAlone");
function roleOf(before, after, isPart2) {
  if (after !== "" && withdrawnAfter.test(after)) return "withdrawn";
  if (deniedBefore.test(before) || after !== "" && replacedAfter.test(after)) return "denied";
  if (eachBefore.test(before)) return "each";
  if (apieceBefore.test(before)) return "apiece";
  if (respectiveBefore.test(before)) return "respective";
  if (isPart2) return "part";
  return totalBefore.test(before) || after !== "" && totalAfter.test(after) ? "total" : "plain";
}
__name(roleOf, "roleOf");

// src/reader/group.ts
function countsAs(row, { counter }) {
  if (row === void 0 || counter === null) return none4;
  let byCounter = counted2.get(row);
  if (byCounter === void 0) {
    byCounter = /* @__PURE__ */ new Map();
    counted2.set(row, byCounter);
  }
  let ids = byCounter.get(counter);
  if (ids === void 0) {
    ids = row.indicator.measures.filter((it) => canCount(it, counter)).map((it) => it.id);
    byCounter.set(counter, ids);
  }
  return ids;
}
__name(countsAs, "countsAs");
var none4 = [];
var counted2 = /* @__PURE__ */ new WeakMap();
function countAlike(row, one, other) {
  const theirs = countsAs(row, other);
  return countsAs(row, one).some((id2) => theirs.includes(id2));
}
__name(countAlike, "countAlike");
function holdsSame(group, figure) {
  const row = group.rows[0];
  const isSingle = row?.indicator.measures.length === 1;
  const theirs = countsAs(row, figure);
  return group.figures.some((it) => {
    if (!isOwn(it.figure)) return false;
    if (it.figure.counter === null && figure.counter === null) return isSingle;
    return countsAs(row, it.figure).some((id2) => theirs.includes(id2)) || isSingle && theirs.length > 0;
  });
}
__name(holdsSame, "holdsSame");
function isCountedApart({ rows }) {
  const [row] = rows;
  return rows.length === 1 && row !== void 0 && hasIndependentCounts(row.indicator);
}
__name(isCountedApart, "isCountedApart");
function isSameRows(some, others) {
  return some.length === others.length && some.every((it) => others.includes(it));
}
__name(isSameRows, "isSameRows");

// src/reader/surroundings.ts
function datesFor({ dates, zones }, index) {
  const days = dates.filter((it) => it.kind !== "whole");
  if (zones.length < 2 || days.length < 2) return null;
  const within = /* @__PURE__ */ __name((from, to) => days.filter((it) => it.start >= from && it.start < to), "within");
  const startOf = /* @__PURE__ */ __name((at) => zones[at]?.start ?? Number.POSITIVE_INFINITY, "startOf");
  const isBehind2 = within(0, startOf(0)).length === 0 && within(startOf(zones.length - 1), Number.POSITIVE_INFINITY).length > 0;
  const own = isBehind2 ? within(startOf(index), startOf(index + 1)) : within(index === 0 ? 0 : startOf(index - 1), startOf(index));
  return own.length > 0 ? own : null;
}
__name(datesFor, "datesFor");
function textBefore(plain, clause, zone) {
  const edges = clause.figures.filter((it) => it.end <= zone.start).map((it) => it.end);
  const others = clause.zones.filter((it) => it.end <= zone.start).map((it) => it.end);
  return plain.slice(Math.max(clause.start, ...edges, ...others), zone.start);
}
__name(textBefore, "textBefore");
function textAfter(plain, clause, zone) {
  const next = [...clause.figures, ...clause.zones].filter((it) => it.start >= zone.end).map((it) => it.start);
  return plain.slice(zone.end, Math.min(clause.end, ...next));
}
__name(textAfter, "textAfter");

// src/reader/meaning.ts
function statementOf(plain, group, isPart2) {
  const zone = group.zones.at(-1);
  const clause = zone && group.clauses.find((it) => zone.start >= it.start && zone.end <= it.end);
  if (!zone || !clause) return "none";
  const before = textBefore(plain, clause, zone);
  const after = textAfter(plain, clause, zone);
  const own = group.clauses.map((it) => plain.slice(it.start, it.end)).join("\uFF0C");
  if (notApplicable.test(own)) return "notApplicable";
  const last = group.clauses.at(-1);
  const isAlone = last !== void 0 && last !== clause && zeroAlone.test(plain.slice(last.start, last.end));
  if (isPart2 && (notAllBefore.test(before) || intended.test(before))) return "pending";
  if (isPart2 && (allBefore.test(before) || allAfter.test(after))) return "all";
  if (isPart2 && pendingBefore.test(before)) return /[均都]/.test(before) ? "zero" : "pending";
  return isAlone || zeroBefore.test(before) || zeroAfter.test(after) ? "zero" : "none";
}
__name(statementOf, "statementOf");
function withoutPending(plain, clause, isPart2) {
  const pending = clause.zones.filter((it) => it.rows.some(isPart2) && isPending(plain, clause, it));
  if (pending.length === 0) return clause;
  const claimed = new Set(pending.flatMap((zone) => claimedBy(plain, clause, zone)));
  if (claimed.size === 0) return clause;
  return {
    ...clause,
    zones: clause.zones.filter((it) => !pending.includes(it)),
    figures: clause.figures.filter((it) => !claimed.has(it))
  };
}
__name(withoutPending, "withoutPending");
function isPending(plain, clause, zone) {
  return pendingBefore.test(textBefore(plain, clause, zone)) || pendingAfter.test(textAfter(plain, clause, zone));
}
__name(isPending, "isPending");
function claimedBy(plain, clause, zone) {
  const behind = clause.figures.find(
    (it) => it.start >= zone.end && !/[一-龥]/.test(plain.slice(zone.end, it.start).replace(/[隐患的有了共中]|通知书?/g, ""))
  );
  if (behind) return [behind];
  const previous = clause.zones.filter((it) => it.end <= zone.start).at(-1);
  const before = clause.figures.filter((it) => it.end <= zone.start && it.start >= (previous?.start ?? 0));
  const last = before.at(-1);
  return last && (!previous || before.length > 1) ? [last] : [];
}
__name(claimedBy, "claimedBy");

// src/reader/measures.ts
function assignMeasures(plain, indicator, figures) {
  const assigned = { byMeasure: /* @__PURE__ */ new Map(), contrary: [], loose: [] };
  const bare = [];
  for (const placed of figures) {
    const measure = measureFor(plain, indicator, placed);
    if (measure !== null) put(assigned, measure, placed);
    else if (placed.figure.counter === null) bare.push(placed);
    else if (hasIndependentCounts(indicator) && indicator.measures.some((it) => canCount(it, placed.figure.counter ?? ""))) {
      assigned.loose.push(placed);
    } else assigned.contrary.push(placed);
  }
  preferPersons(indicator, assigned);
  if (bare.length === 0) return assigned;
  const open = indicator.measures.filter((it) => !assigned.byMeasure.has(it.id));
  const isMatched = bare.length === open.length && !hasIndependentCounts(indicator);
  if (isMatched)
    for (const [index, measure] of open.entries()) put(assigned, measure, bare[index] ?? placedNever(bare));
  else assigned.loose.push(...bare);
  return assigned;
}
__name(assignMeasures, "assignMeasures");
function put({ byMeasure }, { id: id2 }, placed) {
  const others = byMeasure.get(id2);
  if (others) others.push(placed);
  else byMeasure.set(id2, [placed]);
}
__name(put, "put");
function preferPersons(indicator, assigned) {
  for (const measure of indicator.measures) {
    const placed = assigned.byMeasure.get(measure.id);
    if (!placed?.some((it) => it.figure.counter === "\u4E2A") || !isPeople(measure)) continue;
    const persons = placed.filter((it) => it.figure.counter !== "\u4E2A");
    if (persons.length === 0) continue;
    assigned.byMeasure.set(measure.id, persons);
    assigned.contrary.push(...placed.filter((it) => it.figure.counter === "\u4E2A"));
  }
}
__name(preferPersons, "preferPersons");
function placedNever(bare) {
  throw new RangeError(`fewer bare numbers than measures: ${bare.length}`);
}
__name(placedNever, "placedNever");
function measureFor(plain, indicator, placed) {
  const { figure, measureId } = placed;
  const named2 = measureId === null ? void 0 : indicator.measures.find((it) => it.id === measureId);
  if (named2) return figure.counter === null || canCount(named2, figure.counter) ? named2 : null;
  if (hasIndependentCounts(indicator)) return measureByLabel(plain, indicator, placed);
  if (figure.counter === null) return headedMeasure(plain, indicator, placed) ?? wanMeasure(indicator, figure);
  const [only, another] = countedIn(indicator, figure.counter);
  return another ? measureByLabel(plain, indicator, placed) : only ?? null;
}
__name(measureFor, "measureFor");
var counted3 = /* @__PURE__ */ new WeakMap();
function countedIn(indicator, counter) {
  let byCounter = counted3.get(indicator);
  if (byCounter === void 0) {
    byCounter = /* @__PURE__ */ new Map();
    counted3.set(indicator, byCounter);
  }
  let measures = byCounter.get(counter);
  if (measures === void 0) {
    const exact = indicator.measures.filter((it) => it.unit === counter);
    const fitting2 = indicator.measures.filter((it) => canCount(it, counter) || isMoney(it, counter));
    measures = exact.length > 0 ? exact : fitting2;
    byCounter.set(counter, measures);
  }
  return measures;
}
__name(countedIn, "countedIn");
function headedMeasure(plain, indicator, { figure, clause }) {
  if (indicator.measures.length < 2) return null;
  const before = wordsBefore(plain, clause, figure);
  const headed = indicator.measures.filter(
    (it) => [it.label, ...it.aliases, it.unit].some((name2) => endsWith(before, name2))
  );
  return headed.length === 1 ? headed[0] ?? null : null;
}
__name(headedMeasure, "headedMeasure");
function wordsBefore(plain, clause, { start }) {
  return plain.slice(clause.start, start).replace(/[\s:为是有达共]+$/, "");
}
__name(wordsBefore, "wordsBefore");
function endsWith(text, name2) {
  return name2.length > 1 && foldName(text).endsWith(foldName(name2));
}
__name(endsWith, "endsWith");
function wanMeasure({ measures }, { hasWan }) {
  const counted4 = measures.filter((it) => baseOfWan(it.unit) !== null);
  return hasWan && counted4.length === 1 ? counted4[0] ?? null : null;
}
__name(wanMeasure, "wanMeasure");
function isNamedMeasure(plain, indicator, placed) {
  const { figure, clause } = placed;
  const before = wordsBefore(plain, clause, figure);
  return indicator.measures.some(
    (it) => (figure.counter === null || canCount(it, figure.counter)) && [it.label, ...it.aliases].some((name2) => endsWith(before, name2))
  );
}
__name(isNamedMeasure, "isNamedMeasure");
function measureByLabel(plain, indicator, { figure, clause }) {
  const previous = clause.figures.filter((it) => it.end <= figure.start).at(-1)?.end ?? clause.start;
  const before = foldName(plain.slice(previous, figure.start));
  const after = foldName(plain.slice(figure.end, figure.end + 12));
  const fits = /* @__PURE__ */ __name((it) => it.label !== "" && (figure.counter === null || canCount(it, figure.counter)), "fits");
  const namesOf2 = /* @__PURE__ */ __name((it) => [it.label, ...it.aliases].map(foldName), "namesOf");
  const named2 = indicator.measures.filter((it) => fits(it) && namesOf2(it).some((name2) => before.endsWith(name2)));
  const within = indicator.measures.filter((it) => fits(it) && namesOf2(it).some((name2) => before.includes(name2)));
  const behind = indicator.measures.filter((it) => fits(it) && namesOf2(it).some((name2) => after.startsWith(name2)));
  const [only] = within.length === 1 ? within : behind.length === 1 ? behind : [];
  return named2[0] ?? only ?? null;
}
__name(measureByLabel, "measureByLabel");
function isMoney({ unit }, counter) {
  return /元$/.test(unit) && (counter === "\u5143" || counter === unit);
}
__name(isMoney, "isMoney");
function aboutOf(indicator, measure) {
  if (indicator.measures.length < 2 || hasIndependentCounts(indicator)) return "number";
  if (isPeople(measure)) return "people";
  return isSessions(measure) ? "sessions" : "number";
}
__name(aboutOf, "aboutOf");

// src/reader/bare-clauses.ts
function takeBare(gathering, clause) {
  const { last, isCorrecting } = gathering;
  if (last === void 0 || last.zones.length === 0) {
    gathering.wait(clause.figures, clause);
    return;
  }
  if (leftOver.test(gathering.textOf(clause)) && last.rows.every((it) => it.indicator.field !== void 0)) return;
  const isRepeated = clause.figures.some((it) => it.role === "plain" && holdsSame(last, it));
  if (isOfOther(gathering, clause, { last, isRepeated })) {
    gathering.leave(clause.figures, clause);
    return;
  }
  const isNewSentence = last.clauses.at(-1)?.sentence !== clause.sentence;
  const isAgain = clause.dates.length > 0 || againWords.test(gathering.textOf(clause));
  if (isRepeated && !isCorrecting && isAgain) {
    const again = { ...last, clauses: [clause], figures: [], dates: gathering.carried, isSum: false };
    gathering.groups.push(again);
    for (const figure of clause.figures) gathering.place(again, figure, { clause, zone: null });
    return;
  }
  if (isRepeated && !isCorrecting && isNewSentence) {
    gathering.wait(clause.figures, clause);
    return;
  }
  if (!last.clauses.includes(clause)) last.clauses.push(clause);
  for (const figure of clause.figures) {
    if (!isShared(gathering, figure, clause)) gathering.place(last, figure, { clause, zone: null });
  }
}
__name(takeBare, "takeBare");
function isOfOther({ plain, wording, isCorrecting }, clause, { last, isRepeated }) {
  const [row] = last.rows;
  if (clause.figures.every((it) => it.role === "part") || row && isNamed(plain, row, clause)) return false;
  const isEvent = clause.figures.some((it) => it.counter !== null && !isPersonWord(it.counter));
  const isNew = isRepeated || last.clauses.at(-1)?.sentence !== clause.sentence;
  const mayBeUnknown = isNew && isEvent && !isCountedApart(last) && !isCorrecting;
  return mayBeUnknown && wording.hasOtherName(clause.start, clause.end) || isOtherDeed(plain, clause, last) || otherActivity.test(plain.slice(clause.start, clause.end)) || wording.isElsewhere(clause, last.rows);
}
__name(isOfOther, "isOfOther");
function isOtherDeed(plain, clause, last) {
  const isDeed = otherDeeds.test(plain.slice(clause.start, clause.end));
  const namesOf2 = /* @__PURE__ */ __name(({ indicator }) => [indicator.label, ...indicator.aliases].join(" "), "namesOf");
  if (isDeed && !last.rows.some((it) => otherDeeds.test(namesOf2(it)))) return true;
  return last.figures.length === 0 && statementOf(plain, last, false) === "zero";
}
__name(isOtherDeed, "isOtherDeed");
function isNamed(plain, { indicator }, clause) {
  return clause.figures.every((figure) => isNamedMeasure(plain, indicator, { figure, clause }));
}
__name(isNamed, "isNamed");
function isShared({ groups, isCorrecting }, figure, { sentence }) {
  const [before, last] = groups.slice(-2);
  if (!before || !last || before.figures.length === 0 || isCorrecting) return false;
  if (before.rows === last.rows || before.clauses.at(-1)?.sentence !== sentence) return false;
  const lacks = /* @__PURE__ */ __name((it) => it.rows.length === 1 && countsAs(it.rows[0], figure).length > 0 && !holdsSame(it, figure), "lacks");
  return lacks(before) && lacks(last);
}
__name(isShared, "isShared");

// src/reader/gathering.ts
var Gathering = class {
  static {
    __name(this, "Gathering");
  }
  plain;
  wording;
  groups = [];
  /** Figures whose name may still come (2场80人的演练). */
  waiting = [];
  /** The date words said last. */
  carried = [];
  /** 不对 was said: what comes now takes back what stands before it. */
  isCorrecting = false;
  /** The sentence that speaks of a field which is not the unit's: what it found there is none of its own. */
  otherFieldIn = -1;
  constructor(plain, wording) {
    this.plain = plain;
    this.wording = wording;
  }
  get last() {
    return this.groups.at(-1);
  }
  textOf({ start, end }) {
    return this.plain.slice(start, end);
  }
  place(group, figure, { clause, zone }) {
    if (!group.clauses.includes(clause)) group.clauses.push(clause);
    group.figures.push({
      figure,
      clause,
      zone: zone ?? group.zones.at(-1) ?? null,
      measureId: zone?.measureId ?? null,
      isCorrection: this.isCorrecting
    });
  }
  wait(figures, clause) {
    for (const figure of figures) this.waiting.push({ clause, figure, dates: this.carried });
  }
  /** Figures that belong to no row make a group without one. */
  leaveWaiting() {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return;
    const group = {
      rows: [],
      zones: [],
      clauses: [],
      figures: [],
      dates: this.carried,
      isUnsure: true,
      isSum: false
    };
    for (const { clause, figure } of waiting) this.place(group, figure, { clause, zone: null });
    this.groups.push(group);
  }
  /** Figures of something that the form has no name for. */
  leave(figures, clause) {
    this.wait(figures, clause);
    this.leaveWaiting();
  }
};

// src/reader/named-clauses.ts
function takeNamed(gathering, clause) {
  const figures = [...clause.figures];
  for (const [index, zone] of clause.zones.entries()) {
    gathering.carried = datesFor(clause, index) ?? gathering.carried;
    if (index === 0) leaveOthers(gathering, clause, { zone, figures });
    const group = groupFor(gathering, zone, { clause, figures });
    if (gathering.waiting.some((it) => it.dates.length > 0 && it.dates !== gathering.carried)) gathering.leaveWaiting();
    for (const it of gathering.waiting.splice(0)) gathering.place(group, it.figure, { clause: it.clause, zone });
    takeFigures(gathering, group, { clause, zone, next: clause.zones[index + 1], figures });
  }
}
__name(takeNamed, "takeNamed");
function leaveOthers(gathering, clause, { zone, figures }) {
  if (isWaitingForOther(gathering, zone, clause)) gathering.leaveWaiting();
  const isUnnamed = leadsUnnamed(gathering, clause, zone);
  if (isUnnamed) gathering.leave(figures.splice(0, figures.filter((it) => it.start < zone.start).length), clause);
}
__name(leaveOthers, "leaveOthers");
function leadsUnnamed({ wording }, { start, figures, zones }, zone) {
  const [first] = figures;
  if (!first || first.start >= zone.start) return false;
  const alike2 = figures.filter((it) => countAlike(zone.rows[0], it, first));
  const isLastNamedFirst = alike2.some((it) => it.start >= (zones.at(-1) ?? zone).end);
  const isRepeated = alike2.some((it) => it.start >= zone.end);
  return isLastNamedFirst && isRepeated && wording.hasOtherName(start, first.start);
}
__name(leadsUnnamed, "leadsUnnamed");
function isWaitingForOther({ waiting }, { rows, end }, clause) {
  const next = clause.zones[1]?.start ?? clause.end;
  const own = clause.figures.filter((it) => it.start >= end && it.start < next);
  return waiting.some(({ figure }) => own.some((it) => countAlike(rows[0], it, figure)));
}
__name(isWaitingForOther, "isWaitingForOther");
function takeFigures(gathering, group, { clause, zone, next, figures }) {
  let end = zone.end;
  let isFirst = true;
  for (let figure = figures[0]; figure; figure = figures[0]) {
    const isBefore = figure.start < zone.end;
    const isMore = isCountedApart(group) || !holdsSame(group, figure);
    if (next && !isCountable(zone, figure) && isCountable(next, figure)) break;
    if (!isBefore && next && (figure.end > next.start || !(isMore || isFirst))) break;
    const isEvent = figure.role === "plain" && figure.counter !== null && !isPersonWord(figure.counter);
    if (!isBefore && !isMore && isEvent && gathering.wording.hasOtherName(end, figure.start)) {
      gathering.leave(figures.splice(0, figuresBefore(figures, next)), clause);
      break;
    }
    gathering.place(group, figure, { clause, zone });
    figures.shift();
    end = Math.max(end, figure.end);
    isFirst = false;
  }
}
__name(takeFigures, "takeFigures");
function isCountable({ rows }, figure) {
  return figure.counter === null || rows.some((it) => countsAs(it, figure).length > 0);
}
__name(isCountable, "isCountable");
function figuresBefore(figures, zone) {
  return zone === void 0 ? figures.length : figures.filter((it) => it.end <= zone.start).length;
}
__name(figuresBefore, "figuresBefore");
function groupFor(gathering, zone, { clause, figures }) {
  const { last, isCorrecting } = gathering;
  const next = clause.zones[clause.zones.indexOf(zone) + 1];
  const own = figures.filter((it) => it.start < (next?.start ?? clause.end));
  const isSame = last !== void 0 && isSameRows(last.rows, zone.rows);
  const goingOn = last && isSame ? goesOn2(gathering, last, { zone, clause, own }) : "no";
  if (last && goingOn !== "no") {
    last.isSum ||= goingOn === "sum";
    last.zones.push(zone);
    if (last.clauses.at(-1) !== clause) last.clauses.push(clause);
    return last;
  }
  if (isCorrecting && last && !isSame) {
    last.isUnsure = true;
    last.rows = union(last.rows, zone.rows);
    last.zones.push(zone);
    last.clauses.push(clause);
    return last;
  }
  const group = {
    rows: zone.rows,
    zones: [zone],
    clauses: [clause],
    figures: [],
    dates: gathering.carried,
    isUnsure: zone.isDoubtful || isOfOtherField(gathering, zone, clause),
    isSum: false
  };
  if (own.length > 0 && !isSame && !zone.isList) shareWithListed(gathering, group, clause);
  gathering.groups.push(group);
  return group;
}
__name(groupFor, "groupFor");
function goesOn2(gathering, last, { zone, clause, own }) {
  if (gathering.isCorrecting) return "yes";
  const isNear = last.clauses.at(-1)?.sentence === clause.sentence && !zone.isList;
  if (!isNear || clause.dates.length > 0) return "no";
  const isRepeated = zone.measureId === null && own.some((it) => holdsSame(last, it));
  if (!isRepeated) return "yes";
  const isSingle = last.rows.length === 1 && last.rows[0]?.indicator.measures.length === 1;
  return isSingle && !againWords.test(gathering.textOf(clause)) ? "sum" : "no";
}
__name(goesOn2, "goesOn");
function shareWithListed({ groups }, group, { sentence, edgeBefore }) {
  let edge = edgeBefore;
  for (let other = groups.at(-1); other; other = groups.at(-1)) {
    const clause = other.clauses.at(-1);
    const isListed = clause !== void 0 && clause.sentence === sentence && edge === "\u3001";
    if (!isListed || other.figures.length > 0 || other.zones.some((it) => it.isList)) break;
    groups.pop();
    group.rows = union(other.rows, group.rows);
    group.zones.unshift(...other.zones);
    group.clauses.unshift(...other.clauses);
    group.isUnsure = true;
    edge = clause.edgeBefore;
  }
}
__name(shareWithListed, "shareWithListed");
function union(some, others) {
  return [.../* @__PURE__ */ new Set([...some, ...others])];
}
__name(union, "union");
function isOfOtherField({ otherFieldIn }, { rows }, { sentence }) {
  return otherFieldIn === sentence && rows.every((it) => it.indicator.field !== void 0);
}
__name(isOfOtherField, "isOfOtherField");

// src/reader/groups.ts
function groupsOf(plain, clauses, wording) {
  const grouper = new Grouper(new Gathering(plain, wording));
  for (const clause of clauses) grouper.take(clause);
  return grouper.finish();
}
__name(groupsOf, "groupsOf");
var Grouper = class {
  static {
    __name(this, "Grouper");
  }
  gathering;
  /** Whose parts are told: 五进6场，其中进社区2场、进学校1场. */
  whole = null;
  carriedSince = 0;
  lastSentence = 0;
  constructor(gathering) {
    this.gathering = gathering;
  }
  take(clause) {
    const { gathering } = this;
    if (clause.sentence !== this.lastSentence) {
      gathering.leaveWaiting();
      this.whole = null;
    }
    this.lastSentence = clause.sentence;
    this.takeDates(clause);
    const text = gathering.textOf(clause);
    const hasFigures = gathering.groups.some((it) => it.figures.length > 0);
    if (hasFigures && selfCorrection.test(text)) gathering.isCorrecting = true;
    if (this.takeParts(clause, text)) return;
    if (gathering.wording.isOfOtherField(clause)) gathering.otherFieldIn = clause.sentence;
    if (clause.zones.length > 0) takeNamed(gathering, clause);
    else if (clause.figures.length > 0) takeBare(gathering, clause);
    else if (zeroAlone.test(text)) this.lastWithoutFigures(clause)?.clauses.push(clause);
    if (clause.figures.length === 0) return;
    const behind = gathering.plain.slice(clause.figures.at(-1)?.end ?? clause.end, clause.end);
    gathering.isCorrecting = selfCorrection.test(behind);
  }
  finish() {
    this.gathering.leaveWaiting();
    return this.gathering.groups;
  }
  /** A date alone after the figures, where none was said before, dates what stands before it. */
  takeDates(clause) {
    const { gathering } = this;
    const dates = clause.dates.filter((it) => it.kind !== "whole");
    if (dates.length === 0) return;
    const isAlone = clause.figures.length === 0 && clause.zones.length === 0;
    const isFirst = gathering.carried.length === 0 || this.carriedSince < clause.sentence;
    if (isAlone && isFirst && !deadlineWords.test(gathering.textOf(clause))) {
      for (const group of gathering.groups) {
        if (group.clauses.at(-1)?.sentence !== clause.sentence) continue;
        group.dates = dates;
        group.clauses.push(clause);
      }
    }
    gathering.carried = dates;
    this.carriedSince = clause.sentence;
  }
  /** What is told of the parts of a row's figure is none of its own; a total ends it. */
  takeParts(clause, text) {
    const { last } = this.gathering;
    if (last && last.figures.length > 0 && partsFollow.test(text)) this.whole = last;
    const { whole: whole3 } = this;
    if (whole3 === null || clause.figures.length === 0) return false;
    const isOfOther2 = clause.zones.some((it) => !isSameRows(it.rows, whole3.rows));
    const isNew = clause.zones.length === 0 && !clause.figures.some((it) => holdsSame(whole3, it));
    if (isNew && ofAll.test(text)) return false;
    const isMixed = isOfOther2 && partsFollow.test(text) && clause.zones.some((it) => isSameRows(it.rows, whole3.rows));
    if (isMixed) {
      this.gathering.leave(clause.figures, clause);
      return true;
    }
    if (isOfOther2 || clause.figures.some((it) => it.role === "total")) {
      this.whole = null;
      return false;
    }
    for (const figure of clause.figures) {
      this.gathering.place(whole3, { ...figure, role: "part", partAt: clause.end }, { clause, zone: null });
    }
    return true;
  }
  /** 五带头，没有: the clause belongs to the name before it. */
  lastWithoutFigures({ sentence }) {
    const { last } = this.gathering;
    return last && last.figures.length === 0 && last.clauses.at(-1)?.sentence === sentence ? last : void 0;
  }
};

// src/reader/letters.ts
function lettersOf(plain, marks, figures) {
  const letters = { text: "", at: [], figuresBefore: [] };
  let next = 0;
  for (let i = 0; i < plain.length; i++) {
    while (next < figures.length && (figures[next]?.end ?? 0) <= i) next++;
    const figure = figures[next];
    if (figure && i >= figure.start && i < figure.end) continue;
    if (marks[i] === noise || marks[i] === dated) continue;
    const code = plain.charCodeAt(i);
    const isEdge2 = isNameEdge(code);
    if (!isEdge2 && isSkippedInNames(code)) continue;
    letters.text += isEdge2 ? "\n" : plain.charAt(i);
    letters.at.push(i);
    letters.figuresBefore.push(next);
  }
  return letters;
}
__name(lettersOf, "lettersOf");
function isNameEdge(code) {
  return isHardEdge(code) || isSoftEdge(code) && code !== listComma;
}
__name(isNameEdge, "isNameEdge");
var listComma = "\u3001".charCodeAt(0);
function letterAt({ at }, place) {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = low + high >> 1;
    if ((at[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
__name(letterAt, "letterAt");
function lettersBetween(letters, start, end) {
  return letters.text.slice(letterAt(letters, start), letterAt(letters, end));
}
__name(lettersBetween, "lettersBetween");

// src/reader/hits.ts
function findHits(letters, { compiled: compiled2, fields }, figures) {
  const hits = scatteredHits(letters, { compiled: compiled2, fields });
  for (let from = 0; from < letters.text.length; from++) {
    let node = compiled2.root;
    let longest = null;
    for (let to = from; to < letters.text.length; to++) {
      const next = node.next.get(letters.text.charCodeAt(to));
      if (!next || (letters.figuresBefore[to] ?? 0) - (letters.figuresBefore[from] ?? 0) > 1) break;
      node = next;
      if (node.phrase === null) continue;
      const own = ownTargets(node.phrase, fields);
      const inside = own.length === 0 ? null : insideFigure(letters, { from, to }, figures);
      const targets = inside === null ? own : own.filter((it) => canHold(it, inside));
      if (targets.length > 0) longest = { end: to, targets };
    }
    if (longest) hits.push(hitOf(letters, { from, to: longest.end }, longest.targets));
  }
  return longestOnly(hits);
}
__name(findHits, "findHits");
function insideFigure(letters, { from, to }, figures) {
  const first = letters.figuresBefore[from] ?? 0;
  return (letters.figuresBefore[to] ?? 0) > first ? figures[first] ?? null : null;
}
__name(insideFigure, "insideFigure");
function canHold({ row }, { counter }) {
  return counter === null || row.indicator.measures.some((it) => canCount(it, counter));
}
__name(canHold, "canHold");
function hitOf(letters, { from, to }, targets) {
  const [start, end] = [letters.at[from] ?? 0, (letters.at[to] ?? 0) + 1];
  return { start, end, targets, isDoubtful: false, length: to - from + 1 };
}
__name(hitOf, "hitOf");
function scatteredHits(letters, { compiled: { scattered }, fields }) {
  const hits = [];
  const possible = scattered.filter(({ parts }) => parts.every((it) => letters.text.includes(it)));
  if (possible.length === 0) return hits;
  let offset = 0;
  for (const clause of letters.text.split("\n")) {
    for (const phrase of clause.length < 4 ? [] : possible) {
      if (!phrase.parts.every((it) => clause.includes(it))) continue;
      const places = phrase.parts.map((it) => clause.indexOf(it));
      const targets = ownTargets(phrase, fields);
      const first = Math.min(...places);
      const last = Math.max(...places.map((it, i) => it + (phrase.parts[i]?.length ?? 0) - 1));
      const length = phrase.parts.reduce((sum, it) => sum + it.length, 0);
      const crossed = (letters.figuresBefore[offset + last] ?? 0) - (letters.figuresBefore[offset + first] ?? 0);
      if (targets.length > 0 && last - first + 1 - length <= 12 && crossed < 2) {
        hits.push(hitOf(letters, { from: offset + first, to: offset + last }, targets));
      }
    }
    offset += clause.length + 1;
  }
  return hits;
}
__name(scatteredHits, "scatteredHits");
function findUnitHits(letters, { compiled: compiled2, fields }, { figures, hits }) {
  const found = [];
  for (const [index, { counter, start }] of figures.entries()) {
    if (counter === null) continue;
    const row = onlyRow(compiled2.rowsByCounter.get(counter) ?? [], fields);
    if (row === null) continue;
    const from = letterAt(letters, figures[index - 1]?.end ?? 0);
    const to = letterAt(letters, start) - 1;
    const words = letters.text.slice(from, to + 1);
    const edge = words.lastIndexOf("\n") + 1;
    const pairAt = pairsOf(words.slice(edge)).findIndex((it) => compiled2.pairs.get(it)?.has(row));
    if (to < from || pairAt < 0) continue;
    const pairFrom = from + edge + pairAt;
    const hit = hitOf(letters, { from: pairFrom, to: pairFrom + 1 }, [{ row, measureId: null }]);
    if (!hits.some((it) => it.end > (letters.at[from + edge] ?? 0) && it.start < start)) found.push(hit);
  }
  return found;
}
__name(findUnitHits, "findUnitHits");
function onlyRow(rows, fields) {
  let only = null;
  for (const row of rows) {
    if (!appliesTo(row.indicator, fields)) continue;
    if (only !== null) return null;
    only = row;
  }
  return only;
}
__name(onlyRow, "onlyRow");
function longestOnly(hits) {
  const kept = [];
  const standing = [];
  for (const hit of hits.toSorted((a, b) => b.length - a.length || a.start - b.start)) {
    if (!isFreeFor(hit, standing)) continue;
    kept.push(hit);
    for (let at = hit.start; at < hit.end; at++) standing[at] ??= hit;
  }
  return kept.sort((a, b) => a.start - b.start);
}
__name(longestOnly, "longestOnly");
function isFreeFor({ start, end, length }, standing) {
  for (let at = start; at < end; at++) {
    const other = standing[at];
    if (other && (other.start !== start || other.length !== length)) return false;
  }
  return true;
}
__name(isFreeFor, "isFreeFor");

// src/reader/list-markers.ts
var marker = /(?<=^|[\n。；;，,:!?]\s*|\s)(?:\((\d{1,2})\)|(\d{1,2})(?:[、)](?!\d+(?:\.\d+)?\s*[、)])|\.(?!\d)|\.(?=\d+\s*[场次期人]))|\(?[一二三四五六七八九十]{1,3}[、.)](?![一二三四五六七八九十两]))/g;
var chinese = ["", "\u4E00", "\u4E8C", "\u4E09", "\u56DB", "\u4E94", "\u516D", "\u4E03", "\u516B", "\u4E5D", "\u5341"];
function markListNumbers(plain, marks) {
  if (!/[、.)]/.test(plain)) return;
  let expected = 1;
  for (const match of matchesOf(marker, plain)) {
    const number = match[1] ?? match[2];
    const value = number === void 0 ? chinese.indexOf(match[0].replace(/[(、.)]/g, "")) : Number(number);
    const after = plain.slice(match.index + match[0].length);
    const isPlain = /^\s*(?:[^\d\s一二两三四五六七八九十]|$)/.test(after);
    if (marks[match.index] !== free || value !== expected && !isPlain) continue;
    if (value === 1 && !isPlain && !/(?:^|[\n；;。，,\s])\(?(?:2|二)[、.)]/.test(after)) continue;
    mark(marks, spanOfMatch(match), noise);
    expected = value + 1;
  }
}
__name(markListNumbers, "markListNumbers");

// src/reader/sound.ts
import { pinyin } from "pinyin-pro";
var known3 = /* @__PURE__ */ new Map();
function soundsOf(character) {
  let sounds = known3.get(character);
  if (sounds === void 0) {
    const read2 = isChinese(character.charCodeAt(0)) ? pinyin(character, { toneType: "none", multiple: true, type: "array" }) : [];
    sounds = [...new Set(read2.map(loose))];
    known3.set(character, sounds);
  }
  return sounds;
}
__name(soundsOf, "soundsOf");
function loose(syllable) {
  return syllable.replace(/^([zcs])h/, "$1").replace(/([aei])ng$/, "$1n").replace(/^l/, "n");
}
__name(loose, "loose");
function soundsAlike(one, other) {
  if (one === other) return true;
  const theirs = soundsOf(other);
  return soundsOf(one).some((it) => theirs.includes(it));
}
__name(soundsAlike, "soundsAlike");
var typed = /* @__PURE__ */ new Map();
function typedName(name2) {
  let letters = typed.get(name2);
  if (letters === void 0) {
    letters = pinyin(name2, { toneType: "none", type: "array", v: true }).join("").toLowerCase();
    typed.set(name2, letters);
  }
  return letters;
}
__name(typedName, "typedName");

// src/reader/near.ts
function heardOver(hit, letters, scope) {
  const before = hit.length > 2 ? "" : lettersBetween(letters, hit.start - 2, hit.start);
  if (before.length < 2 || before.includes("\n")) return [hit];
  const around = { start: hit.start - 2, end: hit.end };
  const heard = findNearHits(letters, around, scope).filter((it) => !it.isDoubtful && it.length === 4);
  return heard.length > 0 ? heard : [hit];
}
__name(heardOver, "heardOver");
function withNearNames(plain, clauses, near) {
  let hasZone = false;
  return clauses.map((clause) => {
    let { zones } = clause;
    if (zones.length === 0 && clause.figures.length > 0) {
      const hits = findNearHits(near.letters, clause, near.scope).filter((it) => !hasZone || !it.isDoubtful);
      zones = zonesOf(plain, hits, clause.figures);
    }
    hasZone ||= zones.length > 0;
    return zones === clause.zones ? clause : { ...clause, zones };
  });
}
__name(withNearNames, "withNearNames");
function findNearHits(letters, { start, end }, { compiled: compiled2, fields }) {
  const first = letterAt(letters, start);
  const text = lettersBetween(letters, start, end);
  let best2 = [];
  for (const phrase of text.length > 80 ? [] : candidates(text, compiled2)) {
    const leader = best2[0];
    if (leader && isBehind(phrase, leader)) continue;
    const targets = ownTargets(phrase, fields);
    const place = targets.length === 0 ? null : placeOf(text, phrase.text);
    if (place === null) continue;
    const near = { phrase, targets, ...place };
    if (leader === void 0 || rankOf(near) > rankOf(leader)) best2 = [near];
    else if (rankOf(near) === rankOf(leader)) best2.push(near);
  }
  return best2.map(({ phrase: { text: name2 }, at, targets, isHeard }) => {
    const range = { from: first + at, to: first + at + name2.length - 1 };
    return { ...hitOf(letters, range, targets), isDoubtful: !isHeard && name2.length < 6 };
  });
}
__name(findNearHits, "findNearHits");
function candidates(text, { phrases, phrasesWith }) {
  const found = /* @__PURE__ */ new Set();
  for (const character of text) {
    for (const place of ordinary.has(character) ? [] : phrasesWith.get(character) ?? []) {
      const phrase = phrases[place];
      if (phrase && phrase.text.length <= text.length) found.add(phrase);
    }
  }
  return [...found];
}
__name(candidates, "candidates");
var ordinary = new Set("\u4EBA\u6B21\u540D\u4E2A\u573A\u53C2\u52A0\u5171\u6709\u6765\u4E86\u7684\u662F\u4E3A\u548C\u4E0E\u53CA\u6211\u4EEC\u4ECA\u5929\u4E0A\u4E0B\u5348\u6628\u5F00\u5C55\u7EC4\u7EC7\u6D3B\u52A8\u5458\u5DE5\n");
function rankOf({ phrase, isHeard }) {
  return phrase.text.length * 2 + (isHeard ? 1 : 0);
}
__name(rankOf, "rankOf");
function isBehind(phrase, best2) {
  return phrase.text.length * 2 + 1 < rankOf(best2);
}
__name(isBehind, "isBehind");
function placeOf(text, name2) {
  let slip = null;
  for (let at = 0; at + name2.length <= text.length; at++) {
    const wrong = wrongAt(text, at, name2);
    if (wrong === null) continue;
    if (wrong.every((i) => soundsAlike(text.charAt(at + i), name2.charAt(i)))) return { at, isHeard: true };
    if (name2.length > 3 && wrong.length < 2) slip ??= { at, isHeard: false };
  }
  return slip;
}
__name(placeOf, "placeOf");
function wrongAt(text, at, name2) {
  const wrong = [];
  for (let i = 0; i < name2.length; i++) {
    if (text.charCodeAt(at + i) === name2.charCodeAt(i)) continue;
    wrong.push(i);
    if (wrong.length > name2.length / 2) return null;
  }
  return wrong;
}
__name(wrongAt, "wrongAt");

// src/reader/stated.ts
var unstated = { judgement: "ok", isStated: false, date: null, dateFrom: null };
function dateOf(group, context) {
  const dates = group.dates;
  if (dates.length === 0) return unstated;
  const judgements = dates.map((it) => judgeDate(it, context));
  const worst = ["outsidePeriod", "future", "ask"].find((it) => judgements.includes(it));
  if (worst) return { judgement: worst, isStated: true, date: null, dateFrom: null };
  const days = dates.flatMap((it) => [it.dateFrom, it.date]).filter((it) => it !== null).sort();
  const date = days.at(-1) ?? null;
  return {
    judgement: "ok",
    isStated: true,
    date,
    dateFrom: days.length > 1 && days[0] !== date ? days[0] ?? null : null
  };
}
__name(dateOf, "dateOf");
function spanOf(group, figures) {
  const own = figures.length === group.figures.length ? group.zones : [];
  const parts = [...own, ...figures.map((it) => it.figure)];
  if (parts.length === 0) return { start: group.clauses[0]?.start ?? 0, end: group.clauses.at(-1)?.end ?? 0 };
  return { start: Math.min(...parts.map((it) => it.start)), end: Math.max(...parts.map((it) => it.end)) };
}
__name(spanOf, "spanOf");
function clauseText(group, text) {
  const start = Math.min(...group.clauses.map((it) => it.start));
  const end = Math.max(...group.clauses.map((it) => it.end));
  const carried = group.dates.filter((it) => it.end <= start || it.start >= end).map((it) => text.slice(it.start, it.end));
  return [...carried, text.slice(start, end).trim()].join(" ");
}
__name(clauseText, "clauseText");

// src/reader/declared.ts
function declaredRows(plain, group) {
  if (group.rows.length === 1 && !group.isUnsure) return [...group.rows];
  const zone = group.zones[0];
  if (zone === void 0 || group.zones.length > 1) return null;
  if (zone.isList) return [...zone.rows];
  const isJoined2 = /[和与及跟、]/.test(plain.slice(zone.start, zone.end));
  return isJoined2 && zone.parts.every((it) => it.length === 1) ? zone.parts.flat() : null;
}
__name(declaredRows, "declaredRows");
function declaration({ group, row, statement, stated }, before, parsed) {
  const isZero = statement === "zero";
  const named2 = group.zones.at(-1)?.measureId ?? null;
  const measures = row.indicator.measures.filter((it) => named2 === null || it.id === named2);
  const isOfDay = isZero && (stated.isStated || isBesideItsField(row, before, parsed));
  return {
    indicatorId: row.indicator.id,
    figures: isZero ? Object.fromEntries(measures.map((it) => [it.id, 0])) : {},
    mode: "set",
    isModeStated: false,
    isNotApplicable: !isZero,
    isOfDay,
    date: isOfDay ? stated.date ?? before?.date ?? null : null,
    dateFrom: isOfDay ? stated.dateFrom : null,
    isDateStated: stated.isStated && stated.date !== null,
    span: spanOf(group, []),
    spans: {}
  };
}
__name(declaration, "declaration");
function isBesideItsField({ indicator }, before, { scope }) {
  const field = before && scope.compiled.rowById.get(before.indicatorId)?.indicator.field;
  const isOfDay = before?.mode === "add" || before?.isOfDay === true;
  return indicator.field !== void 0 && field === indicator.field && isOfDay;
}
__name(isBesideItsField, "isBesideItsField");

// src/reader/fields.ts
function resolveRows(parsed) {
  const { groups } = parsed;
  const forward = narrow(parsed, groups);
  return narrow(parsed, forward.toReversed()).toReversed();
}
__name(resolveRows, "resolveRows");
function narrow({ plain, scope: { compiled: compiled2 } }, groups) {
  let carried;
  let isEither = false;
  let named2 = null;
  const folded = /* @__PURE__ */ new Map();
  const wordsOf2 = /* @__PURE__ */ __name((it) => {
    const words = folded.get(it) ?? foldName(plain.slice(it.start, it.end));
    folded.set(it, words);
    return words;
  }, "wordsOf");
  return groups.map((group) => {
    const rows = group.isUnsure || group.rows.length < 2 || group.zones.some((it) => it.isList) ? null : group.rows;
    let narrowed = group;
    if (rows) {
      const words = group.clauses.map(wordsOf2).join("\uFF0C");
      const said = compiled2.fieldNames.filter((it) => words.includes(it.name)).map((it) => it.field);
      const byField = /* @__PURE__ */ __name((fields) => rows.filter((it) => it.indicator.field && fields.includes(it.indicator.field)), "byField");
      const carriedRows = carried === void 0 || isEither ? [] : byField([carried]);
      const left = said.length > 0 ? byField(said) : carriedRows.length > 0 ? carriedRows : fitting(rows, group);
      if (left.length === 1) narrowed = { ...group, rows: left };
    }
    const sentence = group.clauses[0]?.sentence;
    const field = narrowed.rows.length === 1 ? narrowed.rows[0]?.indicator.field : void 0;
    if (field !== void 0) {
      const isBeside3 = named2 !== null && named2.sentence === sentence && named2.field !== field;
      isEither = rows === null ? isBeside3 : isEither;
      carried = field;
    }
    named2 = rows === null && field !== void 0 ? { field, sentence } : null;
    return narrowed;
  });
}
__name(narrow, "narrow");
function fitting(rows, group) {
  const counters = group.figures.map((it) => it.figure.counter).filter((it) => it !== null);
  if (counters.length === 0) return rows;
  return rows.filter((row) => counters.every((it) => row.indicator.measures.some((measure) => canCount(measure, it))));
}
__name(fitting, "fitting");

// src/reader/manner.ts
var never = Number.POSITIVE_INFINITY;
function reachOf(plain, clauses, isWalk) {
  const at = /* @__PURE__ */ __name((pattern) => plain.search(pattern) < 0 ? never : plain.search(pattern), "at");
  const fixFrom = at(fixWords);
  const isNew = /* @__PURE__ */ __name((it) => it.start > fixFrom && newlyReported.test(plain.slice(it.start, it.end)), "isNew");
  return {
    plain,
    isWalk,
    setFrom: Math.max(at(setForAll), at(setWords)),
    fixFrom,
    fixTo: clauses.find(isNew)?.start ?? never,
    figuresFrom: clauses.find((it) => it.figures.length > 0)?.figures[0]?.start ?? never
  };
}
__name(reachOf, "reachOf");
function meaningOf(group, reach2) {
  const { plain, isWalk, setFrom, fixFrom, fixTo, figuresFrom } = reach2;
  const start = group.zones[0]?.start ?? group.clauses[0]?.start ?? 0;
  const end = group.clauses.at(-1)?.end ?? plain.length;
  const own = group.clauses.map((it) => plain.slice(it.start, it.end)).join("\uFF0C");
  const isCorrected = group.figures.some((it) => it.isCorrection || it.figure.role === "withdrawn");
  const isDenied = group.figures.some((it) => it.figure.role === "denied");
  const isPlanned = planned.test(own) && !/[了已过]/.test(own.replace(/过程|除了/g, ""));
  if (isWalk && setInWalk.test(own)) return { mode: "set", isModeStated: true, isPlanned };
  const isFixReached = fixFrom < end && start < fixTo && figuresFrom >= Math.min(start, fixFrom);
  if (isDenied || (isCorrected ? earlierReport.test(plain) : isFixReached))
    return { mode: "fix", isModeStated: true, isPlanned };
  if (setWords.test(own) || setFrom < end) return { mode: "set", isModeStated: true, isPlanned };
  return { mode: "add", isModeStated: addWords.test(own), isPlanned };
}
__name(meaningOf, "meaningOf");

// src/reader/outcome.ts
function rowQuestion(text, options) {
  const unknown = { indicatorId: null, measureId: null, isVague: false, date: null, entry: null };
  return { about: "row", text, options, ...unknown };
}
__name(rowQuestion, "rowQuestion");

// src/reader/beside.ts
function isBesideActivity(words, { phrases }) {
  const word = besideActivities.exec(words)?.[0];
  return word !== void 0 && !phrases.some((it) => it.text.includes(word));
}
__name(isBesideActivity, "isBesideActivity");

// src/reader/values.ts
function figuresOf(indicator, assigned, isSum) {
  const figures = {};
  const spans = {};
  const unclear = [];
  for (const measure of indicator.measures) {
    const all = assigned.byMeasure.get(measure.id) ?? [];
    if (all.length === 0) continue;
    const picked = told(assigned, measure) ?? chosen(all, isSum);
    if (picked !== null && picked.length === 0) continue;
    if (picked === null || picked.some((it) => it.figure.problem === "vague")) {
      unclear.push(measure);
      continue;
    }
    if (picked.some((it) => it.figure.problem === "negative")) return { ...nothing2, rejection: "negative" };
    const value = picked.reduce((sum, it) => sum + valueFor(measure, it.figure), 0);
    if (isTooFine(measure, value)) return { ...nothing2, rejection: "fraction" };
    if (value > measure.max) return { ...nothing2, rejection: "tooLarge" };
    if (picked.some((it) => it.figure.hasWideComma) && indicator.measures.length > 1 && !isFirstCounted(indicator, assigned)) {
      unclear.push(measure);
      continue;
    }
    figures[measure.id] = value;
    spans[measure.id] = spanOf2(picked);
  }
  const only = indicator.measures.length === 1 ? indicator.measures[0] : void 0;
  if (only && figures[only.id] !== void 0 && assigned.contrary.some(isRightBehindName)) {
    return { ...nothing2, unclear: [only] };
  }
  return { figures, spans, unclear, rejection: null };
}
__name(figuresOf, "figuresOf");
var nothing2 = { figures: {}, spans: {}, unclear: [], rejection: null };
function spanOf2(placed) {
  const figures = placed.map((it) => it.figure);
  return { start: Math.min(...figures.map((it) => it.start)), end: Math.max(...figures.map((it) => it.end)) };
}
__name(spanOf2, "spanOf");
function isRightBehindName({ figure, clause, zone }) {
  return zone !== null && !figure.isOfSomething && figure.role !== "part" && clause.zones.includes(zone) && figure.start >= zone.end;
}
__name(isRightBehindName, "isRightBehindName");
function isFirstCounted(indicator, assigned) {
  return indicator.measures.every((it) => assigned.byMeasure.has(it.id) || !isSessions(it));
}
__name(isFirstCounted, "isFirstCounted");
function valueFor(measure, figure) {
  const isOfBase = figure.counter !== null && figure.counter === baseOfWan(measure.unit);
  if (isOfBase || baseOfWan(measure.unit) !== null && figure.hasWan && figure.counter === null)
    return figure.beforeWan ?? figure.value / 1e4;
  if (measure.unit === "\u5143" && figure.counter === "\u4E07\u5143") return figure.value * 1e4;
  return figure.value;
}
__name(valueFor, "valueFor");
function isTooFine(measure, value) {
  const scaled = value * 10 ** measure.decimals;
  return Math.abs(scaled - Math.round(scaled)) > 1e-9;
}
__name(isTooFine, "isTooFine");
function told({ byMeasure }, measure) {
  const all = byMeasure.get(measure.id) ?? [];
  if (all.length < 2 || all.some((it) => it.figure.role !== "respective" || it.figure.problem !== null)) return null;
  const others = [...byMeasure].filter(([id2]) => id2 !== measure.id).flatMap(([, it]) => it);
  const isEach = others.length === 1 && others[0]?.figure.role === "plain" && others[0].figure.value === all.length;
  return isEach ? all : null;
}
__name(told, "told");
function chosen(placed, isSum) {
  let open = placed.filter((it) => isOwn(it.figure));
  const corrections = open.filter((it) => it.isCorrection);
  if (corrections.length > 0) open = corrections;
  if (open.some((it) => it.figure.isMisheard) && open.some((it) => !it.figure.isMisheard)) {
    open = open.filter((it) => !it.figure.isMisheard);
  }
  const whole3 = open.filter((it) => !isPart(it));
  const totals = whole3.filter((it) => it.figure.role === "total");
  if (totals.length === 1) return totals;
  if (whole3.length === 0) return open.length === 0 ? [] : null;
  if (whole3.length === 1 || isSum) return whole3;
  const ends = [whole3[0], whole3.at(-1)].filter((it) => isSumOfOthers(it, whole3));
  if (ends.length === 1 && ends[0]) return [ends[0]];
  const values = new Set(whole3.map((it) => it.figure.value));
  return values.size === 1 && corrections.length > 0 ? whole3.slice(0, 1) : null;
}
__name(chosen, "chosen");
function isSumOfOthers(one, all) {
  const others = all.filter((it) => it !== one);
  const sum = others.reduce((added, it) => added + it.figure.value, 0);
  return others.length > 1 && one?.figure.value === sum;
}
__name(isSumOfOthers, "isSumOfOthers");
function isPart({ figure, zone }) {
  return figure.role === "part" && !(zone !== null && zone.start > figure.partAt);
}
__name(isPart, "isPart");

// src/reader/settle.ts
function settle(group, row, meaning, context) {
  const settled = { entries: [], questions: [], rejections: [] };
  for (const event of eventsOf(group, row.indicator, context.plain)) {
    settleEvent({ group, row, meaning, context, event }, settled);
  }
  return settled;
}
__name(settle, "settle");
function eventsOf(group, indicator, plain) {
  const whole3 = [{ figures: group.figures, assigned: assignMeasures(plain, indicator, group.figures) }];
  const isPlain = group.figures.every(
    (it) => it.figure.role === "plain" && !it.isCorrection && it.figure.problem === null
  );
  if (indicator.measures.length < 2 || hasIndependentCounts(indicator) || !isPlain || group.isSum) return whole3;
  const size = indicator.measures.length;
  if (group.figures.length <= size || group.figures.length % size !== 0) return whole3;
  const events = [];
  for (let at = 0; at < group.figures.length; at += size) {
    const figures = group.figures.slice(at, at + size);
    const assigned = assignMeasures(plain, indicator, figures);
    if (assigned.byMeasure.size !== size || figures.some((it) => it.figure.counter === null)) return whole3;
    events.push({ figures, assigned });
  }
  return events;
}
__name(eventsOf, "eventsOf");
function settleEvent(settling, settled) {
  const { group, row, meaning, context, event } = settling;
  const stated = dateOf(group, context);
  const picked = figuresOf(row.indicator, event.assigned, group.isSum);
  const { judgement } = stated;
  const notYet = meaning.isPlanned && !stated.isStated ? "future" : null;
  const reason = judgement === "outsidePeriod" || judgement === "future" ? judgement : notYet ?? picked.rejection;
  if (reason !== null) {
    settled.rejections.push({ reason, text: clauseText(group, context.text), indicatorId: row.indicator.id });
    return;
  }
  const firstQuestion = settled.questions.length;
  for (const measure of picked.unclear) ask(settling, settled, measure, { isVague: true });
  if (Object.keys(picked.figures).length === 0) {
    if (picked.unclear.length === 0) askWithoutFigure(settling, settled);
    return;
  }
  complete(settling, settled, { picked, stated });
  settled.entries.push(entryOf(settling, picked, stated));
  for (const question of settled.questions.slice(firstQuestion)) question.entry = settled.entries.length - 1;
  const { loose: loose2, contrary } = event.assigned;
  if (loose2.some(({ figure }) => figure.counter !== null && figure.role !== "total"))
    ask(settling, settled, null, { about: "number" });
  if (contrary.some((it) => isLost(it, settling)))
    settled.questions.push(rowQuestion(clauseText(group, context.text), []));
}
__name(settleEvent, "settleEvent");
function isLost({ figure, clause }, { group, context }) {
  if (figure.isOfSomething || !isCounted(figure, context)) return false;
  return clause.sentence !== group.clauses[0]?.sentence || !isBeside(figure, clause, context);
}
__name(isLost, "isLost");
function isBeside(figure, clause, { campaign: campaign2, plain }) {
  const before = clause.figures.filter((it) => it.end <= figure.start).at(-1)?.end ?? clause.start;
  return isBesideActivity(plain.slice(before, figure.end + 6), compiled(campaign2));
}
__name(isBeside, "isBeside");
function isCounted({ counter }, { campaign: campaign2, fields }) {
  return compiled(campaign2).rows.some(
    ({ indicator }) => appliesTo(indicator, fields) && indicator.measures.some((it) => it.unit === counter)
  );
}
__name(isCounted, "isCounted");
function complete(settling, settled, { picked, stated }) {
  const { figures, unclear } = picked;
  const { indicator } = settling.row;
  if (!hasIndependentCounts(indicator)) {
    const isZero = isAllZero(picked);
    for (const measure of indicator.measures) {
      if (figures[measure.id] !== void 0 || unclear.includes(measure)) continue;
      if (isZero) figures[measure.id] = 0;
      else if (settling.meaning.mode !== "fix") ask(settling, settled, measure);
    }
  }
  if (stated.judgement === "ask") ask(settling, settled, null, { about: "date" });
}
__name(complete, "complete");
function isAllZero({ figures, unclear }) {
  return unclear.length === 0 && Object.values(figures).every((it) => it === 0);
}
__name(isAllZero, "isAllZero");
function askWithoutFigure(settling, settled) {
  const { indicator } = settling.row;
  const { contrary, loose: loose2 } = settling.event.assigned;
  const isContrary = contrary.some((it) => !it.figure.isOfSomething);
  const open = indicator.measures.find((it) => aboutOf(indicator, it) === "sessions") ?? indicator.measures[0];
  if (isContrary) ask(settling, settled, null, { about: "row", options: [indicator.id] });
  else if (loose2.length > 0) ask(settling, settled, null, { about: "number" });
  else if (open) ask(settling, settled, open);
}
__name(askWithoutFigure, "askWithoutFigure");
function ask({ group, row: { indicator }, context }, settled, measure, other = {}) {
  const stated = dateOf(group, context);
  settled.questions.push({
    about: other.about ?? (measure ? aboutOf(indicator, measure) : "number"),
    text: clauseText(group, context.text),
    options: other.options ?? [],
    indicatorId: indicator.id,
    measureId: measure?.id ?? null,
    isVague: other.isVague ?? false,
    date: stated.isStated ? stated.date : messageDay(context),
    entry: null
  });
}
__name(ask, "ask");
function messageDay({ campaign: campaign2, now }) {
  const today = dayIn(campaign2.timezone, now);
  return today >= campaign2.period.start && today <= campaign2.period.end ? today : null;
}
__name(messageDay, "messageDay");
function entryOf({ group, row, meaning, context, event }, picked, stated) {
  const isZero = isAllZero(picked);
  const mode = isZero && meaning.mode === "add" && !meaning.isModeStated ? "set" : meaning.mode;
  const isDateless = (mode === "fix" || mode === "set" && isZero) && !stated.isStated;
  return {
    indicatorId: row.indicator.id,
    figures: picked.figures,
    mode,
    isModeStated: meaning.isModeStated,
    isNotApplicable: false,
    isOfDay: isZero && mode !== meaning.mode && stated.isStated,
    date: stated.isStated ? stated.date : isDateless ? null : messageDay(context),
    dateFrom: stated.dateFrom,
    isDateStated: stated.isStated && stated.date !== null,
    span: spanOf(group, event.figures),
    spans: picked.spans
  };
}
__name(entryOf, "entryOf");

// src/reader/suggestions.ts
function suggestRows(text, { compiled: compiled2, fields }, except = []) {
  const pairs = pairsOf(text);
  const scores = /* @__PURE__ */ new Map();
  let known4 = 0;
  for (const pair of pairs) {
    const rows = compiled2.pairs.get(pair);
    if (!rows || except.some((it) => rows.has(it))) continue;
    known4++;
    for (const row of rows) {
      if (!appliesTo(row.indicator, fields)) continue;
      scores.set(row.indicator.id, (scores.get(row.indicator.id) ?? 0) + 1 / rows.size);
    }
  }
  const rowIds = [...scores].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([id2]) => id2);
  return { rowIds, coverage: pairs.length === 0 || rowIds.length === 0 ? 0 : known4 / pairs.length };
}
__name(suggestRows, "suggestRows");
function typedRows(plain, { compiled: compiled2, fields }) {
  const typed2 = plain.replace(/[^a-z]/g, "");
  if (typed2.length < 6) return [];
  let best2 = { length: 0, rowIds: /* @__PURE__ */ new Set() };
  for (const phrase of compiled2.phrases) {
    const name2 = typedName(phrase.text);
    if (name2.length < 6 || name2.length < best2.length || !typed2.includes(name2)) continue;
    if (name2.length > best2.length) best2 = { length: name2.length, rowIds: /* @__PURE__ */ new Set() };
    for (const { row } of phrase.targets) if (appliesTo(row.indicator, fields)) best2.rowIds.add(row.indicator.id);
  }
  return [...best2.rowIds];
}
__name(typedRows, "typedRows");

// src/reader/unnamed.ts
function suggestedRows(parsed, group) {
  const typed2 = typedRows(wordsOf(parsed, group, " "), parsed.scope);
  return typed2.length > 0 ? typed2 : suggestRows(lettersIn(parsed, group), parsed.scope).rowIds;
}
__name(suggestedRows, "suggestedRows");
function rowsOfTalk({ plain, letters, scope }) {
  const typed2 = typedRows(plain, scope);
  if (typed2.length > 0) return typed2;
  const content = letters.text.replaceAll("\n", "");
  const { rowIds, coverage } = suggestRows(content, scope);
  return content.length > 6 || coverage < 0.75 || /[是我你您他这那吧呢]/.test(content) ? [] : rowIds;
}
__name(rowsOfTalk, "rowsOfTalk");
function isBesides(parsed, group) {
  const sentence = group.clauses[0]?.sentence;
  const isAlone = parsed.clauses.filter((it) => it.sentence === sentence).length === group.clauses.length;
  return !isAlone && isBesideActivity(wordsOf(parsed, group, "\uFF0C"), parsed.scope.compiled);
}
__name(isBesides, "isBesides");
function isReportLike(parsed, group) {
  const { compiled: compiled2 } = parsed.scope;
  const counts2 = group.figures.map((it) => it.figure.counter).filter((it) => it !== null);
  const measures = compiled2.rows.flatMap((it) => it.indicator.measures);
  const known4 = counts2.filter((it) => measures.some((measure) => canCount(measure, it)));
  const words = wordsOf(parsed, group, "\uFF0C");
  if (/[a-z]{2,}/.test(words) && !/[一-龥]/.test(words)) return true;
  if (counts2.some((it) => !placeOrTime.test(it)) && activity.test(words)) return true;
  if (known4.length === 0) return false;
  if (fixWords.test(words)) return true;
  if (suggestRows(lettersIn(parsed, group), parsed.scope).coverage >= 0.5) return true;
  const hasSessions = counts2.some((it) => /^(?:场次?|期|批次)$/.test(it));
  return hasSessions || new Set(known4).size > 1 || activity.test(words) || otherActivity.test(words);
}
__name(isReportLike, "isReportLike");
function wordsOf({ plain }, { clauses }, joint) {
  return clauses.map((it) => plain.slice(it.start, it.end)).join(joint);
}
__name(wordsOf, "wordsOf");
function lettersIn({ letters }, { clauses }) {
  return clauses.map((it) => lettersBetween(letters, it.start, it.end)).join("");
}
__name(lettersIn, "lettersIn");

// src/reader/report.ts
function report(parsed) {
  const reading = {
    text: parsed.text,
    entries: [],
    restZero: parsed.restZero,
    questions: [],
    rejections: [],
    intent: "none"
  };
  const reporter = new Reporter(parsed, reading);
  const groups = resolveRows(parsed);
  reporter.hasNamed = groups.some((it) => it.zones.length > 0 && it.figures.length > 0);
  for (const group of groups) reporter.take(group);
  reporter.finish(groups);
  const isReport = reading.entries.length + reading.questions.length + reading.rejections.length > 0;
  return { ...reading, intent: isReport || reading.restZero ? "report" : "none" };
}
__name(report, "report");
var Reporter = class {
  static {
    __name(this, "Reporter");
  }
  parsed;
  reading;
  context;
  reach;
  /** Some row is reported by name. */
  hasNamed = false;
  /** In which sentence a row's total was told. */
  totals = /* @__PURE__ */ new Map();
  silent = [];
  chain = null;
  constructor(parsed, reading) {
    const { campaign: campaign2, fields, now } = parsed.context;
    this.parsed = parsed;
    this.reading = reading;
    const isWalk = parsed.context.rowNumbers !== void 0 || parsed.context.row !== void 0;
    this.reach = reachOf(parsed.plain, parsed.clauses, isWalk);
    this.context = { campaign: campaign2, fields, now, text: parsed.text, plain: parsed.plain };
  }
  take(group) {
    if (this.isAsked(group)) return;
    if (group.figures.length === 0) this.takeWithoutFigures(group);
    else if (isListOfZeros(group)) for (const row of group.rows) this.declare(group, row, "zero");
    else if (group.rows.length === 1 && !group.isUnsure) this.takeNamed(group, group.rows[0]);
    else if (group.zones.length > 0 || isReportLike(this.parsed, group) && !(this.hasNamed && isBesides(this.parsed, group)))
      this.askRow(group);
  }
  /** What is left: names without figures ask only where nothing else was said. */
  finish(groups) {
    const { reading, parsed } = this;
    const isEmpty = reading.entries.length + reading.questions.length + reading.rejections.length === 0;
    if (!isEmpty || reading.restZero || asking.test(parsed.plain) || chatter.test(parsed.plain)) return;
    const named2 = this.silent.filter((it) => it.rows.length > 0);
    for (const group of named2) {
      if (group.rows.length === 1 && !group.isUnsure) this.takeFigures(group, group.rows[0]);
      else this.askRow(group);
    }
    if (named2.length > 0 || groups.length > 0) return;
    const options = rowsOfTalk(parsed);
    if (options.length > 0) reading.questions.push(rowQuestion(parsed.text.trim(), options));
  }
  /** 演练结束后，指出2点不足: what else is told of a row that was reported. */
  takeNamed(group, row) {
    const isTold = this.reading.entries.some((it) => it.indicatorId === row.indicator.id);
    const isOther = group.figures.every((it) => it.figure.counter !== null && countsAs(row, it.figure).length === 0);
    if (isTold && isOther) return;
    if (this.isAfterTotal(group, row)) this.askAddOrReplace(group, row);
    else this.takeFigures(group, row);
  }
  /** 累计3场，今天1场: the event may be one of those that the total counts. */
  isAfterTotal(group, { indicator }) {
    const isTotal = group.clauses.some((it) => setWords.test(this.parsed.plain.slice(it.start, it.end)));
    return !isTotal && this.totals.get(indicator.id) === group.clauses[0]?.sentence;
  }
  askAddOrReplace(group, { indicator }) {
    const question = rowQuestion(clauseText(group, this.parsed.text), [indicator.id]);
    this.reading.questions.push({ ...question, about: "addOrReplace" });
  }
  takeFigures(group, row) {
    const meaning = this.inChain(group, row, meaningOf(group, this.reach));
    if (meaning.mode === "set") this.totals.set(row.indicator.id, group.clauses[0]?.sentence ?? 0);
    const settled = settle(group, row, meaning, this.context);
    const offset = this.reading.entries.length;
    this.reading.entries.push(...settled.entries);
    this.reading.rejections.push(...settled.rejections);
    for (const it of settled.questions) {
      this.reading.questions.push({ ...it, entry: it.entry === null ? null : it.entry + offset });
    }
  }
  /** 累计检查30座，发现12个，整改12个: a total so far reaches the rest of its field's chain. */
  inChain(group, { indicator: { field } }, meaning) {
    const { chain } = this;
    const sentence = group.clauses[0]?.sentence ?? 0;
    const isReached = chain !== null && chain.sentence === sentence && chain.field === field && !meaning.isModeStated;
    if (isReached && group.dates.every((it) => chain.dates.includes(it))) return { ...meaning, mode: "set" };
    const isTotal = field !== void 0 && meaning.mode === "set";
    this.chain = isTotal ? { sentence, field, dates: group.dates } : null;
    return meaning;
  }
  takeWithoutFigures(group) {
    const { plain, scope, context } = this.parsed;
    const { wholeOf } = scope.compiled;
    const isPart2 = group.rows.some((it) => wholeOf.has(it.indicator.id));
    const isWholeText = context.row !== void 0;
    const statement = isWholeText && zeroAlone.test(plain) ? "zero" : statementOf(plain, group, isPart2);
    if (statement === "pending") return;
    if (statement === "none") {
      const row = group.rows.length === 1 ? group.rows[0] : void 0;
      const whole3 = row && wholeOf.get(row.indicator.id);
      if (row && this.reading.entries.some((it) => it.indicatorId === whole3)) this.takeFigures(group, row);
      else this.silent.push(group);
      return;
    }
    if (statement === "all") {
      this.takeAll(group);
      return;
    }
    const rows = declaredRows(plain, group);
    if (rows === null) {
      this.askRow(group);
      return;
    }
    for (const silent of this.silent.splice(0)) {
      const isListed = silent.clauses.at(-1)?.sentence === group.clauses[0]?.sentence && silent.rows.length === 1;
      if (isListed) rows.unshift(...silent.rows);
      else this.silent.push(silent);
    }
    for (const row of rows) this.declare(group, row, statement);
  }
  /** 均已整改: as many as the row it is part of. */
  takeAll(group) {
    const row = group.rows.length === 1 ? group.rows[0] : void 0;
    const whole3 = row && this.parsed.scope.compiled.wholeOf.get(row.indicator.id);
    const found = this.reading.entries.findLast((it) => it.indicatorId === whole3);
    const value = found && Object.values(found.figures)[0];
    const measure = row?.indicator.measures[0];
    if (!row || !measure || !found || value === void 0) {
      if (row) this.takeFigures(group, row);
      else this.askRow(group);
      return;
    }
    const span = spanOf(group, []);
    this.reading.entries.push({
      ...found,
      indicatorId: row.indicator.id,
      figures: { [measure.id]: value },
      span,
      spans: {}
    });
  }
  declare(group, row, statement) {
    const { entries, rejections } = this.reading;
    const stated = dateOf(group, this.context);
    const reason = stated.judgement;
    if (reason === "outsidePeriod" || reason === "future") {
      rejections.push({ reason, text: clauseText(group, this.parsed.text), indicatorId: row.indicator.id });
    } else entries.push(declaration({ group, row, statement, stated }, entries.at(-1), this.parsed));
  }
  askRow(group) {
    const text = clauseText(group, this.parsed.text);
    const { judgement } = dateOf(group, this.context);
    const problems = group.figures.map((it) => it.figure.problem);
    const reject = /* @__PURE__ */ __name((reason) => this.reading.rejections.push({ reason, text, indicatorId: null }), "reject");
    if (judgement === "outsidePeriod" || judgement === "future") return void reject(judgement);
    if (problems.includes("negative")) return void reject("negative");
    const rows = group.rows.map((it) => it.indicator.id);
    const options = rows.length > 0 ? rows : suggestedRows(this.parsed, group);
    this.reading.questions.push(rowQuestion(text, options));
  }
  isAsked(group) {
    const text = group.clauses.map((it) => this.parsed.plain.slice(it.start, it.end + 1)).join("");
    return asked.test(text);
  }
};
function isListOfZeros({ zones, figures }) {
  return zones.length === 1 && zones[0]?.isList === true && figures.every((it) => it.figure.value === 0);
}
__name(isListOfZeros, "isListOfZeros");

// src/reader/rows-by-number.ts
var tail = "\\s*([\u884C\u9879]\\s*(?=\\d+\\s*[\u4E00-\u9FA5])|(?:\u884C(?![\u4E1A\u52A8\u653F\u4E3A\u4EBA\u8F66\u7A0B\u9A76\u8D70])|\u9879)?\\s*(?:\\.(?!\\d)\\s*|[\u3001:)]\\s*|(?= )|(?=[^\\d.,\uFF0C\u3001:)\\s\u4E07\u5343\u767E\u5341\u4EBF-])))";
var list = new RegExp(`\u7B2C?\\d{1,3}(?:\\s*(?:[\u3001,\uFF0C]|\u548C|\u53CA|-|~|\u81F3|\u5230)\\s*\\d{1,3})+${tail}`, "y");
var single = new RegExp(`\u7B2C?\\d{1,3}${tail}`, "y");
var isEdge = characterSet("\uFF0C,\u3002\uFF1B;\n!?");
var mayStartRow = characterSet("0123456789\u7B2C");
var [space, lineBreak] = [" ".charCodeAt(0), "\n".charCodeAt(0)];
function rowsByNumber(plain, marks, naming) {
  const zones = [];
  let hasFigures = false;
  let before = lineBreak;
  for (let at = 0; at < plain.length; at++) {
    const code = plain.charCodeAt(at);
    const isBehindEdge = isEdge(before);
    const isGap = plain.charCodeAt(at - 1) === space && zones.length > 0 && hasFigures && isChinese(before);
    if (code !== space) before = code;
    if (!isBehindEdge && isChinese(code)) hasFigures = true;
    const isPossible = (isBehindEdge || isGap) && marks[at] === free && mayStartRow(code);
    const zone = isPossible ? zoneAt(plain, at, list, naming) ?? zoneAt(plain, at, single, naming) : null;
    if (zone === null) continue;
    mark(marks, zone, noise);
    zones.push(zone);
    hasFigures = false;
    before = space;
    at = zone.end - 1;
  }
  return zones;
}
__name(rowsByNumber, "rowsByNumber");
function zoneAt(plain, at, pattern, naming) {
  const { compiled: compiled2, rowNumbers, isWalk } = naming;
  pattern.lastIndex = at;
  const found = pattern.exec(plain);
  const numbers = found && (isWalk || /行/.test(found[1] ?? "")) ? numbersIn(found[0], rowNumbers) : null;
  if (found === null || numbers === null) return null;
  const end = at + found[0].length;
  const isList = numbers.length > 1;
  if (!isFollowed(plain.slice(end, end + 12).trimStart(), found[1] ?? "", { counters: compiled2.counters, isList }))
    return null;
  const rows = compiled2.rows.filter((it) => numbers.includes(it.no));
  return { start: at, end, rows, measureId: null, isDoubtful: false, parts: rows.map((it) => [it]), isList };
}
__name(zoneAt, "zoneAt");
function numbersIn(text, rowNumbers) {
  const numbers = [];
  let isRange = false;
  for (const part of text.match(/\d+|[-~至到]/g) ?? []) {
    if (!/\d/.test(part)) isRange = true;
    else {
      const from = isRange ? (numbers.at(-1) ?? 0) + 1 : Number(part);
      for (let number = from; number <= Number(part); number++) numbers.push(number);
      isRange = false;
    }
  }
  return numbers.length > 0 && numbers.every((it) => rowNumbers.includes(it)) ? numbers : null;
}
__name(numbersIn, "numbersIn");
function isFollowed(rest, marker2, { counters, isList }) {
  if (rest === "") return false;
  const isZero = /^(?:都|均|全|也|还)*(?:是|为)?(?:没|无|不适用|不涉及|未|零|0|暂无)/.test(rest);
  if (isList || isZero) return isZero;
  counters.pattern.lastIndex = 0;
  if (counters.pattern.test(rest) && !/[.、:)项行]/.test(marker2)) return false;
  return startsNumeral(rest.charCodeAt(0)) || /^[-负一-龥“"《(a-z]/.test(rest);
}
__name(isFollowed, "isFollowed");

// src/reader/totals.ts
function withoutTotals(groups) {
  return groups.map((group, index) => {
    const totals = group.figures.filter((it) => isApart(it));
    if (totals.length === 0) return group;
    const told2 = groups.slice(0, index).filter((it) => isBeside2(it, group));
    return totals.reduce((left, total) => withoutTotal(left, told2, total), group);
  });
}
__name(withoutTotals, "withoutTotals");
function withoutTotal(group, told2, total) {
  const own = alike(group, total);
  const before = told2.flatMap((it) => alike(it, total));
  if (own.length === 0 || before.length === 0) return group;
  const sum = [...before, ...own].reduce((added, it) => added + it.figure.value, 0);
  const isSum = sum === total.figure.value;
  const others = group.figures.filter((it) => it !== total);
  const isNeeded = others.some((it) => it.clause === total.clause);
  return {
    ...group,
    clauses: isNeeded ? group.clauses : group.clauses.filter((it) => it !== total.clause),
    figures: isSum ? others : [...others, { ...total, figure: { ...total.figure, problem: "vague" } }]
  };
}
__name(withoutTotal, "withoutTotal");
function isApart({ clause }) {
  return clause.zones.length === 0 && clause.figures.some((it) => it.role === "total");
}
__name(isApart, "isApart");
function alike({ rows, figures }, total) {
  return figures.filter(
    (it) => it !== total && it.figure.role === "plain" && countAlike(rows[0], it.figure, total.figure)
  );
}
__name(alike, "alike");
function isBeside2(one, other) {
  return one.rows.length === 1 && one.clauses.at(-1)?.sentence === other.clauses[0]?.sentence;
}
__name(isBeside2, "isBeside");
var reach = 12;
function completed(groups) {
  const all = [];
  for (const group of groups) {
    const from = Math.max(0, all.length - reach);
    const near = mayComplete(group) ? all.slice(from).findIndex((it) => isCompletedBy(it, group)) : -1;
    const at = from + near;
    const earlier = near < 0 ? void 0 : all[at];
    if (earlier === void 0) all.push(group);
    else {
      const clauses = [.../* @__PURE__ */ new Set([...earlier.clauses, ...group.clauses])];
      all[at] = { ...earlier, clauses, figures: [...earlier.figures, ...group.figures.map(asOwn)] };
    }
  }
  return all;
}
__name(completed, "completed");
function mayComplete({ rows, zones, figures, isUnsure }) {
  const [row] = rows;
  if (row === void 0 || rows.length > 1 || isUnsure || zones.length === 0 || figures.length === 0) return false;
  if (figures.some((it) => it.isCorrection)) return false;
  return hasIndependentCounts(row.indicator) || figures.every((it) => countsAs(row, it.figure).length > 0);
}
__name(mayComplete, "mayComplete");
function isCompletedBy(earlier, group) {
  if (earlier.rows[0] !== group.rows[0] || earlier.isUnsure || !isBeside2(earlier, group)) return false;
  const isOfDay = earlier.dates === group.dates || group.dates.every((it) => earlier.dates.includes(it));
  if (earlier.figures.length === 0 || !isOfDay) return false;
  return isCountedApart(group) ? areOthers(earlier, group) : !group.figures.some((it) => holdsSame(earlier, it.figure));
}
__name(isCompletedBy, "isCompletedBy");
function areOthers(earlier, group) {
  const told2 = earlier.figures.map((it) => it.measureId);
  return group.figures.every((it) => it.measureId !== null && !told2.includes(it.measureId)) && !told2.includes(null);
}
__name(areOthers, "areOthers");
function asOwn(placed) {
  const { figure } = placed;
  return figure.role === "part" ? { ...placed, figure: { ...figure, role: "plain" } } : placed;
}
__name(asOwn, "asOwn");

// src/reader/wording.ts
function wordingOf(told2) {
  let foreign = null;
  return {
    isElsewhere: /* @__PURE__ */ __name((clause, rows) => isElsewhere(clause, rows, told2), "isElsewhere"),
    hasOtherName: /* @__PURE__ */ __name((start, end) => lettersBetween(told2.letters, start, end).replace(fillers, "").length > 1, "hasOtherName"),
    isOfOtherField({ zones, figures, start, end }) {
      if (zones.length > 0 || figures.length === 0) return false;
      foreign ??= otherFieldHits(told2);
      return foreign.some((it) => it.start >= start && it.end <= end);
    }
  };
}
__name(wordingOf, "wordingOf");
function isElsewhere(clause, rows, { letters, scope }) {
  const words = lettersBetween(letters, clause.start, clause.end);
  if (words.length < 2 || clause.figures.some((it) => it.counter === null || isPersonWord(it.counter))) return false;
  return suggestRows(words, scope, rows).coverage >= (words.length < 4 ? 1 : 0.6);
}
__name(isElsewhere, "isElsewhere");
function otherFieldHits({ letters, scope, campaign: campaign2, figures, hits }) {
  const fields = campaign2.fields.filter((it) => !scope.fields.includes(it));
  if (fields.length === 0) return [];
  const isOfField = /* @__PURE__ */ __name((it) => it.targets.every(({ row }) => row.indicator.field !== void 0), "isOfField");
  const isOwn2 = /* @__PURE__ */ __name((hit) => hits.some((it) => hit.start < it.end && it.start < hit.end), "isOwn");
  return findHits(letters, { ...scope, fields }, figures).filter((it) => isOfField(it) && !isOwn2(it));
}
__name(otherFieldHits, "otherFieldHits");

// src/reader/reading.ts
function read(text, context) {
  return report(parse(text, context));
}
__name(read, "read");
function parse(text, context) {
  const scope = { compiled: compiled(context.campaign), fields: context.fields };
  const row = context.row === void 0 ? void 0 : scope.compiled.rowById.get(context.row);
  const plain = plainText(text);
  const marks = new Uint8Array(plain.length);
  const restZero = markRest(plain, marks);
  markNoise(plain, marks, scope.compiled);
  const dates = markDates(plain, marks, context);
  const numbered = row ? [] : rowsByNumber(plain, marks, namingOf(scope, context));
  markListNumbers(plain, marks);
  const figures = findFigures(plain, marks, scope.compiled.counters);
  const letters = lettersOf(plain, marks, figures);
  const hits = row ? [] : hitsIn(letters, scope, figures);
  const clauses = clausesOf({ plain, figures, hits, dates, numbered });
  const known4 = { text, plain, letters, restZero, scope, context };
  if (row) return { ...known4, clauses, groups: [groupOfRow(row, clauses)] };
  const named2 = withNearNames(plain, clauses, { letters, scope });
  const isPart2 = /* @__PURE__ */ __name((it) => scope.compiled.wholeOf.has(it.indicator.id), "isPart");
  const kept = named2.map((it) => withoutPending(plain, it, isPart2));
  const wording = wordingOf({ letters, scope, campaign: context.campaign, figures, hits });
  const groups = completed(withoutTotals(apart(plain, groupsOf(plain, kept, wording))));
  return { ...known4, clauses: kept, groups };
}
__name(parse, "parse");
function markRest(plain, marks) {
  if (!/[其剩余别]/.test(plain)) return false;
  const said = matchesOf(restIsZero, plain);
  for (const it of said) mark(marks, spanOfMatch(it), noise);
  return said.length > 0;
}
__name(markRest, "markRest");
function markDates(plain, marks, context) {
  const dates = findDates(plain, context, (at) => marks[at] !== free);
  for (const it of dates) mark(marks, it, dated);
  return dates;
}
__name(markDates, "markDates");
function namingOf({ compiled: compiled2, fields }, { rowNumbers }) {
  const own = compiled2.rows.filter((it) => appliesTo(it.indicator, fields)).map((it) => it.no);
  return { compiled: compiled2, rowNumbers: rowNumbers ?? own, isWalk: rowNumbers !== void 0 };
}
__name(namingOf, "namingOf");
function hitsIn(letters, scope, figures) {
  const named2 = findHits(letters, scope, figures);
  const counted4 = findUnitHits(letters, scope, { figures, hits: named2 });
  return [...named2.flatMap((it) => heardOver(it, letters, scope)), ...counted4].sort((a, b) => a.start - b.start);
}
__name(hitsIn, "hitsIn");
function groupOfRow(row, clauses) {
  return {
    rows: [row],
    zones: [],
    clauses: [...clauses],
    figures: clauses.flatMap(
      (clause) => clause.figures.map((figure) => ({ figure, clause, measureId: null, isCorrection: false, zone: null }))
    ),
    dates: clauses.flatMap((it) => it.dates).filter((it) => it.kind !== "whole"),
    isUnsure: false,
    isSum: false
  };
}
__name(groupOfRow, "groupOfRow");

// .x.mts
var root = "/tmp/rd-corpus0/";
var campaign = await loadCampaign("/tmp/wt-rd/campaigns/zhoushan-2023.json");
var rd = /* @__PURE__ */ __name((f) => readFileSync(f, "utf8").trim().split("\n").map((l) => JSON.parse(l)), "rd");
var lines = readdirSync(root + "corpus").sort().flatMap((f) => rd(root + "corpus/" + f)).concat(rd(root + "open-lines.jsonl"));
var ctx = lines.map((l) => ({ campaign, fields: l.fields ?? campaign.fields, now: new Date(l.now) }));
var long = "";
for (let n = 0; long.length < 2e3; n++) long += lines[n % lines.length].text + "\uFF1B";
long = long.slice(0, 2e3);
var whole2 = { campaign, fields: campaign.fields, now: new Date(lines[0].now) };
var rep = /* @__PURE__ */ __name((s) => s.repeat(Math.ceil(2e3 / s.length)).slice(0, 2e3), "rep");
function cal() {
  let x = 0;
  for (let i = 0; i < 3e6; i++) x = x * 31 + i | 0;
  return x;
}
__name(cal, "cal");
var cpu = /* @__PURE__ */ __name(() => {
  const c = process.cpuUsage();
  return (c.user + c.system) / 1e3;
}, "cpu");
var t = /* @__PURE__ */ __name((f, n = 1) => {
  const s = cpu();
  for (let i = 0; i < n; i++) f();
  return (cpu() - s) / n;
}, "t");
var tasks = {
  ordinary: /* @__PURE__ */ __name(() => {
    for (let i = 0; i < lines.length; i++) read(lines[i].text, ctx[i]);
  }, "ordinary"),
  long: /* @__PURE__ */ __name(() => read(long, whole2), "long"),
  figures: /* @__PURE__ */ __name(() => read(rep("\u4E13\u9898\u5B66\u4E603\u573A120\u4EBA\uFF0C\u8B66\u793A\u6559\u80B22\u573A80\u4EBA\uFF1B"), whole2), "figures"),
  one: /* @__PURE__ */ __name(() => read(rep("\u6F14\u7EC31\u573A20\u4EBA\uFF0C"), whole2), "one"),
  bare: /* @__PURE__ */ __name(() => read(rep("3\u573A120\u4EBA\u3001"), whole2), "bare"),
  prose: /* @__PURE__ */ __name(() => read(rep("\u4E3A\u6DF1\u5165\u8D2F\u5F7B\u843D\u5B9E\u5173\u4E8E\u5B89\u5168\u751F\u4EA7\u7684\u91CD\u8981\u6307\u793A\u7CBE\u795E\uFF0C\u6211\u5C40\u9AD8\u5EA6\u91CD\u89C6\uFF0C"), whole2), "prose")
};
var best = {};
var calBest = Infinity;
for (let r = 0; r < Number(process.argv[2] ?? 8); r++) {
  calBest = Math.min(calBest, t(cal));
  for (const [k, f] of Object.entries(tasks)) best[k] = Math.min(best[k] ?? Infinity, t(f, k === "ordinary" ? 1 : 10));
}
console.log("cal", calBest.toFixed(2), "lines/s", Math.round(lines.length / best.ordinary * 1e3), Object.fromEntries(Object.entries(best).map(([k, v]) => [k, +v.toFixed(2)])));
