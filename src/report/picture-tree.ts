import type { Campaign, Measure, Section } from "../campaign/campaign.ts";
import { type Consolidated, cellOf, type KeyTotal, keyTotals, totalOf } from "../campaign/consolidated.ts";
import { appliesTo, hasIndependentCounts, type Row, rowsOf, shortLabel } from "../campaign/row.ts";
import { type Box, columnBox, rowBox, textBox } from "./boxes.ts";
import { fontFamily } from "./fonts.ts";
import { basisText, momentText, periodSuffix, turnoutOf } from "./words.ts";

const ink = "#1f2937";
const quiet = "#6b7280";
const rule = "#e5e7eb";
const brand = "#15457a";
const pale = "#d5e4f5";
const titleStyle = { fontSize: 46, fontWeight: 700, textAlign: "center", justifyContent: "center" } as const;
/** A band's colour and the tint of every other of its rows. */
const bands = [
  { band: "#1d5fa8", tint: "#f2f7fd" },
  { band: "#0f766e", tint: "#f0faf8" },
  { band: "#b45309", tint: "#fdf7ee" },
  { band: "#5b4b8a", tint: "#f6f4fb" },
] as const;
const widths = { no: 76, total: 430, filled: 130 } as const;

/** What the group sees at a glance: how many reported, the key totals, then every row's sums. */
export function pictureTree(campaign: Campaign, table: Consolidated): Box {
  const rows = rowsOf(campaign);
  const sections = campaign.form.sections.map((section, s) =>
    sectionBox(section, { rows: rows.filter((it) => it.section === section), table, colour: s }),
  );
  const style = { width: "100%", backgroundColor: "#ffffff", color: ink, fontFamily, fontSize: 30, lineHeight: 1.3 };
  return columnBox(style, [headBox(campaign, table), headingBox(), ...sections, footBox(campaign, table)]);
}

function headBox(campaign: Campaign, table: Consolidated): Box {
  const { expected, reported, onTime, late, missing } = turnoutOf(table);
  const isWhole = table.period !== undefined && "whole" in table.period;
  const counts: [label: string, value: number][] = [
    ["应报单位", expected],
    [isWhole ? "各期报齐" : "已报", reported],
    ["按时", onTime],
    ["逾期", late],
    [isWhole ? "有缺报" : "未报", missing],
  ];
  const tiles = counts.map(([label, value]) =>
    columnBox({ flexGrow: 1, flexBasis: 0, alignItems: "center" }, [
      textBox({ fontSize: 54, fontWeight: 700, lineHeight: 1.2 }, String(value)),
      textBox({ fontSize: 27, color: pale }, label),
    ]),
  );
  const asOf = `${periodSuffix(table.period)}截至 ${momentText(new Date(table.asOf), campaign)}`;
  return columnBox({ backgroundColor: brand, color: "#ffffff", padding: "44px 40px 36px" }, [
    textBox(titleStyle, campaign.title.replace(/活动$/, "")),
    textBox(titleStyle, "活动开展情况汇总"),
    textBox({ fontSize: 29, color: pale, justifyContent: "center", marginTop: 10 }, asOf),
    rowBox({ marginTop: 28 }, tiles),
    rowBox({ flexWrap: "wrap", marginTop: 28, gap: 20 }, keyTotals(campaign, table).map(keyTotalBox)),
  ]);
}

function keyTotalBox({ label, values }: KeyTotal): Box {
  const text = values.map(({ unit, value }) => `${numberText(value)} ${unit}`).join("　");
  const style = { backgroundColor: "#ffffff1f", borderRadius: 10, padding: "12px 22px", width: 490 };
  return columnBox({ ...style, boxSizing: "border-box" }, [
    textBox({ fontSize: 27, color: pale }, label),
    textBox({ fontSize: 36, fontWeight: 700 }, text),
  ]);
}

function headingBox(): Box {
  const style = { backgroundColor: "#eef2f7", fontSize: 27, color: quiet };
  return lineBox(
    style,
    ["序号", "主要内容", "合计", "已填单位"].map((text) => textBox({}, text)),
  );
}

