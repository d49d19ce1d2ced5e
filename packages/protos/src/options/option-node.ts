import type { DescExtension, DescField, DescMessage, DescOneof } from '@bufbuild/protobuf';
import type { Scalar } from './read-scalar.ts';

/** A message while the options that make it up are read. */
export interface OptionNode {
  readonly desc: DescMessage;
  /** By field number. */
  readonly slots: Map<number, OptionSlot>;
  /** Which member of a oneof is set. */
  readonly oneofs: Map<DescOneof, string>;
}

/** The values of one field: one, or as many as a repeated field got. */
export interface OptionSlot {
  readonly field: DescField | DescExtension;
  readonly values: OptionNodeValue[];
}

/** What a field holds: a scalar or enum number, a message, or an entry of a map. */
export type OptionNodeValue = Scalar | OptionNode | MapEntryNode;

/** One entry of a map field. */
export interface MapEntryNode {
  readonly key: Scalar;
  readonly value: Scalar | OptionNode;
}

/** An empty message. */
export function createOptionNode(desc: DescMessage): OptionNode {
  return { desc, slots: new Map(), oneofs: new Map() };
}

/** The values of a field, which the caller may add to. */
export function getSlot(node: OptionNode, field: DescField | DescExtension): OptionSlot {
  const known = node.slots.get(field.number);
  if (known !== undefined) return known;
  const slot = { field, values: [] };
  node.slots.set(field.number, slot);
  return slot;
}
