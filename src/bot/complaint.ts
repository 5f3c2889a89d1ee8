import { GatewayRefusal, HandshakeFailure } from "./gateway.ts";

export interface Complaint {
  /** What is wrong and what to do about it, for whoever runs the bot. */
  words: string;
  /** It lasts until a person acts, so asking again at once is of no use. */
  needsPerson: boolean;
}

const mend = "改好后会自动连上（约每分钟试一次），不必重启。";
const again = "会继续重试。";

/** Why a connection could not be opened (dingtalk.md §2.1, §4.0, §6). */
export function explain(error: unknown, apiBase: string): Complaint {
  if (error instanceof GatewayRefusal) return explainRefusal(error);
  const isHandshake = error instanceof HandshakeFailure;
  const host = isHandshake ? error.host : new URL(apiBase).host;
  const kind = kindOf(isHandshake ? error.cause : error);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(kind)) {
    const todo = "请核对本机时间；网络经过代理的，把代理的根证书文件路径设为 NODE_EXTRA_CA_CERTS 后重启。";
    return { words: `连不上钉钉（${host}，${kind}）：证书校验不通过，${todo}${again}`, needsPerson: true };
  }
  const todo = "请检查网络、DNS，以及防火墙是否放行到 443 端口的外连。";
  return { words: `连不上钉钉（${host}，${kind}）：${todo}${again}`, needsPerson: false };
}

function explainRefusal({ status, code }: GatewayRefusal): Complaint {
  const said = (words: string, needsPerson: boolean) => ({ words, needsPerson });
  if (code === "banned") {
    return said(
      "钉钉暂时封禁了本机 IP（调用太频繁，一般 5 分钟）：请检查同一出口是否有别的程序在大量调用。会继续重试。",
      true,
    );
  }
  if (/IpNotInWhite/i.test(code)) {
    const todo = "请在开放平台“安全设置”的服务器出口 IP 里加上本机的出口 IP。";
    return said(`钉钉拒绝连接（${status} ${code}）：本机 IP 不在白名单里。${todo}${mend}`, true);
  }
  if (status === 401) {
    const todo = "请到开放平台“凭证与基础信息”核对，改 .env 后重启。";
    return said(`钉钉拒绝连接（401）：DINGTALK_CLIENT_ID 或 DINGTALK_CLIENT_SECRET 不对，${todo}`, true);
  }
  if (status === 400 || status === 403) {
    const todo = "请检查应用版本是否已发布、机器人的消息接收模式是否为 Stream 模式、安全设置的 IP 白名单是否包含本机。";
    return said(`钉钉拒绝连接（${status} ${code}）：${todo}${mend}`, true);
  }
  if (status === 429 || status >= 500) return said(`钉钉网关暂时不可用（${status} ${code}）。${again}`, false);
  return said(`${status} ${code}：这不像钉钉网关的回答，请检查 DINGTALK_API_BASE 和网络代理。${again}`, true);
}

/** The name of what the network said: `ENOTFOUND`, `HTTP 502`, `timeout` … Never a URL, which may carry a ticket. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const source = error.cause instanceof Error ? error.cause : error;
  if ("code" in source && typeof source.code === "string") return source.code;
  const [, status] = /^Unexpected server response: (\d+)$/.exec(source.message) ?? [];
  if (status !== undefined) return `HTTP ${status}`;
  return /timed? ?out|in time/i.test(source.message) ? "timeout" : source.name;
}
