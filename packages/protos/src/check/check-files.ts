import type { DescriptorProto } from '@bufbuild/protobuf/wkt';
import type { FileNode } from '../link/file-node.ts';
import type { SymbolTable } from '../link/symbols.ts';
import { checkEnum } from './check-enum.ts';
import { checkExtensions } from './check-extensions.ts';
import { checkMessage } from './check-message.ts';

/**
 * Checks what can be told from the descriptors as they stand.
 *
 * @throws BaseError `PROTO_INVALID`
 */
export function checkFiles(table: SymbolTable, files: readonly FileNode[]): void {
  for (const file of files) {
    if (file.parsed === undefined) continue;
    for (const node of file.proto.enumType) checkEnum(file, node);
    for (const message of file.proto.messageType) checkNested(file, message);
  }
  checkExtensions(table, files);
}

function checkNested(file: FileNode, message: DescriptorProto): void {
  checkMessage(file, message);
  for (const node of message.enumType) checkEnum(file, node);
  for (const nested of message.nestedType) checkNested(file, nested);
}
