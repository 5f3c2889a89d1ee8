import { count, plain, shortDay } from "./format.ts";
import { type OnePeriod, periodText } from "./period.ts";

/** One figure with its unit of counting; `label` where a row counts several things of one unit. */
export interface Amount {
  value: number;
  unit: string;
  label: string | null;
  /** The person's own words for it, where they are not its digits. */
  worded?: string;
}

export type StateText = { kind: "filled" | "zero" | "notApplicable" | "open"; amounts: Amount[] };

export function unitText(unit: string): string {
  return unit === "场次" ? "场" : unit;
}

export function amountsText(list: readonly Amount[]): string {
  if (list.length === 0) return "—";
  return list
    .map(
      (it) =>
        `${it.label === null ? "" : `${it.label} `}${count(it.value)} ${unitText(it.unit)}${it.worded === undefined ? "" : `（“${plain(it.worded)}”）`}`,
    )
    .join("、");
}

export interface MeasureText {
  label: string | null;
  unit: string;
}

/** 2场80人; 一案双罚2个 行刑衔接1个: figures as an example to imitate. */
export function exampleFigures(measures: readonly MeasureText[]): string {
  const isLabelled = measures.some((it) => it.label !== null);
  const one = ({ label, unit }: MeasureText, n: number) => {
    const value = isLabelled ? 2 - (n % 2) : unit === "人次" ? 80 : 2;
    return `${label ?? ""}${value}${unit === "人次" ? "人" : unitText(unit)}`;
  };
  return measures
    .slice(0, 2)
    .map(one)
    .join(isLabelled ? " " : "");
}

export function stateText({ kind, amounts }: StateText): string {
  switch (kind) {
    case "filled":
      return amountsText(amounts);
    case "zero":
      return "0";
    case "notApplicable":
      return "不适用";
    case "open":
      return amounts.length === 0 ? "—" : `${amountsText(amounts)}（未填完）`;
    default:
      return kind satisfies never;
  }
}

export function rowName({ no, name }: { no: number; name: string }): string {
  return `${no} ${plain(name)}`;
}

export function dateText({ date, dateFrom }: { date: string | null; dateFrom: string | null }): string {
  if (date === null) return "";
  return dateFrom === null ? `（${shortDay(date)}）` : `（${shortDay(dateFrom)}至${shortDay(date)}）`;
}

/** What a change of figures did to a form that was handed in; `period` where it isn't the one that the answer is about. */
export interface EffectText {
  effect: "reopened" | "restored";
  period?: OnePeriod;
}

export function effectLine({ effect, period }: EffectText): string {
  const form = `${period === undefined ? "" : periodText(period)}报送表`;
  return effect === "reopened"
    ? `注意：${form}已提交过，这次改动使它重新打开。汇总仍按上次提交的版本，改完请再“提交”。`
    : `${form}已回到提交时的样子，仍按已提交计。`;
}

/** What is reopened has to be submitted again. */
export function effectButtons(effects: readonly EffectText[]): string[] {
  return effects
    .filter((it) => it.effect === "reopened")
    .map(({ period }) => (period === undefined ? "提交" : `提交 第${period.no}期`));
}
