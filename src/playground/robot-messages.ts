import type { Files } from "./files.ts";
import type { MessageBody } from "./world.ts";

export interface Refusal {
  code: string;
  message: string;
}

/** Documented for groups, assumed for one-to-one (dingtalk.md §5.4). */
export const msgParamMaxBytes = 15_000;

const sampleFileTypes = ["xlsx", "pdf", "zip", "rar", "doc", "docx"];

type Params = Record<string, string>;

interface Template {
  /** Required field → the code DingTalk gives when it is missing or no string. */
  required: Record<string, string>;
  body(params: Params): MessageBody;
  /** Fields that hold a media id. */
  media?: string[];
}

const genericCode = "invalidParameter.param.invalid";
const cardCodes = { title: "miss.param.actionCardTotitle", text: "miss.param.actionCardTotext" };

/** The templates of dingtalk.md §4.6. */
const templates: Record<string, Template> = {
  sampleText: {
    required: { content: "miss.param.contentOfText" },
    body: ({ content = "" }) => ({ kind: "text", text: content }),
  },
  sampleMarkdown: {
    required: { title: "miss.param.markdownTotitle", text: "miss.param.markdownTotext" },
    body: ({ title = "", text = "" }) => ({ kind: "markdown", title, text }),
  },
  sampleImageMsg: {
    required: { photoURL: genericCode },
    media: ["photoURL"],
    body: ({ photoURL = "" }) => ({ kind: "image", mediaId: photoURL }),
  },
  sampleLink: {
    required: {
      text: "miss.param.textOfLink",
      title: "miss.param.titleOfLink",
      picUrl: genericCode,
      messageUrl: "miss.param.messageUrlOfLink",
    },
    body: ({ title = "", text = "", picUrl = "", messageUrl = "" }) => ({
      kind: "link",
      title,
      text,
      url: messageUrl,
      pictureUrl: picUrl,
    }),
  },
  sampleActionCard: {
    required: {
      ...cardCodes,
      singleTitle: "miss.param.actionCardTosingleTitle",
      singleURL: "miss.param.actionCardTosingleUrl",
    },
    body: (params) => cardOf(params, [["singleTitle", "singleURL"]]),
  },
  sampleActionCard2: cardTemplate(2, "actionTitle", "actionURL"),
  sampleActionCard3: cardTemplate(3, "actionTitle", "actionURL"),
  sampleActionCard4: cardTemplate(4, "actionTitle", "actionURL"),
  sampleActionCard5: cardTemplate(5, "actionTitle", "actionURL"),
  sampleActionCard6: cardTemplate(2, "buttonTitle", "buttonUrl"),
  sampleAudio: {
    required: { mediaId: genericCode, duration: genericCode },
    media: ["mediaId"],
    body: ({ mediaId = "", duration }) => ({ kind: "audio", mediaId, durationMs: Number(duration) }),
  },
  sampleFile: {
    required: { mediaId: genericCode, fileName: genericCode, fileType: genericCode },
    media: ["mediaId"],
    body: ({ mediaId = "", fileName = "", fileType = "" }) => ({ kind: "file", mediaId, fileName, fileType }),
  },
  sampleVideo: {
    required: { duration: genericCode, videoMediaId: genericCode, videoType: genericCode, picMediaId: genericCode },
    media: ["videoMediaId", "picMediaId"],
    body: ({ videoMediaId = "", duration }) => ({
      kind: "video",
      mediaId: videoMediaId,
      durationSeconds: Number(duration),
    }),
  },
};

/**
 * What a `msgKey` with its `msgParam` shows to people, or DingTalk's reason for refusing it (dingtalk.md §4.4, §4.6).
 * That unknown media ids and other file types are refused is stricter than anything documented.
 */
export function readRobotMessage(msgKey: string, msgParam: unknown, files: Files): MessageBody | Refusal {
  const template = Object.hasOwn(templates, msgKey) ? templates[msgKey] : undefined;
  if (template === undefined) {
    return refusal("invalidParameter.msgKey.invalid", `不支持类型 ${msgKey}`, "请使用支持的类型");
  }
  const params = typeof msgParam === "string" ? readObject(msgParam) : undefined;
  if (typeof msgParam !== "string" || params === undefined) {
    return refusal("invalidParameter.msgParam.invalid", "msgParam格式不正确", "请使用json格式");
  }
  if (Buffer.byteLength(msgParam) > msgParamMaxBytes) {
    return refusal("invalidParameter.msgParam.tooLong", "msgParam 过长", `请保持在 ${msgParamMaxBytes} 字节以内`);
  }
  const texts: Params = {};
  for (const [field, value] of Object.entries(params)) if (typeof value === "string") texts[field] = value;
  for (const [field, code] of Object.entries(template.required)) {
    if (!texts[field])
      return refusal(code, `参数 ${msgKey} --》 ${field} 缺失，或者参数格式不正确`, "请填充上对应参数");
  }
  for (const field of template.media ?? []) {
    const isUrl = field === "photoURL" && /^https?:\/\//.test(texts[field] ?? "");
    if (!isUrl && files.find(texts[field] ?? "") === undefined) {
      return refusal("resource.not.found", `资源 ${field} 不存在`, "请先上传媒体文件");
    }
  }
  if (msgKey === "sampleFile" && !sampleFileTypes.includes(texts.fileType ?? "")) {
    return refusal(genericCode, `不支持的 fileType ${texts.fileType}`, `请使用 ${sampleFileTypes.join("、")}`);
  }
  return template.body(texts);
}

export function isRefusal(outcome: object): outcome is Refusal {
  return "code" in outcome;
}

function cardTemplate(buttons: number, titleField: string, urlField: string): Template {
  const pairs = Array.from({ length: buttons }, (_, i): [string, string] => [
    `${titleField}${i + 1}`,
    `${urlField}${i + 1}`,
  ]);
  const buttonCodes = Object.fromEntries(pairs.flat().map((field) => [field, "miss.param.actionCardTobtn"]));
  return { required: { ...cardCodes, ...buttonCodes }, body: (params) => cardOf(params, pairs) };
}

function cardOf(params: Params, pairs: [string, string][]): MessageBody {
  const buttons = pairs.map(([title, url]) => ({ title: params[title] ?? "", url: params[url] ?? "" }));
  return { kind: "actionCard", title: params.title ?? "", text: params.text ?? "", buttons };
}

function readObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function refusal(code: string, what: string, remedy: string): Refusal {
  return { code, message: `错误描述:${what};解决方案:${remedy};` };
}
