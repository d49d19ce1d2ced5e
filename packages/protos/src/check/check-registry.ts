import type { DescEnum, DescExtension, DescField, FileRegistry } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';
import { FeatureSet_FieldPresence as Presence } from '@bufbuild/protobuf/wkt';
import type { FileNode } from '../link/file-node.ts';
import { refuseNode } from '../link/refuse-node.ts';

/**
 * Checks what depends on the edition and its features: open enums, presence, packing.
 *
 * @throws BaseError `PROTO_INVALID`
 */
export function checkRegistry(files: readonly FileNode[], registry: FileRegistry): void {
  for (const node of files) {
    const file = registry.getFile(node.path);
    if (node.parsed === undefined || file === undefined) continue;
    for (const desc of nestedTypes(file)) {
      if (desc.kind === 'enum') checkOpenEnum(node, desc);
      if (desc.kind === 'extension') checkFieldType(node, desc);
      if (desc.kind === 'message') for (const field of desc.fields) checkFieldType(node, field);
    }
  }
}

function checkOpenEnum(file: FileNode, desc: DescEnum): void {
  const [first] = desc.values;
  if (!desc.open || first === undefined || first.number === 0) return;
  throw refuseNode(file, first.proto, `The first value of the enum ${desc.name} is not zero.`, {
    expected: 'the number 0',
    found: String(first.number),
    hint: 'Put a value with the number 0 in front.',
  });
}

function checkFieldType(file: FileNode, field: DescField | DescExtension): void {
  const { proto, name } = field;
  const implicit = field.presence === Presence.IMPLICIT && field.fieldKind !== 'list';
  const openOnly = implicit || file.proto.syntax === 'proto3';
  if (openOnly && field.enum !== undefined && !field.enum.open) {
    throw refuseNode(file, proto, `The field ${name} cannot have a closed enum as its type.`, {
      expected: 'an enum of proto3, or an open one',
      found: field.enum.typeName,
      hint: 'Use an enum of a proto3 file.',
    });
  }
  if (implicit && proto.defaultValue !== '') {
    throw refuseNode(file, proto, `The field ${name} cannot have a default.`, {
      hint: 'Remove the default, or give the field explicit presence.',
    });
  }
  if (proto.options?.packed === true && !isPackable(field)) {
    throw refuseNode(file, proto, `The field ${name} cannot be packed.`, {
      expected: 'a repeated field of numbers, bool or an enum',
      hint: 'Remove the option packed.',
    });
  }
}

function isPackable(field: DescField | DescExtension): boolean {
  if (field.fieldKind !== 'list' || field.listKind === 'message') return false;
  return field.scalar !== ScalarType.STRING && field.scalar !== ScalarType.BYTES;
}
