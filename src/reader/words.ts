import { characterSet } from "./characters.ts";

/**
 * Words of the language that say how a figure is meant. Nothing here belongs to one form: what a form calls its rows
 * is in its campaign file.
 */

/** What ends a sentence, and what ends only a clause. */
export const isHardEdge = characterSet("。；;!！?？\n");
export const isSoftEdge = characterSet("，,、");
/** Verbs of what units do, and so of what was not done. */
const verbs =
  "(?:开展|组织|举办|举行|进行|召开|搞|做|弄|办|开|安排|参加|实施|报送|涉及|接到|收到|受理|曝光|报道|征集|制作|推送|发布|处罚|立案|开设|观看|看|有)";
/** 没有, 未, 零: nothing. */
const none = "(?:没有|没|未|尚未|暂未|从未|并未|暂无|均无|无|零|0(?!\\d))";

// nothing of a row
/** 其余都没有: zero for every row still open. 其余, what kind of thing, 都, a word of nothing, what was not done. */
const nothing = none.replace("|零|0(?!\\d)", "");
export const restIsZero = new RegExp(
  `(?:其余|其他|其它|剩下|剩余|余下|别的|除此[之以]外|除了?(?:这些?|以上|上面)[^，,。；;\\n]{0,4}[之以]?外)(?:的)?(?:那些|这些|各?[项行类个种]|内容|活动|工作|项目|指标|数据|情况|几项|部分)*(?:的)?(?:暂时?|目前|本月)?(?:(?:都|均|全部?|全都|也)*(?:是|为)?(?:${nothing})|(?:都|均|全部?|全都|也|是|为)+[0零])(?:${verbs})*(?:过|了|的|任何|活动|情况)*(?=\\s*(?:$|[^一-龥]|吧|啊|呢|哈))`,
  "g",
);
/** 不涉及, n/a: the row is not the unit's to fill. */
export const notApplicable = /不适用|不涉及|不归我们管|没有这项业务|n\/?a(?![a-z])/;
/** Directly before a row: nothing of it. */
export const zeroBefore = new RegExp(
  `(?:^|[^从还])${none}(?:${verbs}|发现|查出|找到)*(?:过|啥|什么|任何|新的?|明显的?|一[场次个])*\\s*$`,
);
/** From a row to the end of its clause: nothing of it. */
export const zeroAfter = new RegExp(
  `^\\s*[:]?\\s*(?:活动|工作|报道|宣传|培训|教育|学习|检查|的|这[项块个]|方面|情况|本月|本周|这个?[月周]|上个?[月周]|今年|暂时?|目前|也|都|均|全|全部|是|为|一[场次个]|这边|我们|单位)*\\s*${none}(?:${verbs}|发现|[排检巡]查)*(?:过|了|呢|啊|的|哦|吧|活动|此项)*\\s*$`,
);
/** 作品没有 报道没有: the space behind nothing of a row parts it from the next. */
export const nothingThenNext = new RegExp(
  `[一-龥](?:没有|没|未|无)(?:开展|搞|做|办|报送)? (?=[一-龥\\d])(?!${verbs}|过|了)`,
  "g",
);
/** A clause that says only that. */
export const zeroAlone = new RegExp(
  `^\\s*(?:这[几两三四些]?[项个]?|以上)?(?:也|都|均|全|全部|一[场次个])*(?:(?<=\\S)\\s+)?${none}(?:${verbs})*(?:过|了|呢|的)*\\s*$`,
);

// what was found and is mended, or not yet
/** Not done yet, so neither a zero nor a figure: 限期整改, 尚未整改. */
export const pendingBefore =
  /(?:限期|责令|正在|待|未|尚未|没有|没|(?<!已|已经|现场|当场|立即)督促|要求|继续|抓紧|拟|下达|通知|需要?|应|将|还在|仍在)(?:完成|进行|抓紧|立即|及时)*\s*$/;
/** 整改中, 整改尚未完成: the same behind the name. */
export const pendingAfter = /^\s*(?:中(?!心)|当中|过程中|尚未|未完成|通知)/;
/** The whole of what was found: 均已整改. */
export const allBefore =
  /(?:全部|全都|全数|悉数|均|都)(?:已经?|立即|当场|及时|按时|按期|完成|都|全部|得到|予以|进行|落实|被)*\s*$/;
