/** The full name of something inside a scope; the scope is empty outside of packages. */
export function joinNames(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

/** The scope around a full name; empty at the outside. */
export function getParent(fullName: string): string {
  return fullName.slice(0, Math.max(0, fullName.lastIndexOf('.')));
}
