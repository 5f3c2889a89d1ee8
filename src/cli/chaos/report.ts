import { ackLimitMs } from "./acks.ts";
import type { ChaosOptions, ChaosResult } from "./run.ts";

/** What a run withstood, as a table, and its verdict. */
export function chaosReport({ database, replicas, seed }: ChaosOptions, result: ChaosResult): string {
  const { verdict, faults, deaths, seconds, slowestStopMs, acks } = result;
  const struck = faults.filter((it) => it.count > 0).map((it) => [it.fault, it.count] as const);
  const places = [...new Set(deaths.map((it) => it.at))].toSorted();
  const killed = places.map(
    (at) => [at === "asked" ? "SIGTERM" : `kill -9 ${at}`, deaths.filter((it) => it.at === at).length] as const,
  );
  const { said, acknowledged, recorded, answered, repeated, mostCopies } = verdict;
  return [
    `${database}，${replicas} 个进程，种子 ${seed}，${seconds} 秒；停机最慢用 ${slowestStopMs} 毫秒`,
    ...[...struck, ...killed].map(([name, count]) => `  ${name.padEnd(28)}${String(count).padStart(7)}`),
    `说了 ${said} 条，确认收到 ${acknowledged} 条，记录 ${recorded} 条，答复 ${answered} 条（因投递结果不明而重发的 ${repeated} 条，最多 ${mostCopies} 次）`,
    `不受故障影响的确认 ${acks.count} 次：中位数 ${acks.medianMs} 毫秒，99% 在 ${acks.p99Ms} 毫秒以内，最慢 ${acks.slowestMs} 毫秒${
      acks.slowestMs < ackLimitMs ? "" : `，超过了 ${ackLimitMs} 毫秒`
    }`,
    verdict.faults.length === 0
      ? "没有丢失，没有重复计算 ✓"
      : `有 ${verdict.faults.length} 处不符：\n${verdict.faults
          .slice(0, 50)
          .map((it) => `  ${it}`)
          .join("\n")}`,
  ].join("\n");
}