/** 已整改, 当场整改, 整改到位: done, of whatever there was. */
export const done = /(?:已经?|当场|现场)(?:完成|得到|进行)?整改(?!通知|中)|整改(?:已?完成|完毕|到位|好)/;
/** 整改率100%, 全部完成: the same behind the name. */
export const allAfter =
  /^\s*(?:率\s*(?:为|达到?)?\s*(?:100%|百分之百)|全部(?:完成|到位|完毕|结束)|(?:均|都|全部)(?:已|完成|到位).*)/;
/** 没有全部整改: the contrary. */
export const notAllBefore = /(?:不|没|未|尚未|没有|并未|还没)(?:是|能)?(?:全部|全都|都|均)/;

// a total so far, one more, a correction, a plan
/** 累计, 截至目前, 本月…共: a total so far, which takes the place of what was told before. */
export const setWords =
  /累计|累积|截至|(?:本月|这个?月|当月|月初|开月)(?:以来)?[到至]今[天日]|截止(?:目前|今天|今日|现在|\d|到)|为止|到目前|至今|迄今|到现在|总共已|目前(?:共|一共|总共|合计)|[日号](?:以|之)?前[^。；;\n，,]{0,12}?共|开月以来|月初以来|(?:本月|这个?月|当月|全月|整个月|[\d一二三四五六七八九十]月份?(?!\s*[\d一二三四五六七八九十初中下上底])|期间)[^。；;\n]{0,24}?(?:共|合计|总计)/;
/** Their reach is the whole message from there on, not just one row. */
export const setForAll =
  /截至|截止|为止|至今|迄今|到现在|本月|这个?月|当月|全月|整个月|[\d一二三四五六七八九十]月份?(?!\s*[\d一二三四五六七八九十初中下上底])|期间/;
/** In the walk one answers what is shown, and so 改为 gives the row its new total. */
export const setInWalk = /改为|改成|更改为/;
/** 又, 另, 补报: one more, said in so many words; 又及 and 再次强调 are other words. */
export const addWords = /又(?!及)|再(?!次强调|三)|另外?|新增|补报|补充|追加|还(?=有|搞|开|组|办|举|做)|此外/;
/** 又, 再, 还有: the same row once more, and so no correction and no sum. */
export const againWords = /又|另|再|还有|此外/;
/** Ends what a correction reaches: what follows is something new. */
export const newlyReported = /^\s*(?:另外?|此外|新增|补报|还有)/;
/** 更正, 不是3场是2场, 应该是, 上次报的是: corrects what was reported. */
export const fixWords =
  /不对|不是[^，,。；;\n]{1,16}(?:而是|[，,]?是|[，,]?应)|更正|纠正|修正|订正|勘误|改成|改为|更改为|搞错|报错|说错|写错|弄错|填错|输错|打错|记错|错了|有误|应该是|应该为|应是|应为|应当是|应当为|报的[^，,。；;\n]{0,12}[是为]/;
/** 等一下, 不对: what follows takes back what stands before it in this message. */
export const selfCorrection =
  /^\s*不\s*$|等一下|等等|不对|不是|更正|纠正|说错|写错|打错|错了|改成|改为|应该是|应为|应当是|哦不|啊不|不不/;
/** 1场40人，写错了，是44人: right behind a figure it is of that. */
export const slip =
  /(?<=\d[^，,。；;\n\d]{1,3}[，, ])(?:写错|填错|报错|录错|记错|打错|说错)了?(?=[，, ]?(?:应该|应当|应)?[是为])/g;
/** The correction is of what was reported before, not of this message. */
export const earlierReport =
  /有误|[^，,。；;\n说打错]{2,}错了|[多少](?:报|算|填|写|记|录|数|统计)了|[原误错]报|[报填写录]的|报错|报成|填错|写错|录错|之前|原来|原先|上次|[刚前]才?面?报/;
