import { randomBytes } from "node:crypto";
import type { Files } from "./files.ts";

/** What the robot hears of a message: the part of the payload that depends on its kind (dingtalk.md §3.2). */
export interface Heard {
  msgtype: string;
  text?: object;
  content?: object;
}

export function heardText(content: string): Heard {
  return { text: { content }, msgtype: "text" };
}

export function heardPicture(files: Files, mediaId: string): Heard {
  return { content: pictureCodes(files, mediaId), msgtype: "picture" };
}

export function heardFile(files: Files, { mediaId, fileName }: { mediaId: string; fileName: string }): Heard {
  const downloadCode = files.issueDownloadCode(mediaId);
  return { content: { spaceId: numericId(), fileName, downloadCode, fileId: numericId() }, msgtype: "file" };
}

export function heardVoice(files: Files, { mediaId, recognition }: { mediaId: string; recognition: string }): Heard {
  const downloadCode = files.issueDownloadCode(mediaId);
  return { content: { duration: 4000, downloadCode, recognition }, msgtype: "audio" };
}

/** Seconds in a text: the unit is uncertain, this is the official sample's. */
export function heardVideo(files: Files, { mediaId, seconds }: { mediaId: string; seconds: number }): Heard {
  const downloadCode = files.issueDownloadCode(mediaId);
  return { content: { duration: String(seconds), videoType: "mp4", downloadCode }, msgtype: "video" };
}

export function heardRichText(files: Files, items: readonly ({ text: string } | { mediaId: string })[]): Heard {
  const richText = items.map((it) =>
    "text" in it ? { text: it.text } : { type: "picture", ...pictureCodes(files, it.mediaId) },
  );
  return { content: { richText }, msgtype: "richText" };
}

/** Stickers, places and whatever else robots are not told. */
export function heardUnknown(): Heard {
  return { content: { unknownMsgType: "用户发送了一条消息，机器人暂不支持接收。" }, msgtype: "unknownMsgType" };
}

/** What people can pass on to a robot although nobody documents it; `unheardOf` stands for the kinds of tomorrow. */
export type Forwarded =
  | { kind: "markdown"; text: string }
  | { kind: "actionCard"; title: string; text: string }
  | { kind: "chatRecord"; title: string; lines: readonly string[] }
  | { kind: "interactiveCard"; title: string }
  | { kind: "unheardOf" };

/** In the shapes that were seen in the field. */
export function heardForwarded(what: Forwarded): Heard {
  switch (what.kind) {
    case "markdown":
      return { text: { content: what.text }, msgtype: "markdown" };
    case "actionCard": {
      const actionUrlItemList = [{ actionUrl: "https://example.com/" }];
      return { content: { title: what.title, text: what.text, actionUrlItemList }, msgtype: "actionCard" };
    }
    case "chatRecord": {
      const chatRecord = JSON.stringify(what.lines.map((content) => ({ msgType: "text", content })));
      return { content: { summary: what.lines.join("\n"), title: what.title, chatRecord }, msgtype: "chatRecord" };
    }
    case "interactiveCard": {
      const route = `route=previewDentry&type=file&spaceId=${numericId()}&fileId=${numericId()}`;
      const url = `dingtalk://dingtalkclient/page/yunpan?${route}`;
      return { content: { biz_custom_action_url: url }, msgtype: "interactiveCard" };
    }
    case "unheardOf":
      return { content: { hologramId: numericId() }, msgtype: "hologram" };
    default:
      return what satisfies never;
  }
}

function pictureCodes(files: Files, mediaId: string): object {
  return {
    pictureDownloadCode: files.issueDownloadCode(mediaId),
    downloadCode: files.issueDownloadCode(mediaId),
  };
}

function numericId(): string {
  return String(randomBytes(5).readUIntBE(0, 5));
}
