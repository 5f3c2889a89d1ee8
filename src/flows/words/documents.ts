import type { DocumentKind } from "../../campaign/document.ts";
import { choices } from "./choices.ts";
import { by, type Due, type Message, message, plain } from "./format.ts";

const kindNames: Record<DocumentKind, string> = { summary: "活动总结报告", stamped: "盖章件" };

export const documentWords = {
  summaryAwaited(data: { due: Due }): Message {
    return message([`请把活动总结报告（Word 或 PDF）${by(data.due)}发到这里。`, "不发了请回复“取消”。"]);
  },

  fileRefused(data: { fileName: string; awaitsSummary: boolean }): Message {
    const wanted = data.awaitsSummary
      ? "活动总结报告请发 Word 或 PDF 文件"
      : "这里收两种：活动总结报告（Word 或 PDF，先回复“总结”），盖章件（提交后发照片或 PDF 扫描件）";
    return message([`没有收下“${plain(data.fileName)}”。${wanted}，例：总结.docx`]);
  },

  pictureTooEarly(_: Record<string, never>): Message {
    return message(
      ["没有收下这张图片：盖章件请在统计表提交之后再发。先报数请直接说，例：今天开展2场应急演练，120人参加。"],
      ["报送", "预览"],
    );
  },

  fileFailed(data: { fileName: string; reason: "tooLarge" | "wrongType" | "unavailable" }): Message {
    const why = {
      tooLarge: "文件超过 20 MB",
      wrongType: "文件内容不是 Word、PDF 或图片",
      unavailable: "钉钉暂时取不到这个文件",
    }[data.reason];
    return message([`没有收到“${plain(data.fileName)}”：${why}。请重新发一次。`]);
  },

  whichDocument(data: { no: number; fileName: string }): Message {
    return message(
      [`收到“${plain(data.fileName)}”，它是盖章件，还是活动总结报告？`],
      choices.document.map((it) => `${data.no} ${it}`),
    );
  },

  documentFiled(data: {
    kind: DocumentKind;
    fileName: string;
    unit: string;
    isReplacement: boolean;
    isOnTime: boolean;
    owesStatistics: boolean;
  }): Message {
    const { kind, fileName, unit, isReplacement, isOnTime, owesStatistics } = data;
    const timeliness = kind === "summary" ? (isOnTime ? "（按时）" : "（逾期）") : "";
    return message(
      [
        `已收到 ✓ ${plain(unit)}${kindNames[kind]}${timeliness}：${plain(fileName)}${isReplacement ? "，以这一份为准" : ""}`,
        owesStatistics ? "统计表还没有提交。" : null,
      ],
      owesStatistics ? ["报送", "提交"] : ["进度"],
    );
  },
};
