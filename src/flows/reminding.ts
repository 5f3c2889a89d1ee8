import type { ObligationName } from "../campaign/campaign.ts";
import type { Duty } from "../campaign/duty.ts";
import type { Content } from "./flow.ts";

/**
 * A waiting message without what a unit has done meanwhile; `null` when it would ask for nothing any more. Anything but a
 * reminder comes back as it is.
 */
export function withoutObligation(
  content: Content,
  met: { unitId: string; obligation: ObligationName },
): Content | null {
  if (content.kind !== "say") return content;
  const { say } = content;
  switch (say.tag) {
    case "reminder": {
      const duties = without(say.data.duties, met);
      return duties.length === 0 ? null : { ...content, say: { ...say, data: { ...say.data, duties } } };
    }
    case "reminderForManagers": {
      const duties = without(say.data.duties, met);
      return duties.length === 0 ? null : { ...content, say: { ...say, data: { ...say.data, duties } } };
    }
    default:
      return content;
  }
}

function without(duties: readonly Duty[], met: { unitId: string; obligation: ObligationName }): Duty[] {
  return duties.filter((it) => it.unitId !== met.unitId || it.obligation !== met.obligation);
}
