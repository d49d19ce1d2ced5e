import { type Field, flag, items, member, text } from '../documents/field.ts';

/** The price entry of a group that counts. */
export interface DefaultPrice {
  /** The index of the entry; -1 when there is none. */
  readonly index: number;
  /** Empty when there is no such entry. */
  readonly priceModel: string;
}

/** Finds the first entry with `default: true`. */
export function findDefaultPrice(root: Field, group: number): DefaultPrice {
  const groups = items(member(root, 'groups'));
  const entries = items(member(groups[group] ?? root, 'pricing'));
  const index = entries.findIndex((entry) => flag(member(entry, 'default')));
  const entry = entries[index];
  if (entry === undefined) return { index: -1, priceModel: '' };
  return { index, priceModel: text(member(entry, 'price_model')) };
}