/** 准备搞, 即将开展: not done yet; 重要, 需要, 工作计划 are other words. */
export const planned =
  /(?<!需|主|重|必|只)(?:要(?=搞|开展|组织|举办|进行|举行|召开|办|做|去)|准备(?=搞|再|开展|组织|举办|进行|举行|召开|办|做)|打算|(?<!按|按照|根据|年度|工作)计划(?=搞|再|开展|组织|举办|进行|举行|召开|在|于|下)|拟(?=开展|组织|举办|进行|举行|召开|于)|即将|将(?=开展|组织|举办|进行|举行|召开|于|在)|(?:下个?(?:周|星期|礼拜|月)[一二三四五六日天]?|改天|改日|过几天|过两天)(?:再|才|要|来|正式)?(?:举行|举办|开展|召开|进行|组织|搞|办))/;
/** The whole clause: 改天再办, with nothing that would be one more. */
export const putOff =
  /^\s*(?:改天|改日|改期|过几天|过两天|下个?(?:周|星期|礼拜|月))再(?:来|去)?(?:办|搞|弄|做|开展|举行|举办|进行|组织|召开)吧?\s*$/;
/** What is done already for something that is still to come (已通知下周举行). */
export const prepared =
  /已(?:经)?(?:通知|安排|布置|部署|计划|定好?|约好?|联系|报名)|(?:通知|安排|定|约|联系)(?:好)?了/g;
/** What comes next besides what was told: 下一步将继续开展. */
export const furtherPlans = /再|继续|下一?步|下一?阶段|接下来|今后|后续|还/;
/** A day alone behind what was done is when the rest will be (定在下周二), not when it was. */
export const deadlineWords = /定在|之?前|完成|整改|下个?[周月]|计划|争取|预计|截止/;

// questions and talk
/** Somebody asks something, anywhere in the message. */
export const asking =
  /吗|[?？]|怎么|怎样|如何|什么|几点|哪[里儿个些天]|是不是|能不能|可不可以|要不要|有没有|请问|多少|为啥|为何|谁/;
/** Deeds of their own: what is counted beside them is not the row named before. */
export const otherDeeds =
  /约谈|罚款|查处|立案|发放|下发|开具|张贴|悬挂|推送|更换|清掏|清理|拆除|安检|回收|播放|签订|维修|安装|印制|制作|走访|慰问|捐赠/;
/** A clause that asks reports nothing. */
export const asked =
  /吗(?=\s*(?:$|[，,。；;!！?？\n]|了|啊|呀))|么\s*[?？]|[?？]|还是[^，,。；;\n]*[啊呢呀]\s*$|哪[几五个些]|几月|多少(?![^，,。；;\n]*(?:没|未|不清楚|不知道))|怎么|请问|第几|哪一?[行项栏]|算不算|是不是|能不能|可不可以|要不要|几[场次期个人](?![^，,。；;\n]{0,6}[没未缺])[^，,。；;\n]{0,6}(?:[啊呀呢]\s*(?=$|[，,。；;\n])|才)|(?:要求|规定)[^，,。；;\n]*(?:对吧|是吧)/;
/** Talk and office business: a message without figures that has it asks nothing back. */
export const chatter =
  /撤回|删除|取消|收到|通知|谢谢|辛苦|知道|明白|您好|你好|好的|再见|文件|模板|表格|材料|截止|电话|联系/;

// other things than the row that is named
/** An inspection of a thing is not the campaign about it (动火作业检查3次). */
export const inspectionHeads = /^(?:检查|巡查|排查|审批|许可|整治|专项)/;
/** Heads that make another thing of what stands before them (演练总结会); a form that has them says so itself. */
export const otherHeads =
  /^(?:(?:通知)?[书单](?!记)|(?:工作|活动|情况)?(?:总结会?|部署会?|动员会?|推进会|评审会?|协调会|筹备会|方案|计划|通知|简报|预案|脚本|照片|材料|知识竞赛|竞赛|比赛|员培训|培训班|观摩会?))/;
/** An activity of its own in a clause that names no row: its figures are not those of the row before. */
export const otherActivity =
  /会议(?!室)|培训|讲座|竞赛|比赛|汇演|演出|晚会|展览|座谈|走访|例会|大会|(?:安全|公开|宣教|党)课|大讲堂|文艺|(?<!参加|参与|本次|此次|该|[场次])活动/;
