import type { Counters } from "./counters.ts";

/** Words that look like a number with a counting word and are none. */
export const sayings =
  /两个(?:至上|责任|维护|确立|清单|体系|务必|不放松)|[一三四五六七八九十]个(?:意识|自信|一批|必须|一律|不放过|到位|全覆盖|严禁|坚持|统一|强化)|个个|一一|[统唯之专同][一二]|[三四]不[^\s]{1,4}|一岗双责|一企一[^\s]|一[起](?=学|参|开|组|观|进|来|去|讨|做|到|搞|看)|一次性|一部分|一定|一直|一些|一般|一致|一样|一下|一并|一把手|一体|一切|一线|一律|一旦|一方面|一系列|一条龙|一行|一如|一同|十分|十大|(?<![\d一二三四五六七八九十两几百千])万一|万里|千万(?=[不别要])|百日|百姓|千家万户|五一|三无|双随机|无一[人例起处]|[一二两三四五六七八九十]个(?:领域|方面|条线|板块|部分|环节|阶段|步骤)|几个(?:数|地方|方面|事|月)|一气呵成|一[^\s一-十]三看|[一二三四五六]年级|班次|几乎|[三四五六七八]进(?=[^\d\s]|$)/g;

/** What may stand in a text that a pattern can match at all, and the pattern. */
export type NoisePattern = readonly [needs: RegExp, pattern: RegExp];

