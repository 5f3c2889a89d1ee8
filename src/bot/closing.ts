import type { WebSocket } from "ws";

/** Resolves when the work is done, or when it has taken so long. */
export async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let limit: NodeJS.Timeout | undefined;
  const reached = new Promise<void>((resolve) => {
    limit = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, reached]).finally(() => clearTimeout(limit));
}

/** Says goodbye, and waits no longer than `limitMs` for the far side's. */
export async function closeSocket(socket: WebSocket, limitMs: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.close();
  await within(limitMs, closed);
  socket.terminate();
}