/** What is handed out, used or written beside an activity: nothing of a form that does not ask for it. */
export const besideActivities =
  /宣传(?:单|册|手册|资料|品|页|画|标语)|手册|传单|资料|折页|海报|展板|横幅|条幅|标语|书签|纪念品|礼品|问卷|告知书|倡议书|责任书|展位|展台|摊位|咨询台|意见|建议|疑问|问答|文章|推文|视频|漫画|整改单|通知书|罚单|文书|罚款|[车船]|水泵|设备|器材|灭火器|屏/;
/** Something was done: figures beside such a word are a report, though no row is named. */
export const activity =
  /投入|约谈|罚款|查处|立案|发(?:放|传单|布)|挂|贴|立|刷|查|播|推送|更换|清掏|清理|拆除|安检|回收|播放|曝光|设置|张贴|签订|走进|维修|安装|制作|印制|开展|组织|举办|举行|召开|参加|参与|活动|会议|培训|学习|检查|排查|宣传|发现|整改|讲座|竞赛|比赛|搞|观看|征集|报道|走访|座谈|大会|例会|课/;
/** Counting words that say where or when (二楼, 3点). */
export const placeOrTime = /^(?:楼|层|点|室|号|天|周|年|岁|个?小时|分钟|步|倍|成|度|级|面)$/;

// parts and wholes, and words that name nothing
/** The spaces around 其中 and its figure, which part it from what stands there. */
export const partsApart = /(?<=[一-龥]) (?=其中)|(?<=其中[^，,。；;\s]{1,14}[个处项条人名场]) (?=[一-龥])/g;
/** 来了36个人然后下午开了…, 一场50人，另一场60人: what is told one after another goes on as behind a comma. */
export const sequels =
  /(?<=[人名位场次个座处户幢项条])(?:然(?=后(?!大概|差不多|[一总]?共|有|参加|参与|到|来))|接(?=着)|随(?=后))|(?<=[，,]一[场次][^，,。；;\n]{1,10}[，,])另(?=一[场次])/g;
/** 其中 opens what the figure before it is made of. */
export const partsFollow = /^\s*(?:其中|包括|包含|(?<!包)含|分别是)/;
/** Said of all of it, not of its parts. */
export const ofAll = /参加|参与|受众|覆盖|惠及|参训|参演|受教育|共|总/;
/** Words around figures that name nothing. */
export const fillers = new RegExp(
  [
    "上午|下午|晚上|中午|早上|傍晚|夜间|当天|当日|同日|随后|然后|接着|后来|目前|现在|其中|以及",
    "又|再|另外?|还有?|此外|也|都|均|共计?|合计|总计|累计|一共|总共|分别|各|每|第",
    "开展|组织|举办|举行|进行|召开|完成|参加|参与|到会|到场|观看|收看|覆盖|惠及|受众|受教育|参训|参演|实到|签到",
    "人员|人数|人次|职工|员工|干部|群众|党员|学生|居民|师傅|市民|老板|工人|负责人|主要|领导|企业|单位|公司",
    "活动|场次|现场|来了|来|去|搞|办|做|开|有|了|的|是|为|在|把|被|我们|我局|我司|本|大家|人|名|个|场|次|期",
    "呢|啊|嗯|那个|就是|吧|呃|哈|谢谢|已经?|全部|我|他|呀|哦|嘛|的话|大概|左右|里|中|到|和|与|及|、|\\s|\\n",
  ].join("|"),
  "g",
);

/** What is to be done yet: 力争在7月底前完成全部隐患整改. */
export const intended = /力争|争取|确保|务必|下一步|打算|要求|必须|将(?!近)/;
/** What of it is left: 还有一个限期, 其余2个正在整改. */
export const leftOver =
  /^\s*(?:还有?|还剩|剩余?|剩下|其余|其他|另有?|另外)[^，,。；;\n]{0,8}(?:限期|未|没|待|正在|责令|落实|下[周月]|才能|整改中|跟进)/;
