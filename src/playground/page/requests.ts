import type { ConversationRef } from "../world.ts";

/** Every request either succeeds or throws an `Error` whose message is a Chinese sentence for the person. */
export async function loadJson<T>(path: string): Promise<T> {
  return outcome<T>(await reach(path));
}

export async function postJson<T>(path: string, body: object): Promise<T> {
  const headers = { "content-type": "application/json" };
  return outcome<T>(await reach(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function postForm(path: string, fields: Record<string, string | File | undefined>): Promise<void> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) body.append(name, value);
  await outcome(await reach(path, { method: "POST", body }));
}

export function fileUrl(mediaId: string): string {
  return `/api/files/${encodeURIComponent(mediaId)}`;
}

/** One text for each conversation, fit for maps and for the address. */
export function conversationKey(of: ConversationRef): string {
  return "staffId" in of ? `person/${of.staffId}` : `group/${of.conversationId}`;
}

async function reach(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new Error("连不上演练程序，请看看它是否还在运行");
  }
}

async function outcome<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as T;
  const said = typeof body === "object" && body !== null && "problem" in body ? String(body.problem) : undefined;
  throw new Error(said ?? `演练程序回答 ${response.status}`);
}
