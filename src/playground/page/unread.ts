import { useEffect, useState } from "react";
import type { MessageView } from "../page-view.ts";

const storageKey = "anyue.seen";

/**
 * How many messages of the robot wait in each conversation: those after the last one that was seen. What was seen is kept
 * for this tab, by message id, so that a world started anew counts from its beginning.
 */
export function useUnread(conversations: Map<string, MessageView[]>, openKey: string | null): Map<string, number> {
  const [seen, setSeen] = useState(readSeen);
  const newest = openKey === null ? undefined : conversations.get(openKey)?.at(-1)?.id;
  useEffect(() => {
    if (openKey === null || newest === undefined || seen[openKey] === newest) return;
    const changed = { ...seen, [openKey]: newest };
    sessionStorage.setItem(storageKey, JSON.stringify(changed));
    setSeen(changed);
  }, [openKey, newest, seen]);
  const counts = [...conversations].map(([key, messages]): [string, number] => {
    if (key === openKey) return [key, 0];
    const last = messages.findLastIndex((it) => it.id === seen[key]);
    return [key, messages.slice(last + 1).filter((it) => it.from === "bot").length];
  });
  return new Map(counts);
}

function readSeen(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}");
    return typeof kept === "object" && kept !== null
      ? Object.fromEntries(Object.entries(kept).map(([key, id]) => [key, String(id)]))
      : {};
  } catch {
    return {};
  }
}
