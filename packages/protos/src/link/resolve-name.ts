import { getParent, joinNames } from '../parse/join-names.ts';
import type { SymbolEntry, SymbolKind, SymbolTable } from './symbols.ts';
import type { Visibility } from './visibility.ts';

/** What a name means at a place. */
export interface ResolvedName {
  /** Full name without a leading dot. */
  readonly fullName: string;
  readonly entry: SymbolEntry;
}

/** A name, and from where it is seen. */
export interface NameQuery {
  /** As written; a leading dot makes it absolute. */
  readonly name: string;
  /** Full name of the innermost scope. */
  readonly scope: string;
  /** Whose names count; all when absent. */
  readonly visible?: Visibility;
  readonly accepts: readonly SymbolKind[];
}

const containers: readonly SymbolKind[] = ['package', 'message', 'enum', 'service'];

/**
 * Finds what a name means by the rules of the language: from the inside out, the first scope that
 * has the first part of the name decides.
 */
export function resolveName(table: SymbolTable, query: NameQuery): ResolvedName | undefined {
  const { name, visible, accepts } = query;
  const look = (fullName: string): ResolvedName | undefined => {
    const entry = table.get(fullName);
    if (entry === undefined) return undefined;
    const seen =
      entry.kind === 'package' ? visible?.packages.has(fullName) : visible?.files.has(entry.file);
    return seen === false ? undefined : { fullName, entry };
  };
  const lookWanted = (fullName: string): ResolvedName | undefined => {
    const found = look(fullName);
    return found !== undefined && accepts.includes(found.entry.kind) ? found : undefined;
  };

  if (name.startsWith('.')) return lookWanted(name.slice(1));
  const dot = name.indexOf('.');
  for (let scope = query.scope; ; scope = getParent(scope)) {
    if (dot === -1) {
      const found = lookWanted(joinNames(scope, name));
      if (found !== undefined) return found;
    } else {
      const first = look(joinNames(scope, name.slice(0, dot)));
      if (first !== undefined && containers.includes(first.entry.kind)) {
        return lookWanted(joinNames(scope, name));
      }
    }
    if (scope === '') return undefined;
  }
}
