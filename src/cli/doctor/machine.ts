import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Clock } from "../../clock.ts";
import { type Finding, fault, fine, note } from "./finding.ts";

/** The machine that the program is to run on. */

const oldest = [20, 19] as const;

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNew = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  if (isNew) return fine("Node.js", version);
  return fault("Node.js", `${version} 太旧`, `请安装 Node.js ${oldest.join(".")} 或更新的版本（nodejs.org）。`);
}

/** The folder need not be there yet, but it must be possible to make it. */
export async function folderFinding(about: string, folder: string): Promise<Finding> {
  const path = resolve(folder);
  const nearest = await nearestFolder(path);
  const isWritable = await Promise.all([access(nearest, constants.W_OK), stat(nearest)]).then(
    ([, it]) => it.isDirectory(),
    () => false,
  );
  if (isWritable) return fine(about, `${path} 可写`);
  return fault(about, `${path} 写不了`, `请让运行机器人的用户能写 ${nearest}，或在 .env 里换一个位置。`);
}

async function nearestFolder(path: string): Promise<string> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** All times are the campaign's, whatever the server's zone: it only matters to who reads its clock. */
export function zoneFinding(clock: Clock, campaignZone: string, serverZone: string): Finding {
  const at = clock.now();
  const wallClock = (timeZone: string) => at.toLocaleString("zh-CN", { timeZone });
  const here = `活动时区 ${campaignZone} 现在是 ${wallClock(campaignZone)}`;
  if (wallClock(campaignZone) === wallClock(serverZone)) return fine("时钟", here);
  return note("时钟", `${here}；服务器时区是 ${serverZone}，提醒和截止一律按活动时区，不受影响`);
}
