import {
  type DescEnum,
  type DescExtension,
  type DescFile,
  type DescMessage,
  type DescService,
  toBinary,
} from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';

/** Descriptors by what clients of reflection ask for. */
export interface DescribedFiles {
  /** A file and all that it imports, as bytes of `FileDescriptorProto`; the file itself comes first. */
  byName(name: string): Uint8Array[] | undefined;
  /** The same of the file that holds a service, method, message, field, enum or extension. */
  bySymbol(symbol: string): Uint8Array[] | undefined;
  /** The same of the file that holds an extension of a message. */
  byExtension(typeName: string, number: number): Uint8Array[] | undefined;
  /** Numbers of the extensions of a message; undefined when there is no such message. */
  extensionsOf(typeName: string): number[] | undefined;
}

/**
 * Describes files and what they import. Where two files have one name, or two things one symbol, the
 * first is told.
 */
export function describeFiles(files: readonly DescFile[]): DescribedFiles {
  const names = new Map<string, DescFile>();
  const symbols = new Map<string, DescFile>();
  const extensions = new Map<string, Map<number, DescFile>>();
  for (const file of files.flatMap(withImports)) {
    if (names.has(file.proto.name)) continue;
    names.set(file.proto.name, file);
    for (const type of nestedTypes(file)) {
      for (const symbol of symbolsOf(type)) {
        if (!symbols.has(symbol)) symbols.set(symbol, file);
      }
      if (type.kind !== 'extension') continue;
      const { typeName } = type.extendee;
      const numbers = extensions.get(typeName) ?? new Map<number, DescFile>();
      if (!numbers.has(type.number)) numbers.set(type.number, file);
      extensions.set(typeName, numbers);
    }
  }
  const tell = (file: DescFile | undefined) =>
    file && withImports(file).map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto));
  return {
    byName: (name) => tell(names.get(name)),
    bySymbol: (symbol) => tell(symbols.get(symbol)),
    byExtension: (typeName, number) => tell(extensions.get(typeName)?.get(number)),
    extensionsOf(typeName) {
      if (!symbols.has(typeName)) return undefined;
      return [...(extensions.get(typeName)?.keys() ?? [])].toSorted((a, b) => a - b);
    },
  };
}

function withImports(file: DescFile): DescFile[] {
  const all = new Set<DescFile>();
  const visit = (each: DescFile) => {
    if (all.has(each)) return;
    all.add(each);
    for (const imported of each.dependencies) visit(imported);
  };
  visit(file);
  return [...all];
}

function symbolsOf(type: DescMessage | DescEnum | DescExtension | DescService): string[] {
  const { typeName } = type;
  switch (type.kind) {
    case 'service':
      return [typeName, ...type.methods.map(({ name }) => `${typeName}.${name}`)];
    case 'message':
      return [typeName, ...type.members.map(({ name }) => `${typeName}.${name}`)];
    default:
      return [typeName];
  }
}
