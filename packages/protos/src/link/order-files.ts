import type { DescFile } from '@bufbuild/protobuf';
import { invalidProto } from '../invalid-proto.ts';
import type { ParsedFile } from '../parse/parsed-file.ts';
import type { FileNode } from './file-node.ts';
import { createFindImport } from './find-import.ts';

/**
 * Connects the files with what they import, and sorts them so that each comes after its imports.
 *
 * @throws BaseError `PROTO_IMPORT_MISSING`; `PROTO_INVALID` for circles and double imports
 */
export function orderFiles(files: ReadonlyMap<string, ParsedFile>): FileNode[] {
  const findImport = createFindImport(new Set(files.keys()));
  const finished = new Map<string, FileNode>();
  const path: string[] = [];

  function visitBuiltin(file: DescFile): FileNode {
    const { name } = file.proto;
    const known = finished.get(name);
    if (known !== undefined) return known;
    const imports = file.dependencies.map(
      (it) => ({ file: visitBuiltin(it), kind: 'plain' }) as const,
    );
    const node: FileNode = { path: name, proto: file.proto, imports };
    finished.set(name, node);
    return node;
  }

  function visit(parsed: ParsedFile): FileNode {
    const { source, proto } = parsed;
    const known = finished.get(source.path);
    if (known !== undefined) return known;
    const node: FileNode = { path: source.path, proto, parsed, imports: [] };
    path.push(source.path);
    for (const statement of parsed.imports) {
      const { kind, offset } = statement;
      const found = findImport(statement, source);
      const target = typeof found === 'string' ? files.get(found) : undefined;
      if (typeof found === 'string' && path.includes(found)) {
        throw invalidProto('The files import each other in a circle.', {
          source,
          offset,
          expected: 'imports that end somewhere',
          found: [...path.slice(path.indexOf(found)), found].join(' -> '),
          hint: 'Move what both files need into a third one.',
        });
      }
      const file =
        target !== undefined
          ? visit(target)
          : typeof found !== 'string'
            ? visitBuiltin(found)
            : node;
      if (node.imports.some((it) => it.file === file)) {
        throw invalidProto(`${JSON.stringify(file.path)} is imported twice.`, {
          source,
          offset,
          hint: 'Remove one of the two imports.',
        });
      }
      node.imports.push({ file, kind });
    }
    path.pop();
    describeImports(node);
    finished.set(source.path, node);
    return node;
  }

  for (const parsed of files.values()) visit(parsed);
  return [...finished.values()];
}

function describeImports({ proto, imports }: FileNode): void {
  for (const { file, kind } of imports) {
    if (kind === 'option') {
      proto.optionDependency.push(file.path);
      continue;
    }
    if (kind === 'public') proto.publicDependency.push(proto.dependency.length);
    if (kind === 'weak') proto.weakDependency.push(proto.dependency.length);
    proto.dependency.push(file.path);
  }
}
