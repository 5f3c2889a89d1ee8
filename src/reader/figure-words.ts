import { characterSet } from "./characters.ts";

/** Words around a number that say how it counts: rough, of each, part, total, taken back. `…Before` end right before the number. */

// rough: nobody could sign for the number
/** 大概, 好像: all numbers after it in the clause are rough. */
export const hesitantWords = /大概|大约|大致|差不多|估计|估摸|可能|也许|好像|预计|约莫|约摸|印象中|记不清|不太清楚/g;
/** 近百, 约30, 不到50: right before the number; 预约, 中小, 最近 are other words. */
export const hesitantBefore =
  /(?:(?<![预特签邀制契条])约(?!了)|(?<![大中])小|(?<![最附邻接靠临新])近|将近|接近|超过|超|逾|不到|不足|未满|没满|没到|没有|没|至少|最少|最多|起码|保守|目测|高达|满打满算|不止|不下|少于|多于|大于|小于|低于|高于|不少于|不低于|不超过|几乎|好几|(?<![尽赶加很])快)\s*(?:有|了|到|为|是|共)?\s*$/;
/** 120多, 30左右: between the number and its counting word, or at the end. */
export const softTail =
  /^ *(?:\+|多|余|来|把|几|以上|以下|以内|以外|开外|上下|左右|出头|不到(?! *[\d一二两三四五六七八九十百])|不等|朝上|往上)/;
