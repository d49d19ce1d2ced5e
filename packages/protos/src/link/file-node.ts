import type { FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import type { ImportStatement, ParsedFile } from '../parse/parsed-file.ts';
import { formatPlace } from '../parse/source-file.ts';

/** A file among those it imports. */
export interface FileNode {
  readonly path: string;
  readonly proto: FileDescriptorProto;
  /** Absent for files that are built in. */
  readonly parsed?: ParsedFile;
  readonly imports: FileImport[];
}

/** One edge of the import graph. */
export interface FileImport {
  readonly file: FileNode;
  readonly kind: ImportStatement['kind'];
}

/** Where a descriptor stands: `path:line:column`, or the path of a built-in file. */
export function formatNodePlace({ path, parsed }: FileNode, node: object): string {
  const offset = parsed?.places.get(node);
  return parsed === undefined || offset === undefined ? path : formatPlace(parsed.source, offset);
}
