import { type Finding, fault, fine, note } from "./finding.ts";

const mostMs = 60_000;
const limitMs = 8000;

/** The server's clock against DingTalk's, as the header of any answer tells it, to the second. */
export async function timeFinding(apiBase: string, now: () => number): Promise<Finding> {
  const about = "对时";
  const header = await fetch(apiBase, {
    method: "HEAD",
    redirect: "manual",
    signal: AbortSignal.timeout(limitMs),
  }).then(
    (it) => it.headers.get("date"),
    () => null,
  );
  const theirs = Date.parse(header ?? "");
  if (Number.isNaN(theirs)) return note(about, `${new URL(apiBase).host} 没有告诉时间，没能核对本机时钟`);
  const seconds = Math.round((now() - theirs) / 1000);
  const text = `本机时钟比钉钉${seconds < 0 ? "慢" : "快"} ${Math.abs(seconds)} 秒`;
  if (Math.abs(seconds) * 1000 <= mostMs) return fine(about, Math.abs(seconds) <= 1 ? "本机时钟和钉钉一致" : text);
  return fault(about, text, "请打开本机的自动对时（NTP）：提醒和截止都按本机时钟。");
}
