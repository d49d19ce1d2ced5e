const indexes = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** Finds by name in a list that does not change; the list is walked once, however often it is asked. */
export function findByName<Item extends { readonly name: string }>(
  list: readonly Item[],
  name: string,
): Item | undefined {
  let index = indexes.get(list) as ReadonlyMap<string, Item> | undefined;
  if (index === undefined) {
    index = new Map(list.map((item) => [item.name, item]));
    indexes.set(list, index);
  }
  return index.get(name);
}
