import type { FileNode } from './file-node.ts';

/** What names mean something in a file. */
export interface Visibility {
  readonly files: ReadonlySet<FileNode>;
  /** Packages of these files, and every package around them. */
  readonly packages: ReadonlySet<string>;
}

/** A file sees itself, its imports, and what those import publicly; `import option` serves options only. */
export function getVisibility(file: FileNode, withOptionImports: boolean): Visibility {
  const files = new Set([file]);
  const packages = new Set(getPackages(file));
  const pending = file.imports.filter(({ kind }) => withOptionImports || kind !== 'option');
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (files.has(next.file)) continue;
    files.add(next.file);
    for (const name of getPackages(next.file)) packages.add(name);
    for (const further of next.file.imports) if (further.kind === 'public') pending.push(further);
  }
  return { files, packages };
}

/** The package of a file and those around it: `a.b.c` is in `a`, `a.b` and `a.b.c`. */
export function getPackages({ proto }: FileNode): string[] {
  if (proto.package === '') return [];
  const parts = proto.package.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
