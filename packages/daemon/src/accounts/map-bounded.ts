/** So many at once: a node or a store is not to be flooded. */
const width = 16;

/** Maps all items, some at a time, in their order; the first failure ends it. */
export async function mapBounded<T, R>(
  items: readonly T[],
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  async function work(): Promise<void> {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await map(items[index] as T);
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  return results;
}
