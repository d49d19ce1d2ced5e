import type { DescFile } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { invalidProto } from '../invalid-proto.ts';
import type { ImportStatement } from '../parse/parsed-file.ts';
import { formatPlace, type SourceFile } from '../parse/source-file.ts';
import { commonFiles, protobufFiles } from './builtin-files.ts';

/** Finds the file that an import means: the path of a source, or a built-in file. */
export type FindImport = (statement: ImportStatement, importer: SourceFile) => string | DescFile;

/** Whether a source is a copy of a file of protobuf itself, wherever it lies. */
export function isProtobufFile(path: string): boolean {
  const start = path.lastIndexOf('google/protobuf/');
  return (start === 0 || path[start - 1] === '/') && protobufFiles.has(path.slice(start));
}

/**
 * Prepares the search among the given paths. An import names, in this order: a file of protobuf
 * itself, a path from the root, a path from a folder above the importer (nearest first), the end of
 * exactly one path (so a bare file name finds its file in any folder), a file that we bring.
 */
export function createFindImport(paths: ReadonlySet<string>): FindImport {
  const byBaseName = Map.groupBy(paths, getBaseName);

  return (statement, importer) => {
    const path = statement.path.replace(/^(?:\.\/)+/, '');
    const own = protobufFiles.get(path) ?? findAbove(paths, path, importer.path);
    if (own !== undefined) return own;
    const ends = (byBaseName.get(getBaseName(path)) ?? []).filter((it) => it.endsWith(`/${path}`));
    if (ends.length > 1) {
      throw invalidProto(`The import ${JSON.stringify(path)} fits several files.`, {
        source: importer,
        offset: statement.offset,
        expected: 'a path that names one file',
        found: ends.slice(0, 10).join(', '),
        hint: 'Import the file by its whole path.',
      });
    }
    const found = ends[0] ?? commonFiles.get(path);
    if (found !== undefined) return found;
    throw new BaseError(
      'PROTO_IMPORT_MISSING',
      `${importer.path} imports a file that is missing.`,
      {
        place: formatPlace(importer, statement.offset),
        expected: `a file ${JSON.stringify(path)}`,
        found: listPaths(paths),
        hint: `Add ${JSON.stringify(path)} to the archive, or correct the import.`,
      },
    );
  };
}

/** Tries a path from the root, then from each folder above the importer, the nearest first. */
function findAbove(
  paths: ReadonlySet<string>,
  path: string,
  importerPath: string,
): string | undefined {
  if (paths.has(path)) return path;
  for (let end = importerPath.lastIndexOf('/'); end > 0; ) {
    const candidate = `${importerPath.slice(0, end)}/${path}`;
    if (paths.has(candidate)) return candidate;
    end = importerPath.lastIndexOf('/', end - 1);
  }
  return undefined;
}

function getBaseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function listPaths(paths: ReadonlySet<string>): string {
  const shown = [...paths].slice(0, 10);
  return `only ${shown.join(', ')}${paths.size > shown.length ? ', ...' : ''}`;
}
