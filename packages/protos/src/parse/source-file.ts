/** One `.proto` file as it was given. */
export interface SourceFile {
  /** The path that other files import it by. */
  readonly path: string;
  readonly text: string;
}

/** Tells a place as `path:line:column`; both count from 1, columns in UTF-16 units. */
export function formatPlace(source: SourceFile, offset: number): string {
  const before = source.text.slice(0, offset);
  const lines = before.split('\n');
  return `${source.path}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
