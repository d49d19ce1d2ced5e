import {
  createFileRegistry,
  type DescFile,
  type DescService,
  fromBinary,
} from '@bufbuild/protobuf';
import { type FileDescriptorSet, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { CodegenError } from '../codegen-error.ts';

/** Compiled protos, ready for a generator. */
export interface Descriptors {
  readonly set: FileDescriptorSet;
  /** All files but those of protobuf itself, sorted by name. */
  readonly files: readonly DescFile[];
  /** Services of the provider's own files, sorted by file, in the order of the source. */
  readonly services: readonly DescService[];
}

/** Letters, digits and what is harmless in code, in a shell and in every file system. */
const plainName = /^[\p{L}\p{N}_@+-][\p{L}\p{N}_@+. -]*$/u;

/**
 * Reads a serialized `FileDescriptorSet`. Names of files end up in code and in paths, so that none may
 * hold anything that means something there.
 *
 * @param ownFiles names of the provider's files; all but protobuf's when left out
 * @throws CodegenError `CODEGEN_INPUT_INVALID`
 */
export function readDescriptors(bytes: Uint8Array, ownFiles?: ReadonlySet<string>): Descriptors {
  const set = fromBinary(FileDescriptorSetSchema, bytes);
  const files = [...createFileRegistry(set).files]
    .filter(({ proto }) => !proto.name.startsWith('google/protobuf/'))
    .sort((a, b) => (a.proto.name < b.proto.name ? -1 : 1));
  checkNames(files);
  const services = files
    .filter(({ proto }) => ownFiles?.has(proto.name) ?? true)
    .flatMap((file) => file.services);
  if (services.length === 0) {
    throw new CodegenError('CODEGEN_INPUT_INVALID', 'The protos define no service.', {
      found: files.map(({ proto }) => proto.name).join(', ') || 'no files',
    });
  }
  services.forEach(checkMethods);
  return { set, files, services };
}

function checkNames(files: readonly DescFile[]): void {
  const seen = new Map<string, string>();
  for (const { proto } of files) {
    const { name } = proto;
    const parts = name.split('/');
    if (parts.some((part) => !plainName.test(part) || /[. ]$/.test(part))) {
      throw new CodegenError('CODEGEN_INPUT_INVALID', 'The name of a proto file makes no code.', {
        found: JSON.stringify(name.slice(0, 200)),
        hint: 'use letters, digits, "_", "-" and "." in names of files',
      });
    }
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      throw new CodegenError('CODEGEN_INPUT_INVALID', 'Two proto files differ only in case.', {
        found: `${other} and ${name}`,
      });
    }
    seen.set(name.toLowerCase(), name);
  }
}

function checkMethods(service: DescService): void {
  const seen = new Map<string, string>();
  for (const { localName, name } of service.methods) {
    const other = seen.get(localName);
    if (other !== undefined) {
      throw new CodegenError('CODEGEN_INPUT_INVALID', 'Two methods have one name in code.', {
        place: service.typeName,
        found: `${other} and ${name}, both ${localName}`,
      });
    }
    seen.set(localName, name);
  }
}
