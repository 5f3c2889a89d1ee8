import { type Message, message, plain } from "./format.ts";

export const helpWords = {
  help(data: { role: "manager" | "liaison" | "stranger"; title: string }): Message {
    switch (data.role) {
      case "stranger":
        return message(
          ["报送请先登记联络员：", "联络员 单位 姓名 职务 电话", "例：联络员 定海 张三 科长 13800000000"],
          ["报名"],
        );
      case "liaison":
        return message(
          [
            `${plain(data.title)}报送助手。办了活动，随时发一句话：今天开展2场应急演练，120人参加。`,
            "**报送** 逐页填，可随时离开，回来接着填  \n**修改 行号 数字** 例：修改 12 3场40人  \n**撤销** 撤回刚报的  \n**无 行号**、**不适用 行号**、**其余无**",
            "**预览** 看整张表  \n**提交** 交表，之后会收到可打印的统计表  \n**说明 行号 文字** 例：说明 22 含5月排查  \n**总结** 交活动总结报告  \n**进度**、**表格**、**换人**、**取消**",
            "**明天提醒**、**今天17点提醒**、**半小时后提醒** 推后提醒  \n**已线下报送** 不再提醒，数字以后再补",
          ],
          ["报送", "预览", "进度"],
        );
      case "manager":
        return message(
          [
            "**进度** 谁报了、谁没报  \n**汇总** 合计  \n**查看 单位** 一个单位的表  \n**审核** 待办的联络员和报送表  \n**联络员** 附件1  \n**导出** 全部表格",
            "**同意 号**、**不同意 号** 联络员推荐  \n**通过 单位**、**退回 单位 原因** 报送表  \n**催报**、**催报 单位** 先看会提醒谁，确认后才发  \n**催报效果** 提醒过谁、看没看、后来报了没有  \n**发布** 把汇总表发到群里（先在群里说“绑定本群”）",
          ],
          ["进度", "汇总", "审核"],
        );
      default:
        return data.role satisfies never;
    }
  },

  managersOnly(_: Record<string, never>): Message {
    return message(["这是管理员的命令。您可以查看和填报本单位的表，例：进度、预览、报送。"], ["进度", "帮助"]);
  },

  notACommand(data: { text: string }): Message {
    const said = data.text === "" ? "收到一条空消息" : `没有“${plain(data.text.slice(0, 30))}”这个命令`;
    return message([`${said}，什么都没有改动。例：进度、汇总、查看 单位、催报。`], ["进度", "帮助"]);
  },

  filesAreForLiaisons(_: Record<string, never>): Message {
    return message(["没有收下这个文件：活动总结报告和盖章件由各单位联络员发来。"], ["进度", "帮助"]);
  },

  courtesy(_: Record<string, never>): Message {
    return message(["您好！办了活动随时发一句话给我，例：今天开展2场应急演练，120人参加。"], ["报送", "进度"]);
  },

  turnFailed(_: Record<string, never>): Message {
    return message(
      [
        "这条消息没有处理成功，什么都没有改动，问题已记下来交给系统维护人员。请换个说法再发一次，例：应急演练2场120人。",
      ],
      ["帮助"],
    );
  },

  /** DingTalk does not say who sent it (dingtalk.md §3.1): their app is not published for them, or they are of no organisation of ours. */
  senderUnknown(_: Record<string, never>): Message {
    return message([
      "这条消息没有记录：钉钉没有告诉我您是谁，所以还不能在这里报送。",
      "**本单位人员**：请把这条消息转给钉钉管理员，办好后再把刚才的内容发一次。",
      "**钉钉管理员**：请在开放平台打开这个机器人应用，在“版本管理与发布”里发布应用版本，并让可使用范围包含本人。",
      "**外部人员**（不在本组织通讯录里）不能报送，请交给本单位的联络员来报。",
    ]);
  },

  notKept(_: Record<string, never>): Message {
    return message([
      "现在存不了数据，这条消息没有记录。我会再试，成功了您会收到“已记”；过几分钟还没有收到，请再发一次或告诉管理员。",
    ]);
  },

  unreadable(_: Record<string, never>): Message {
    return message(["这条消息我看不懂，没有记录。请换成文字再发一次，例：今天开展2场应急演练，120人参加。"]);
  },

  unsupported(_: Record<string, never>): Message {
    return message(["这类消息我看不到内容，没有记录。请发文字，例：今天开展2场应急演练，120人参加。"], ["帮助"]);
  },
};
