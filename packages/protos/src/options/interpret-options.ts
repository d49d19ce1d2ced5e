import {
  type DescMessage,
  type FileRegistry,
  fromBinary,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import {
  EnumOptionsSchema,
  EnumValueOptionsSchema,
  ExtensionRangeOptionsSchema,
  FieldOptionsSchema,
  FileOptionsSchema,
  MessageOptionsSchema,
  MethodOptionsSchema,
  OneofOptionsSchema,
  ServiceOptionsSchema,
} from '@bufbuild/protobuf/wkt';
import { concatBytes } from '@snetkit/core';
import type { FileNode } from '../link/file-node.ts';
import { resolveName } from '../link/resolve-name.ts';
import type { SymbolTable } from '../link/symbols.ts';
import { getVisibility } from '../link/visibility.ts';
import type { OptionValue } from '../parse/option-syntax.ts';
import type { OptionStatement, OptionTarget, ParsedFile } from '../parse/parsed-file.ts';
import { encodeNode } from './encode-node.ts';
import { createOptionNode, type OptionNode } from './option-node.ts';
import { setOption } from './set-option.ts';

const schemas = {
  file: FileOptionsSchema,
  message: MessageOptionsSchema,
  field: FieldOptionsSchema,
  oneof: OneofOptionsSchema,
  enum: EnumOptionsSchema,
  enumValue: EnumValueOptionsSchema,
  extensionRange: ExtensionRangeOptionsSchema,
  service: ServiceOptionsSchema,
  method: MethodOptionsSchema,
} as const satisfies Record<OptionTarget['kind'], DescMessage>;

/** Sets the options that protobuf itself defines; they decide what the descriptors mean. */
export function setStandardOptions(parsed: ParsedFile): void {
  apply(
    parsed,
    (statement) => !isCustom(statement),
    () => ({
      source: parsed.source,
      findExtension: () => undefined,
      findMessage: () => undefined,
    }),
  );
}

/** Sets the options that files define, and that are therefore known only when all files are linked. */
export function setCustomOptions(
  table: SymbolTable,
  file: FileNode,
  parsed: ParsedFile,
  registry: FileRegistry,
): void {
  const visible = getVisibility(file, true);
  apply(parsed, isCustom, ({ scope }) => ({
    source: parsed.source,
    findExtension(name) {
      const found = resolveName(table, { name, scope, visible, accepts: ['extension'] });
      return found && registry.getExtension(found.fullName);
    },
    findMessage: (name) => registry.getMessage(name),
  }));
}

function apply(
  parsed: ParsedFile,
  wanted: (statement: OptionStatement) => boolean,
  createContext: (target: OptionTarget) => Parameters<typeof setOption>[0],
): void {
  const nodes = new Map<OptionTarget['node'], { target: OptionTarget; node: OptionNode }>();
  for (const statement of parsed.options) {
    if (!wanted(statement)) continue;
    const { target, name, value } = statement;
    const known = nodes.get(target.node) ?? {
      target,
      node: createOptionNode(schemas[target.kind]),
    };
    nodes.set(target.node, known);
    setOption(createContext(target), known.node, name, value);
  }
  for (const { target, node } of nodes.values()) mergeInto(target, encodeNode(node));
}

/** Reads the bytes on top of the options that are set already; what the schema lacks stays as unknown fields. */
function mergeInto(target: OptionTarget, bytes: Uint8Array): void {
  const merge = <Desc extends DescMessage>(
    schema: Desc,
    node: { options?: MessageShape<Desc> | undefined },
  ) => {
    const before = node.options === undefined ? new Uint8Array() : toBinary(schema, node.options);
    node.options = fromBinary(schema, concatBytes(before, bytes));
  };
  // Kind and node belong together, which a lookup by kind cannot tell the compiler.
  merge(schemas[target.kind] as DescMessage, target.node as { options?: never });
}

function isCustom({ name, value }: OptionStatement): boolean {
  return name.some(({ extension }) => extension) || hasExtension(value);
}

function hasExtension(value: OptionValue): boolean {
  if (value.kind === 'list') return value.items.some(hasExtension);
  if (value.kind !== 'message') return false;
  return value.fields.some((entry) => entry.kind !== 'field' || hasExtension(entry.value));
}
