import type { EnumDescriptorProto } from '@bufbuild/protobuf/wkt';
import type { FileNode } from '../link/file-node.ts';
import { refuseNode } from '../link/refuse-node.ts';
import { findOverlap, findRange, sortRanges } from './range-index.ts';

/** Refuses numbers that are used twice without `allow_alias`, and what is reserved. */
export function checkEnum(file: FileNode, node: EnumDescriptorProto): void {
  checkAliases(file, node);
  const ranges = sortRanges(
    node.reservedRange.map((range) => {
      return { start: range.start, end: range.end + 1, node: range, meaning: 'reserved' } as const;
    }),
  );
  const overlap = findOverlap(ranges);
  if (overlap !== undefined) {
    throw refuseNode(file, overlap.node, 'Numbers are reserved twice.', {
      hint: 'Join the ranges.',
    });
  }
  const names = new Set(node.reservedName);
  for (const value of node.value) {
    if (names.has(value.name)) {
      throw refuseNode(file, value, `The name ${value.name} is reserved in ${node.name}.`, {
        hint: 'Choose another name.',
      });
    }
    if (findRange(ranges, value.number) !== undefined) {
      throw refuseNode(file, value, `The number ${value.number} is reserved in ${node.name}.`, {
        hint: 'Choose another number.',
      });
    }
  }
}

function checkAliases(file: FileNode, node: EnumDescriptorProto): void {
  const allowed = node.options?.allowAlias === true;
  const byNumber = new Map<number, string>();
  for (const value of node.value) {
    const other = byNumber.get(value.number);
    if (other !== undefined && !allowed) {
      throw refuseNode(file, value, `The number ${value.number} is used twice in ${node.name}.`, {
        expected: 'a number that no other value has',
        found: `the number of ${other}`,
        hint: 'Choose another number, or write "option allow_alias = true;" in the enum.',
      });
    }
    byNumber.set(value.number, value.name);
  }
  if (allowed && byNumber.size === node.value.length) {
    throw refuseNode(file, node, `The enum ${node.name} allows aliases but has none.`, {
      hint: 'Remove the option allow_alias.',
    });
  }
}
