import { dirname } from "node:path";
import { DatabaseRefusal } from "../../store/database-refusal.ts";
import { type Inspection, inspectDatabase } from "../../store/inspection.ts";
import { type Finding, fault, fine, note } from "./finding.ts";
import { folderFinding } from "./machine.ts";

export interface DatabaseCheck {
  findings: Finding[];
  /** What the program used of the month; `null`: not known. */
  used: { calls: number; stream: number } | null;
}

/** `month` as usage is kept by, like `2026-06`. */
export async function checkDatabase(databaseUrl: string, month: string): Promise<DatabaseCheck> {
  try {
    const inspection = await inspectDatabase(databaseUrl, month);
    if (inspection !== null) return { findings: findingsOf(inspection, databaseUrl), used: usedOf(inspection) };
    const path = databaseUrl.replace(/^file:/, "");
    const folder = await folderFinding("数据库", dirname(path));
    const isFine = folder.grade === "ok";
    return { findings: [isFine ? fine("数据库", `${path} 还没有，第一次启动时建立`) : folder], used: null };
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    const [text = "", todo = "请按上面所说处理。"] = error.message.split(/：(?=请)/);
    return { findings: [fault("数据库", text, todo)], used: null };
  }
}

function usedOf({ used }: Inspection): DatabaseCheck["used"] {
  return used && { calls: used.calls ?? 0, stream: used.stream ?? 0 };
}

function findingsOf({ isHeld, pending, unknown, promises }: Inspection, databaseUrl: string): Finding[] {
  const isFile = databaseUrl.startsWith("file:");
  const backup = "升级前请先备份（docs/operating.md 的 Backup）。";
  return [
    fine("数据库", isFile ? `${databaseUrl.replace(/^file:/, "")} 打得开` : "PostgreSQL 连得上"),
    ...(isHeld ? [note("数据库", "机器人正在运行，占用着这个文件（以上是在旁边查看的）；同时只能有一个程序用它")] : []),
    ...(pending.length > 0
      ? [note("数据库", `有 ${pending.length} 个升级步骤，下次启动时自动执行：${pending.join("、")}`, backup)]
      : []),
    ...(unknown.length > 0
      ? [fault("数据库", `是更新版本的程序建的（${unknown.join("、")}）`, "请用新版本的程序，或恢复升级前的备份。")]
      : []),
    ...durability(promises, isFile),
  ];
}

/** Of SQLite the program sets it itself, each time it opens the file; whether the file is whole is another matter. */
function durability(promises: Record<string, string>, isFile: boolean): Finding[] {
  if (isFile) {
    if (promises.quick_check === "ok") return [fine("断电不丢", "文件完好；程序打开它时设 WAL 和 synchronous=FULL")];
    return [fault("数据库", `文件有损坏（${promises.quick_check}）`, "请停掉机器人，用最近的备份恢复。")];
  }
  const off = Object.entries(promises).filter(([, value]) => value === "off");
  const all = Object.entries(promises).map(([name, value]) => `${name}=${value}`);
  if (off.length === 0) return [fine("断电不丢", all.join("，"))];
  const names = off.map(([name]) => name).join("、");
  return [
    fault("断电不丢", `PostgreSQL 关掉了 ${names}，断电会丢已经说“已记”的数字`, `请在 PostgreSQL 里打开 ${names}。`),
  ];
}
