import { BaseError } from '@snetkit/core';

const syntaxStatement = /^syntax\s*=\s*"([^"]+)"\s*;[^\S\n]*\n/m;
const packageStatement = /^package\s+([\w.]+)\s*;[^\S\n]*\n/m;
const importStatement = /^import\s+(?:public\s+)?"([^"]+)"\s*;[^\S\n]*\n/gm;

interface ProtoFile {
  readonly syntax: string;
  readonly package: string;
  readonly imports: readonly string[];
  /** The declarations alone. */
  readonly body: string;
}

/**
 * Joins proto files of one package into a single file, imported ones first. The official Python
 * tools refuse archives with folders, and look for messages in one file only.
 *
 * @param files import path to source text; each statement starts its own line
 * @param path path of the joined file
 * @throws BaseError `DEVNET_PROTOS_INVALID` when the files differ in package or syntax
 */
export function mergeProtos(files: ReadonlyMap<string, string>, path: string): Map<string, string> {
  const parsed = new Map([...files].map(([name, text]) => [name, parse(text)]));
  const ordered = sortByImports(parsed);
  const [first] = ordered;
  for (const file of ordered) {
    if (file.package === first?.package && file.syntax === first.syntax) continue;
    throw new BaseError('DEVNET_PROTOS_INVALID', 'Only proto files of one package can be joined.', {
      expected: `package ${first?.package} in ${first?.syntax}`,
      found: `package ${file.package} in ${file.syntax}`,
    });
  }
  const outside = new Set(
    ordered.flatMap(({ imports }) => imports.filter((name) => !files.has(name))),
  );
  const head = [
    `syntax = "${first?.syntax}";\n`,
    `package ${first?.package};\n`,
    ...[...outside].sort().map((name) => `import "${name}";`),
  ];
  return new Map([[path, `${[...head, ...ordered.map(({ body }) => body.trim())].join('\n')}\n`]]);
}

function parse(text: string): ProtoFile {
  return {
    syntax: syntaxStatement.exec(text)?.[1] ?? 'proto2',
    package: packageStatement.exec(text)?.[1] ?? '',
    imports: [...text.matchAll(importStatement)].map(([, name = '']) => name),
    body: text
      .replace(syntaxStatement, '')
      .replace(packageStatement, '')
      .replaceAll(importStatement, ''),
  };
}

function sortByImports(files: ReadonlyMap<string, ProtoFile>): ProtoFile[] {
  const ordered = new Set<ProtoFile>();
  const visit = (name: string) => {
    const file = files.get(name);
    if (file === undefined || ordered.has(file)) return;
    for (const imported of file.imports) visit(imported);
    ordered.add(file);
  };
  for (const name of [...files.keys()].sort()) visit(name);
  return [...ordered];
}
