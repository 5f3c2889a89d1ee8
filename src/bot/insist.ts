/** Does the work again where it fails, a few times: a database may be busy for a moment. Rejects as the last time did. */
export async function insist<T>(
  work: () => Promise<T>,
  { times, afterMs }: { times: number; afterMs: number },
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (times <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    return insist(work, { times: times - 1, afterMs });
  }
}