function sectionBox(
  section: Section,
  { rows, table, colour }: { rows: readonly Row[]; table: Consolidated; colour: number },
): Box {
  const { band, tint } = bands[colour % bands.length] ?? bands[0];
  const title = textBox(
    { backgroundColor: band, color: "#ffffff", fontWeight: 700, padding: "14px 28px" },
    section.title,
  );
  return columnBox({}, [title, ...rows.map((row, r) => rowLine(row, table, r % 2 === 0 ? "#ffffff" : tint))]);
}

function rowLine(row: Row, table: Consolidated, backgroundColor: string): Box {
  const totals = totalTexts(row, table).map((text) => {
    const isBlank = text === "—";
    return textBox({ fontWeight: isBlank ? 400 : 700, color: isBlank ? quiet : ink, justifyContent: "flex-end" }, text);
  });
  return lineBox({ backgroundColor }, [
    textBox({ color: quiet }, String(row.no)),
    textBox({}, labelText(row)),
    columnBox({ alignItems: "flex-end" }, totals),
    textBox({ color: quiet, fontSize: 27 }, filledText(row, table)),
  ]);
}

/** Without a short name the field tells rows of one label (发现隐患) apart. */
function labelText(row: Row): string {
  const { short, field } = row.indicator;
  return short === undefined && field !== undefined ? `${shortLabel(row)}（${field}）` : shortLabel(row);
}

/** The four cells of a line: number, label (takes what is left), total, units. */
function lineBox(style: Record<string, string | number>, [no, label, total, filled]: Box[]): Box {
  const cell = (box: Box | undefined, own: Record<string, string | number>) =>
    rowBox(own, box === undefined ? [] : [box]);
  return rowBox({ padding: "11px 20px", alignItems: "center", borderBottom: `1px solid ${rule}`, ...style }, [
    cell(no, { width: widths.no, justifyContent: "center" }),
    cell(label, { flexGrow: 1, flexBasis: 0, paddingLeft: 8, paddingRight: 12 }),
    cell(total, { width: widths.total, justifyContent: "flex-end" }),
    cell(filled, { width: widths.filled, justifyContent: "flex-end" }),
  ]);
}

/** `12 场次 / 340 人次` in one line; counts of one unit under each other, each with its name. */
function totalTexts({ indicator }: Row, table: Consolidated): string[] {
  const texts = indicator.measures.map((measure) => ({ measure, total: totalOf(table, indicator, measure) }));
  if (texts.every((it) => it.total === null)) return ["—"];
  const say = ({ measure, total }: { measure: Measure; total: number | null }) =>
    total === null ? "—" : `${numberText(total)} ${measure.unit}`;
  if (hasIndependentCounts(indicator)) return texts.map((it) => `${it.measure.label} ${say(it)}`);
  return [texts.map(say).join(" / ")];
}

/** Units that said something of every figure of the row, of those the row applies to. */
function filledText({ indicator }: Row, table: Consolidated): string {
  const asked = table.units.filter((unit) => appliesTo(indicator, unit.fields));
  const filled = asked.filter((unit) => indicator.measures.every((it) => cellOf(unit, indicator, it) !== null));
  return asked.length === 0 ? "—" : `${filled.length}/${asked.length}`;
}

function footBox(campaign: Campaign, table: Consolidated): Box {
  const basis = `口径：${basisText(table)}。“—”为尚无单位填报数字；“已填单位”为已填（含填零、不适用）的单位数/应填单位数。`;
  return columnBox({ padding: "26px 40px 36px", fontSize: 26, color: quiet, lineHeight: 1.45 }, [
    textBox({}, basis),
    textBox({ justifyContent: "flex-end", marginTop: 8 }, campaign.organiser),
  ]);
}

function numberText(value: number): string {
  return value.toLocaleString("zh-CN", { maximumFractionDigits: 4 });
}
