/** Does something for each item, at most `lanes` at once; results are in the order of the items. */
export async function mapSome<item, result>(
  items: readonly item[],
  lanes: number,
  work: (item: item) => Promise<result>,
): Promise<readonly result[]> {
  const results: result[] = [];
  const queue = items.entries();
  const run = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, run));
  return results;
}
