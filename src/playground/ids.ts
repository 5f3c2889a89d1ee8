import { createHash, randomBytes } from "node:crypto";

/** Ids that look like DingTalk's, base64 with its `+`, `/` and `=` included: a bot has to survive them in keys and URLs. */
export const newMsgId = (): string => `msg${randomBytes(16).toString("base64")}`;

export const newProcessQueryKey = (): string => randomBytes(24).toString("base64");

export const newDownloadCode = (): string => randomBytes(48).toString("base64");

/** Of a frame: `21660eee_11c0_1956e7a6274_174c910` (dingtalk.md §2.3). */
export function newFrameId(): string {
  const hex = (bytes: number) => randomBytes(bytes).toString("hex");
  return `${hex(4)}_${hex(2)}_${hex(6).slice(0, 11)}_${hex(4).slice(0, 7)}`;
}

/** The conversation id of a person's chat with the robot; cannot be sent to (dingtalk.md §3.1). */
export const privateConversationId = (staffId: string): string => `cid${digest("chat", staffId)}`;

/** The encrypted id that payloads carry and no API accepts. */
export const encryptedId = (whose: string): string => `$:LWCP_v1:$${digest("lwcp", whose)}`;

/** No `/` or `+`: real ones travel in URLs. */
export const unionIdOf = (staffId: string): string => `${digest("union", staffId).replace(/[+/=]/g, "")}iEiE`;

export const corpIdOf = (clientId: string): string =>
  `ding${createHash("sha256").update(`corp:${clientId}`).digest("hex").slice(0, 32)}`;

function digest(purpose: string, value: string): string {
  return createHash("sha256").update(`${purpose}:${value}`).digest().subarray(0, 16).toString("base64");
}
