import type { DescriptorProto, EnumDescriptorProto } from '@bufbuild/protobuf/wkt';
import { quote } from '../invalid-proto.ts';
import { joinNames } from '../parse/join-names.ts';
import { type FileNode, formatNodePlace } from './file-node.ts';
import { refuseNode } from './refuse-node.ts';
import { getPackages } from './visibility.ts';

/** What a name can mean. */
export type SymbolKind =
  | 'package'
  | 'message'
  | 'field'
  | 'oneof'
  | 'extension'
  | 'enum'
  | 'enum value'
  | 'service'
  | 'method';

/** The meaning of a full name. */
export interface SymbolEntry {
  readonly kind: SymbolKind;
  /** Where it is defined; of a package, the first of its files. */
  readonly file: FileNode;
  readonly node: object;
}

/** Every full name of all files. */
export type SymbolTable = ReadonlyMap<string, SymbolEntry>;

const maxNameLength = 512;
const maxPackageDepth = 100;

/**
 * Collects the names of all files.
 *
 * @throws BaseError `PROTO_INVALID` when two things have one name
 */
export function collectSymbols(files: readonly FileNode[]): SymbolTable {
  const table = new Map<string, SymbolEntry>();
  for (const file of files) addFile(table, file);
  return table;
}

function addFile(table: Map<string, SymbolEntry>, file: FileNode): void {
  const add = (kind: SymbolKind, scope: string, node: { readonly name: string }) => {
    const name = joinNames(scope, node.name);
    addSymbol(table, name, { kind, file, node });
    return name;
  };

  function addEnum(node: EnumDescriptorProto, scope: string): void {
    add('enum', scope, node);
    // Values are siblings of their enum.
    for (const value of node.value) add('enum value', scope, value);
  }

  function addMessage(message: DescriptorProto, scope: string): void {
    const name = add('message', scope, message);
    for (const field of message.field) add('field', name, field);
    for (const oneof of message.oneofDecl) add('oneof', name, oneof);
    for (const extension of message.extension) add('extension', name, extension);
    for (const node of message.enumType) addEnum(node, name);
    for (const nested of message.nestedType) addMessage(nested, name);
  }

  const { proto } = file;
  const scope = proto.package;
  addPackages(table, file);
  for (const message of proto.messageType) addMessage(message, scope);
  for (const node of proto.enumType) addEnum(node, scope);
  for (const extension of proto.extension) add('extension', scope, extension);
  for (const service of proto.service) {
    const name = add('service', scope, service);
    for (const method of service.method) add('method', name, method);
  }
}

function addPackages(table: Map<string, SymbolEntry>, file: FileNode): void {
  const { proto } = file;
  if (proto.package.split('.').length > maxPackageDepth) {
    throw refuseNode(file, proto, 'The name of a package has too many parts.', {
      expected: `at most ${maxPackageDepth} parts`,
      hint: 'Shorten the name of the package.',
    });
  }
  for (const name of getPackages(file))
    addSymbol(table, name, { kind: 'package', file, node: proto });
}

function addSymbol(table: Map<string, SymbolEntry>, name: string, entry: SymbolEntry): void {
  const known = table.get(name);
  if (known?.kind === 'package' && entry.kind === 'package') return;
  if (name.length > maxNameLength) {
    throw refuseNode(entry.file, entry.node, 'A full name is too long.', {
      expected: `at most ${maxNameLength} characters`,
      hint: 'Shorten the name, or those of the messages or the package around it.',
    });
  }
  if (known === undefined) {
    table.set(name, entry);
    return;
  }
  throw refuseNode(entry.file, entry.node, `The name ${quote(name)} is given twice.`, {
    expected: `another name for the ${entry.kind}`,
    found: `${known.kind} ${name} at ${formatNodePlace(known.file, known.node)}`,
    hint: 'Rename one of the two, or leave out the file that repeats the other.',
  });
}