/** 30人左右, 20人以上: behind the counting word; 多 only at an edge (30人多次参加 is not rough). */
export const softAfterCounter =
  /^ *(?:\+|(?:的)?样子|光景|以上|以下|以内|开外|上下|左右|出头|都?不到(?! *[\d一二两三四五六七八九十百])|不等|朝上|往上|多一?点|(?:多|许|把|上)(?=\s*(?:$|[，,。；;、!?]))|\(?(?:估|暂估|预计))/;
/** 50人?, 2场50人?: a question mark behind it, with nothing but figures between. */
export const queriedAfter = /^[\s共\d零〇一二两三四五六七八九十百千万场次期人名位个项条座幢户]*[吧呢啊哦]?\s*[?？]/;
/** 少报了20人: how far a figure was off, which is no figure itself. */
export const differenceBefore =
  /(?:[多少](?:报|算|填|写|记|录|数|统计|加)|(?<![至不多缺])少|(?<![增加])减[少去掉]?|扣[掉除减]?|撤[掉销]?|去掉|删[掉除]?|取消)了?\s*$/;
/** 增加到5场, 增至100人: what it has become, of which nobody said what was new. */
export const grownTo = /(?:增加|增长|提高|上升|减少|降低|下降|[增升降减])(?:到|至)[^，,。；;\n]{0,6}$/;
/** 从3场增加到5场, 由95%提高到98%: what it was. */
export const grownFrom = /[从由][^，,。；;\n]{0,6}$/;
export const growsBehind = /^[^，,。；;\n]{0,12}(?:增加|增长|提高|上升|减少|降低|下降|增|升|降|减)(?:到|至)/;
/** 20+30人, 20×2人, >50人: a sum that is left to the reader, or a bound. */
export const signBefore = /[\d一-龥)]\s*[+*×x±]\s*$|[><≈≥≤]\s*$|\d\s*[加乘减]\s*$/;
export const signAfter = /^\s*(?:[+*×±]\s*\d|[加乘减]\s*\d)/;
/** 除2个外: what is left out of the whole. */
export const exceptBefore = /除了?\s*$/;
/** `1 250人` may be 1,250 of them, or 250 behind another figure. */
export const spacedThousands = /(?:^|[^\d.])\d{1,3}(?: +|')\d{3}$/;

// of each, of several, of a whole
/** 每场40人, 人均2次, 第一场30人: of one of them only. */
export const eachBefore =
  /(?:(?:每(?:一?[场次期个家人天批组站处座]|名|位|户|周)?|平均|人均|场均)(?:[^，,。；;\n\d]{0,5})|第[\d一二三四五六七八九十]{1,3}[场次期]\s*(?:有|是|为|参加|参与)?\s*)$/;
/** 各1场: as many for each of what is named; 各部门, 各单位 are words of their own. */
export const apieceBefore =
  /(?:[都均](?:是|为|有)|各(?!部门|单位|类|项|级|地|位|种|科|处室|街道|社区|乡镇|企业|站|县|区|村|界|方|条|样|班|中队|大队|支队|队|组|小组|岗|所|公司|项目|工地|家|局)[^，,。；;\n\d]{0,8})$/;
/** 分别30人、40人: one for each of what is named, in its order. */
export const respectiveBefore = /(?:分别|依次)(?:[^，,。；;\n\d]{0,6})$/;
/** Before a number further down such a list (分别为30、40、50人). */
export const listedRespectively = /(?:分别|依次)[^，,。；;\n\d]{0,6}(?:\d+[^\d，,。；;\n]{0,2}[、，,]\s*)*$/;
/** 其中党员30人, 已办结3件: a part of the figure before. */
export const partBefore =
  /(?:其中|(?<!包)含|包括|包含|里面|里头|里有|当中有|已(?:办结|核实|处理|处置|查处|回复))[^，,。；;\n]*$/;
/** 共120人, 总人数80: all of it together. */
export const totalBefore = /(?:合计|共计|总计|一共|总共|累计|共|总数|总人数|总人次|总场次)(?:[^，,。；;\n\d]{0,5})$/;

// taken back
/** 3场不对2场: taken back in the same breath. */
export const withdrawnAfter =
  /^\s*[哎唉啊哦呃嗯噢]*\s*(?:不对|有误|[打写说报填弄搞]?错了|不是的|是笔误|是错的|是报错|是写错|是填错)/;
/** 由2场改为3场: the figure before is the old one. */
export const replacedAfter =
  /^\s*[，,]?\s*(?:改为|改成|更正为|更改为|修改为|调整为|纠正为|变更为|改(?=[\d一二两三四五六七八九十百]+(?:场|期|人|名)))/;
/** 不是3场, 原报2场: what is not so, or no longer. */
export const deniedBefore =
  /(?:不是|并非|而非|而不是|(?:原|误|错)[报填写][的为成是了]?|[报写填]成了?|原来是|原来报的是?)\s*$/;

// what is counted
/** 人次80, 场次：2, 参加120: the word stands before the number, with the counter it stands for. */
export const headings: readonly [RegExp, string][] = [
  [
    /(?:人次|人数|人员|参与者|参加者|学员|观众|听众|受众|群众|职工|员工)(?:数量?)?\s*(?:[有达共是为约:由从]|不是|并非|合计|总计|改成|改为|应该?是|应为|应当是|更正为)*\s*$/,
    "人",
  ],
  [
    /(?:场次|场数|期数)(?:数量?)?\s*(?:[有达共是为:由从]|不是|并非|合计|总计|改成|改为|应该?是|应为|应当是|更正为)*\s*$/,
    "场",
  ],
  [/(?:观看量|观看数|参加|参与|观看|收看|到场|来了|受教育|参演|覆盖|惠及|参训|受训)\s*(?:的|了|有|达|共)*\s*$/, "人"],
];
/** 人次打错了，改成85: the word stands in the clause before, which says that its figure was wrong. */
export const headingOfError =
  /(人次|人数|人员|场次|场数)[^\d，,。；;\n]{0,6}(?:错|不对|有误)[^\d，,。；;\n]{0,3}[，,\s]+(?:改成|改为|应该?是|应为|应当是|更正为|是)\s*$/;
/** What follows a counting word that is the heading of the next figure (场次2 人次80). */
export const headsNext = /^\s*[:为是]?\s*[\d一二两三四五六七八九十百千]/;
/** 27个党员: things counted by 个 that are people. */
export const personNoun =
  /^(?:老?党员|团员|师傅|老师|学生|同学|孩子|娃|小朋友|老板|老总|经理|工人|员工|职工|群众|居民|村民|市民|业主|住户|同志|同事|干部|领导|负责人|学员|人|老人|志愿者|队员|队伍成员|商户负责人|代表|司机|驾驶员|安全员|站长|组长)/;
/** 人有31个, 人的话是52个: who is counted is said before. */
export const personHeading =
  /(?:人|人数|人员|参加的|来的|(?:工人|职工|员工|群众|居民|学生|村民)来了)(?:的话|嘛|呢|啊|么|吧|大概|好像|差不多|一共|总共|共|大约|可能|有|是|:|\s)*$/;
/** 三场总共145人: the sessions are all of them, too. */
export const totalAfter = /^\s*(?:总共|一共|合计|共计)/;

/** The characters that patterns are written with: where a text has none of them, none of the patterns can match. */
function charactersOf(patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((it) => [...it.source.replace(/\\[a-z]/g, "")]);
}

/** What stands right before a number, with nothing but spaces between. */
export const endingBefore: readonly RegExp[] = [
  ...[hesitantBefore, differenceBefore, signBefore, exceptBefore, deniedBefore, headingOfError, /负\s*$/],
  ...headings.map(([it]) => it),
];
/** What stands before a number with a few other words between. */
export const tellingBefore: readonly RegExp[] = [eachBefore, apieceBefore, respectiveBefore, totalBefore];
export const tellingAfter: readonly RegExp[] = [
  ...[softAfterCounter, withdrawnAfter, replacedAfter, totalAfter, signAfter, personNoun, /^\s*半/],
];
const isEndingBefore = characterSet(charactersOf(endingBefore));
const isTellingBefore = characterSet(charactersOf(tellingBefore));
const isTellingAfter = characterSet(charactersOf(tellingAfter));

/** Whether what stands right behind a number may make it a range or a rough one. */
export const mayWiden = characterSet([..." \t\n-~至到或、/,，", ...charactersOf([softTail])]);

/** Whether the last character before a number may be the end of a word that takes it up; most are of a row's name. */
export function mayEndBefore(before: string): boolean {
  const end = before.trimEnd();
  return isEndingBefore(end.charCodeAt(end.length - 1));
}

/** Whether the words before a number may say how it counts. Most say nothing, and need not be asked one by one. */
export function mayTellBefore(before: string): boolean {
  for (let i = 0; i < before.length; i++) if (isTellingBefore(before.charCodeAt(i))) return true;
  return false;
}

/** Whether what stands right behind a number and its counting word may say how it counts. */
export function mayTellAfter(after: string): boolean {
  return isTellingAfter(after.trimStart().charCodeAt(0));
}

/** 我们去了35人, 我局20人: of those who came, the own. */
export const oursBefore =
  /(?:我们|我方|[我本](?:单位|局|中心|公司|处|所|站|大队|中队|队|办|镇|街道|校|院)|我们?这边)(?:自己)?(?:一共|总共|共|是|有)?(?:去|来|到|派|出动|参加|参与|参演)?了?\s*$/;
