import type { DescriptorProto, FieldDescriptorProto } from '@bufbuild/protobuf/wkt';
import { type FileNode, formatNodePlace } from '../link/file-node.ts';
import { refuseNode } from '../link/refuse-node.ts';
import type { SymbolTable } from '../link/symbols.ts';
import { checkNumber, getRanges } from './check-message.ts';
import { findRange, type RangeIndex } from './range-index.ts';

/** An extension and the file it stands in. */
interface Extension {
  readonly file: FileNode;
  readonly field: FieldDescriptorProto;
}

/** Refuses extensions outside of the numbers that a message gives away, and numbers used twice. */
export function checkExtensions(table: SymbolTable, files: readonly FileNode[]): void {
  const ranges = new Map<string, RangeIndex>();
  const known = new Map<string, Extension>();
  for (const extension of listExtensions(files)) {
    const { file, field } = extension;
    const extendee = field.extendee.slice(1);
    const key = `${extendee} ${field.number}`;
    const other = known.get(key);
    if (other !== undefined) {
      throw refuseNode(
        file,
        field,
        `Two extensions of ${extendee} have the number ${field.number}.`,
        {
          expected: 'a number that no other extension has',
          found: `the number of ${other.field.name} at ${formatNodePlace(other.file, other.field)}`,
          hint: 'Choose another number, or leave out the file that repeats the other.',
        },
      );
    }
    known.set(key, extension);
    if (file.parsed === undefined) continue;
    checkNumber(file, field);
    const index = ranges.get(extendee) ?? getRanges(table.get(extendee)?.node as DescriptorProto);
    ranges.set(extendee, index);
    if (findRange(index, field.number)?.meaning !== 'extensions') {
      throw refuseNode(file, field, `${extendee} has no extension number ${field.number}.`, {
        expected: 'a number that the message lists under "extensions"',
        hint: 'Choose another number, or another message.',
      });
    }
    if (file.proto.syntax === 'proto3' && !/^google\.protobuf\.\w+Options$/.test(extendee)) {
      throw refuseNode(file, field, 'A file of proto3 can extend options only.', {
        expected: 'one of the options messages of google/protobuf/descriptor.proto',
        found: extendee,
        hint: 'Use a field of type google.protobuf.Any, or proto2.',
      });
    }
  }
}

function* listExtensions(files: readonly FileNode[]): Generator<Extension> {
  for (const file of files) {
    for (const field of file.proto.extension) yield { file, field };
    for (const message of file.proto.messageType) yield* listNested(file, message);
  }
}

function* listNested(file: FileNode, message: DescriptorProto): Generator<Extension> {
  for (const field of message.extension) yield { file, field };
  for (const nested of message.nestedType) yield* listNested(file, nested);
}