const patterns: readonly NoisePattern[] = [
  [/[/@]/, /https?:\/\/[^\s，。；]+|[\w.]+@[\w.]+/g],
  // document numbers: 舟安办〔2021〕16号, 第16号文
  [/[〔[(【]/, /[〔[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*第?\s*\d+\s*号?/g],
  [/号/, /\d+号(?:文|令|公告|通知)/g],
  // telephone numbers, with or without the word
  [
    /[电手座联热传号微邮编证tq]/,
    /(?:电话|手机号?|座机|联系方式|联系人|热线|传真|号码|微信号?|邮编|编号|证号|tel|qq)[号码]{0,2}\s*[:是为]?\s*[\d][\d\s-]{2,}/g,
  ],
  [
    /\d{3}/,
    /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)\d{3,5}(?=热线|平台|电话|举报)/g,
  ],
  [/\d{15}/, /(?<!\d)\d{15,18}[\dx]?(?!\d)(?!\s*[一-龥])/g],
  // plates and codes
  [/[a-z][a-z0-9]{5}/, /[一-龥][a-z][a-z0-9]{5,6}(?![a-z0-9])/g],
  [/[a-z]/, /(?<![a-z0-9])[a-z]+-?\d+(?:-\d+)*(?![\d.])|(?<![\d])\d+[a-z](?=\d)/g],
  // whom an accident, played or told, befell
  [
    /[困伤亡难险水迷毒联]/,
    /[\d一二两三四五六七八九十]+\s*[人名](?:员|群众|工人)?(?:被困|受伤|死亡|遇难|遇险|落水|昏迷|中毒|失联)/g,
  ],
  // an accident named by its day: 4.17火灾
  [/\./, /(?<!\d)\d{1,2}\.\d{1,2}(?=["”]?\s*(?:较?重?特?大)?(?:火灾|事故|爆炸|坍塌))/g],
  // names with a middle dot: 6·16, 4·17, 六·一六
  [/·/, /[\d一二三四五六七八九十〇零]{1,4}\s*·\s*[\d一二三四五六七八九十〇零]{1,4}/g],
  [
    /第/,
    /第(?![一二三]方)\s*[\d零〇一二两三四五六七八九十百几]+(?![\d一二三四五六七八九十百]|[\s\d、,，和及至到~-]*[行项])\s*(?:[个届次场期批条号章款项轮季页点名位家组类站届]|阶段)?/g,
  ],
  // times of day
  [
    /[:：点时]/,
    /\d{1,2}\s*[:：]\s*\d{2}(?:[:：]\d{2})?|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|时)(?:半|整|钟|多|左右|一刻|三刻|(?:\d{1,2}|[一二三四五六七八九十]{1,3})分?)?(?=[^一-龥]|$|[开始至到在组进参举召搞办结前后])/g,
  ],
  [/报/, /(?:补报|上报|汇报|(?<![举播通])报)\s*[\d一二两三四五六七八九十]+\s*[个项条件](?=\s*[:，,])/g],
  [/[假席到勤]/, /(?:请假|缺席|迟到|未到|缺勤)\s*\d+\s*[人名]/g],
  [/[授讲]/, /\d+\s*[位名][^\d，,。；;\n]{0,4}(?:授课|讲课|主讲)/g],
  // how a team was made up: 一行8人, 分3个检查组共18人, 组建排查小组6个
  [/行/, /(?:一行|随行(?:人员)?|同行(?:人员)?)\s*(?:共|有)?\s*\d+\s*余?[人名位]/g],
  [
    /[分建立成]/,
    /(?:分|分成|分为|组建|成立|组成)(?:了)?[^\d，,。；;\n]{0,8}\d+\s*[个支][^\d，,。；;\n]{0,6}(?:[，,、]?共\d+[人名])?/g,
  ],
  [/这/, /这\s*[\d一二两三四五六七八九十百]+\s*[人名位场次个户幢座条](?:里|中(?!心)|当中)/g],
  // years
  [
    /年/,
    /(?<!\d)(?:19|20)\d{2}\s*年度?(?!\s*(?:\d|[一二三四五六七八九十]){1,2}\s*月)|[二一][〇零○九][一二三四五六七八九〇零]{2}年度?/g,
  ],
  // addresses
  [
    /[路街道巷弄村号元室楼层]/,
    /[路街道巷弄村]\s*\d+(?:-\d+)?\s*号|\d+\s*号\s*[楼线桥门院路仓井泵站库船机车]|\d+\s*(?:单元|室|楼|弄|层)(?![次])/g,
  ],
  // a date that only names a document or an accident
  [/月/, /(?:\d{4}年)?\d{1,2}月\d{1,2}[日号](?:的|印发的?|下发的?)?(?:通知|文件|会议精神|要求|事故|火灾|爆炸)/g],
  // durations and ages
  [
    /[时分秒日天周年月岁期拜]/,
    /(?<![前这近那头])(?:为期|历时|时长|用时|共计?用?时)?\s*(?<![前这近那头上下\d.])(?:\d{1,3}(?:\.\d+)?|[一二两三四五六七八九十半几]{1,3})\s*(?:多|余|来)?(?:个半?)?(?:小时|钟头|分钟|秒钟?|工作日|学时|课时|天|星期|礼拜|个月|周(?![一二三四五六日年])|年|岁)(?:半|左右)?/g,
  ],
  [/半/, /(?<![上下])半(?:天|个?小时|个?月|年)/g],
  [/每/, /每[天日周月年]\s*(?:[\d一二两三四五六七八九十]+\s*[次场回期])?/g],
  [/之/, /[一二三四五六七八九十]分之[一二三四五六七八九十]/g],
];
/** `6.16咨询日`, `616咨询日`: the name of a day of the form, when the form's own words follow. */
export const dotted = /(?<!\d)(\d{1,2})[.·]?(\d{2})\s*["”'』」]?\s*([一-龥]{2})/g;
/** Sizes and weights, unless the form asks for them. */
const sizes = ["折", "度", "级", "平方米", "平方", "公里", "千米", "km", "公斤", "千克", "吨", "毫米", "厘米"];
/** What was sent out (出动执法人员20人次、车辆8辆次), where the form does not ask for just that. */
const sentOut =
  /(?:出动|派出|抽调|动用|调派|投入)(?:各类|执法|检查|巡查|排查|督查|督导|工作|管理|城管|监管|安全|行政|综合|抢险|应急|保障|环卫|技术)*(?:人员|力量|队员|干部|职工|小组|组|车辆|车)?\s*共?\d+\s*(?:余|多)?(?:人次|人|名|个|组|支|辆次|辆|台次|台|艘次|艘|车次)(?:[、，,和及]\s*(?:车辆|执法车辆?|执法人员|人员|船艇|船只|无人机|设备)\s*\d+\s*(?:余|多)?(?:人次|人|名|个|组|支|辆次|辆|台次|台|艘次|艘|车次|架次|架))*/g;
const percentages = /\d+(?:\.\d+)?\s*%|百分之[\d.一二三四五六七八九十百零点]+/g;
const money = /[\d.,]+\s*[万亿]?\s*(?:余|多)?元/g;

/** The patterns of what counts nothing in a form; what its own measures count in stays. */
export function noisePatterns(counters: Counters, asksSentOut: boolean): readonly NoisePattern[] {
  const all = [...patterns, [/[\dk]/, sizesBut(counters)] as const];
  if (!asksSentOut) all.push([/[出抽动调投]/, sentOut]);
  if (!counters.isCampaignUnit("%")) all.push([/[%百]/, percentages]);
  if (!counters.isCampaignUnit("元") && !counters.isCampaignUnit("万元")) all.push([/元/, money]);
  return all;
}

function sizesBut({ words, isCampaignUnit }: Counters): RegExp {
  const asked = words.filter(isCampaignUnit).join(" ");
  const others = sizes.filter((it) => !asked.includes(it === "km" || it === "千米" ? "公里" : it));
  return new RegExp(`\\d+(?:\\.\\d+)?\\s*(?:${others.join("|")})`, "g");
}
