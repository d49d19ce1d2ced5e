import { create } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  DescriptorProto_ExtensionRangeSchema,
  DescriptorProto_ReservedRangeSchema,
  type EnumDescriptorProto,
  EnumDescriptorProto_EnumReservedRangeSchema,
} from '@bufbuild/protobuf/wkt';
import type { Cursor } from './cursor.ts';
import type { FileBuilder } from './file-builder.ts';
import { maxFieldNumber } from './parse-field.ts';
import { parseBrackets } from './parse-option.ts';
import type { OptionTarget } from './parsed-file.ts';
import { readInteger, readName, readText } from './words.ts';

/** Both ends included, as in the source. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Reads `reserved ...;` of a message. */
export function parseMessageReserved(builder: FileBuilder, message: DescriptorProto): void {
  builder.cursor.expect('reserved', 'before what a message reserves');
  if (!parseReservedNames(builder, message.reservedName)) {
    for (const { from, to, offset } of readRanges(builder, 1, maxFieldNumber)) {
      const range = create(DescriptorProto_ReservedRangeSchema, { start: from, end: to + 1 });
      builder.mark(range, offset);
      message.reservedRange.push(range);
    }
  }
  builder.cursor.expect(';', 'after what is reserved');
}

/** Reads `reserved ...;` of an enum, whose numbers may be negative. */
export function parseEnumReserved(builder: FileBuilder, node: EnumDescriptorProto): void {
  builder.cursor.expect('reserved', 'before what an enum reserves');
  if (!parseReservedNames(builder, node.reservedName)) {
    for (const { from, to, offset } of readRanges(builder, -0x8000_0000, 0x7fff_ffff)) {
      const range = create(EnumDescriptorProto_EnumReservedRangeSchema, { start: from, end: to });
      builder.mark(range, offset);
      node.reservedRange.push(range);
    }
  }
  builder.cursor.expect(';', 'after what is reserved');
}

/** Reads `extensions ... [options];`. */
export function parseExtensionRanges(
  builder: FileBuilder,
  message: DescriptorProto,
  scope: string,
): void {
  builder.cursor.expect('extensions', 'before the numbers of extensions');
  const targets: OptionTarget[] = [];
  for (const { from, to, offset } of readRanges(builder, 1, maxFieldNumber)) {
    const range = create(DescriptorProto_ExtensionRangeSchema, { start: from, end: to + 1 });
    builder.mark(range, offset);
    message.extensionRange.push(range);
    targets.push({ kind: 'extensionRange', node: range, scope });
  }
  parseBrackets(builder, targets);
  builder.cursor.expect(';', 'after the numbers of extensions');
}

function* readRanges({ cursor }: FileBuilder, min: number, max: number): Generator<Range> {
  do {
    const { offset } = cursor.peek();
    const from = readInteger(cursor, 'a number', min, max);
    yield { from, to: readRangeEnd(cursor, from, max), offset };
  } while (cursor.take(','));
}

function readRangeEnd(cursor: Cursor, from: number, max: number): number {
  if (!cursor.take('to')) return from;
  if (cursor.take('max')) return max;
  return readInteger(cursor, 'the end of a range: "max" or a number', from, max);
}

/** Takes reserved names: strings, or plain names in editions. */
function parseReservedNames(builder: FileBuilder, names: string[]): boolean {
  const { cursor, syntax } = builder;
  const token = cursor.peek();
  if (token.kind !== 'string' && token.kind !== 'name') return false;
  const plain = syntax === 'editions';
  if (plain !== (token.kind === 'name')) {
    throw cursor.unexpected(token, plain ? 'a name without quotes' : 'a name in quotes');
  }
  do {
    const { value, offset } = plain
      ? readName(cursor, 'a reserved name')
      : readText(cursor, 'a reserved name in quotes');
    builder.mark({}, offset);
    names.push(value);
  } while (cursor.take(','));
  return true;
}
