import { create } from '@bufbuild/protobuf';
import { type DescriptorProto, FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { BaseError } from '@snetkit/core';
import type { CompileLimits } from '../compile-limits.ts';
import { type Cursor, createCursor } from './cursor.ts';
import type { ParsedFile } from './parsed-file.ts';
import { formatPlace, type SourceFile } from './source-file.ts';

/** Counts the elements of all files together, so that small sources cannot become large objects. */
export interface ElementCounter {
  count: number;
}

/** A file while it is read: the cursor, and what was read so far. */
export interface FileBuilder {
  readonly cursor: Cursor;
  readonly file: ParsedFile;
  /** Decided by the first statement of the file. */
  syntax: 'proto2' | 'proto3' | 'editions';
  /** Remembers where a descriptor stands, and counts it. */
  mark(node: object, offset: number): void;
  /** Reads `{ ... }` of a message; here because messages, groups and extensions contain each other. */
  readonly parseBody: ParseBody;
}

/** Reads the body of a message whose full name is `scope`. */
export type ParseBody = (builder: FileBuilder, message: DescriptorProto, scope: string) => void;

/** Prepares an empty file for its parser. */
export function createFileBuilder(
  source: SourceFile,
  limits: CompileLimits,
  counter: ElementCounter,
  parseBody: ParseBody,
): FileBuilder {
  const proto = create(FileDescriptorProtoSchema, { name: source.path });
  const file: ParsedFile = {
    source,
    proto,
    imports: [],
    types: [],
    defaults: [],
    options: [],
    places: new Map(),
  };
  return {
    cursor: createCursor(source, limits.maxDepth),
    file,
    syntax: 'proto2',
    parseBody,
    mark(node, offset) {
      file.places.set(node, offset);
      if (++counter.count <= limits.maxElements) return;
      throw new BaseError('PROTO_TOO_LARGE', 'The proto sources define too much.', {
        place: formatPlace(source, offset),
        expected: `at most ${limits.maxElements} definitions and option values in all files`,
        hint: 'Raise limits.maxElements, if you trust where the sources came from.',
      });
    },
  };
}
