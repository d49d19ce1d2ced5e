import type { BaseError } from '@snetkit/core';
import { invalidProto, quote } from '../invalid-proto.ts';
import type { ParsedFile, TypeReference } from '../parse/parsed-file.ts';
import type { FileNode } from './file-node.ts';
import { resolveName } from './resolve-name.ts';
import type { SymbolTable } from './symbols.ts';
import { getVisibility } from './visibility.ts';

const accepts = ['message', 'enum'] as const;

/**
 * Writes the full names of all types that a file mentions into its descriptors.
 *
 * @throws BaseError `PROTO_INVALID` for a type that is unknown, not imported, or not a message
 */
export function resolveTypes(table: SymbolTable, file: FileNode, parsed: ParsedFile): void {
  const visible = getVisibility(file, false);
  for (const reference of parsed.types) {
    const found = resolveName(table, { ...reference, visible, accepts });
    if (found === undefined) throw unknownType(table, parsed, reference);
    const kind = found.entry.kind === 'enum' ? 'enum' : 'message';
    if (kind === 'enum' && reference.wants === 'message') {
      throw invalidProto('A message is needed here, not an enum.', {
        source: parsed.source,
        offset: reference.offset,
        expected: 'the name of a message',
        found: `the enum ${found.fullName}`,
      });
    }
    reference.resolve(`.${found.fullName}`, kind);
  }
}

function unknownType(
  table: SymbolTable,
  { source }: ParsedFile,
  { name, scope, offset, wants }: TypeReference,
): BaseError {
  const elsewhere = resolveName(table, { name, scope, accepts });
  const file = elsewhere?.entry.file;
  return invalidProto(`The type ${quote(name)} is not known here.`, {
    source,
    offset,
    expected: `the name of a ${wants} of this file or of one that it imports`,
    hint:
      file === undefined
        ? 'Define the type, import its file, or correct its name.'
        : `Import ${JSON.stringify(file.path)}, which has ${elsewhere?.fullName}.`,
  });
}
