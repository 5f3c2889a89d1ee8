import type { Measure } from "../campaign/campaign.ts";
import { canCount, countersOf } from "./counters.ts";
import { type Figure, isOwn } from "./figure.ts";
import { findFigures } from "./figures.ts";
import { numeralAt } from "./numeral.ts";
import { plainText } from "./text.ts";

export type Count =
  | { kind: "count"; value: number }
  | { kind: "vague" | "negative" | "fraction" | "none"; text: string };

const counters = countersOf([]);
const zero = /^(?:没有?|无|零|一个?都?没有?|没有人|没人)(?:参加|了|的|人|场|吧|呢)*[。.!]?$/;

/**
 * One number as an answer: `108`, `一百零八人`, `共１２０`. Several numbers, one in a sentence of other things, or one counted in
 * a word that the measure asked for does not take (3场 for 人次) is `none`.
 */
export function readCount(text: string, measure?: Pick<Measure, "unit">): Count {
  const plain = plainText(text).trim();
  if (zero.test(plain)) return { kind: "count", value: 0 };
  const bare = numeralAt(plain, 0);
  if (bare && !bare.isVague && bare.end === plain.length && Number.isInteger(bare.value) && bare.value < 1e9) {
    return { kind: "count", value: bare.value };
  }
  const figures = findFigures(plain, new Uint8Array(plain.length), counters).filter((it) => it.role !== "denied");
  const figure = figures[0];
  if (figures.length === 1 && figure && isAnswer(plain, figure, measure)) {
    return figure.problem === null ? { kind: "count", value: figure.value } : { kind: figure.problem, text };
  }
  return { kind: isReckoned(plain, figures, measure) ? "vague" : "none", text };
}

function isAnswer(plain: string, figure: Figure, measure?: Pick<Measure, "unit">): boolean {
  const { counter, role, start, end } = figure;
  if (!isOwn(figure) || role === "part") return false;
  // 52个 may count anything
  if (measure && counter !== null && counter !== "个" && !canCount(measure, counter)) return false;
  return isBareAnswer(plain.slice(0, start), plain.slice(end));
}

/** 每场20人, 20+30, 20、30人: numbers and nothing else, but not the one that was asked for. */
function isReckoned(plain: string, figures: readonly Figure[], measure?: Pick<Measure, "unit">): boolean {
  if (!reckoned.test(plain) || !/[\d一二两三四五六七八九十百]/.test(plain)) return false;
  const counted = figures.filter((it) => plain.charAt(it.start - 1) !== "第");
  return counted.every((it) => it.counter === null || measure === undefined || canCount(measure, it.counter));
}

const reckoned =
  /^(?=.*(?:[+*×x加乘]|每|各|平均|人均|第|[\d人名位][、，,和]\s*\d))(?:[\s\d零一二两三四五六七八九十百+*×x=加乘、，,和]|每一?[场次期天]|各|分别|平均|人均|都?是|第[一二三四五\d]+[场次期]|人次?|名|位|大概|左右|共|来了|参加)+$/;

/** Nothing around the number but words that belong to an answer: 一共来了120人吧. */
function isBareAnswer(before: string, after: string): boolean {
  const words =
    /^(?:[\s，,。.:!吧了呢啊哦嗯的是有共就为改成应该对不好]|一共|总共|合计|共计|大家|来|参加|参与|人数|人次|场次|人员|实际|应为|改为|准确|确认|答|活动|观看|到场|大概|大约|大致|估计|估摸|可能|也许|好像|差不多|左右|上下|约|将近|接近|近|至少|最多|最少|起码|不到|超过|几乎|印象中|记不清|不太清楚|了吧|[多余来好小快-])*$/;
  return words.test(before) && words.test(after);
}
