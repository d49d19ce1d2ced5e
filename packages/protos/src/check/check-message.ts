import type { DescriptorProto, FieldDescriptorProto } from '@bufbuild/protobuf/wkt';
import type { FileNode } from '../link/file-node.ts';
import { refuseNode } from '../link/refuse-node.ts';
import { findOverlap, findRange, type RangeIndex, sortRanges } from './range-index.ts';

/** Refuses numbers and names that are used twice or reserved. */
export function checkMessage(file: FileNode, message: DescriptorProto): void {
  const ranges = getRanges(message);
  const overlap = findOverlap(ranges);
  if (overlap !== undefined) {
    throw refuseNode(file, overlap.node, `Ranges of numbers overlap in ${message.name}.`, {
      hint: 'Separate or join the ranges.',
    });
  }
  const [range] = message.extensionRange;
  if (range !== undefined && file.proto.syntax === 'proto3') {
    throw refuseNode(file, range, 'A message of proto3 cannot be extended.', {
      hint: 'Remove the extension numbers, or use proto2 or editions.',
    });
  }
  const names = new Set(message.reservedName);
  const byNumber = new Map<number, string>();
  for (const field of message.field) {
    checkField(file, message, field, ranges, names);
    const other = byNumber.get(field.number);
    if (other !== undefined) {
      throw refuseNode(
        file,
        field,
        `The number ${field.number} is used twice in ${message.name}.`,
        {
          expected: 'a number that no other field has',
          found: `the number of ${other}`,
          hint: 'Choose another number.',
        },
      );
    }
    byNumber.set(field.number, field.name);
  }
  if (file.proto.syntax !== '') checkJsonNames(file, message);
}

/** Reserved numbers and those of extensions, in ascending order. */
export function getRanges(message: DescriptorProto): RangeIndex {
  const asRange =
    (meaning: 'reserved' | 'extensions') =>
    (node: { start: number; end: number }): RangeIndex[number] => {
      return { start: node.start, end: node.end, node, meaning };
    };
  return sortRanges([
    ...message.reservedRange.map(asRange('reserved')),
    ...message.extensionRange.map(asRange('extensions')),
  ]);
}

function checkField(
  file: FileNode,
  message: DescriptorProto,
  field: FieldDescriptorProto,
  ranges: RangeIndex,
  names: ReadonlySet<string>,
): void {
  const { number, name } = field;
  checkNumber(file, field);
  const range = findRange(ranges, number);
  if (range !== undefined) {
    const use = range.meaning === 'reserved' ? 'reserved' : 'kept for extensions';
    throw refuseNode(file, field, `The number ${number} is ${use} in ${message.name}.`, {
      hint: 'Choose another number.',
    });
  }
  if (names.has(name)) {
    throw refuseNode(file, field, `The name ${name} is reserved in ${message.name}.`, {
      hint: 'Choose another name.',
    });
  }
}

/** Refuses the numbers that protobuf keeps for itself. */
export function checkNumber(file: FileNode, field: FieldDescriptorProto): void {
  if (field.number < 19_000 || field.number > 19_999) return;
  throw refuseNode(file, field, `The number ${field.number} belongs to protobuf itself.`, {
    expected: 'a number outside of 19000 to 19999',
    hint: 'Choose another number.',
  });
}

function checkJsonNames(file: FileNode, message: DescriptorProto): void {
  const byJsonName = new Map<string, string>();
  for (const field of message.field) {
    const other = byJsonName.get(field.jsonName);
    if (other !== undefined) {
      throw refuseNode(file, field, `Two fields of ${message.name} have one name in JSON.`, {
        expected: 'a name of its own for each field',
        found: `"${field.jsonName}" for ${other} and ${field.name}`,
        hint: 'Rename one of them, or give it a json_name.',
      });
    }
    byJsonName.set(field.jsonName, field.name);
  }
}
