/** Writes names and values below each other, aligned; `dim` colours the names. */
export function formatFacts(
  facts: readonly (readonly [name: string, value: string])[],
  dim: (text: string) => string = (text) => text,
): string {
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `  ${dim(name.padEnd(width))}  ${value}`).join('\n');
}
