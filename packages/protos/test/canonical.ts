import {
  clone,
  createFileRegistry,
  type FileRegistry,
  fromBinary,
  getExtension,
  type Message,
  setExtension,
  toBinary,
} from '@bufbuild/protobuf';
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';

/** Serialised descriptors by path, with the values of custom options in one fixed order. */
export function canonicalFiles(registry: FileRegistry): Map<string, Uint8Array> {
  return new Map(
    [...registry.files].map(({ proto }) => [proto.name, canonicalFile(proto, registry)]),
  );
}

/** The registry of what buf wrote. */
export function readImage(bytes: Uint8Array): FileRegistry {
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
}

function canonicalFile(proto: FileDescriptorProto, registry: FileRegistry): Uint8Array {
  const copy = clone(FileDescriptorProtoSchema, proto);
  visit(copy, registry);
  return toBinary(FileDescriptorProtoSchema, copy);
}

function visit(value: unknown, registry: FileRegistry): void {
  if (Array.isArray(value)) for (const item of value) visit(item, registry);
  if (typeof value !== 'object' || value === null || !('$typeName' in value)) return;
  const message = value as Message;
  const desc = registry.getMessage(message.$typeName);
  for (const number of new Set(message.$unknown?.map(({ no }) => no))) {
    const extension = desc && registry.getExtensionFor(desc, number);
    if (extension === undefined)
      throw new Error(`${message.$typeName} has unknown field ${number}`);
    setExtension(message, extension, getExtension(message, extension));
  }
  message.$unknown?.sort((a, b) => a.no - b.no);
  for (const [key, item] of Object.entries(value)) if (key !== '$unknown') visit(item, registry);
}
