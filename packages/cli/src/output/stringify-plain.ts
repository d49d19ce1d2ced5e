/**
 * Writes JSON that every reader takes: whole numbers that do not fit a double become text, bytes
 * base64 (as protobuf JSON has both).
 *
 * @param indent spaces for each level; on one line unless given
 */
export function stringifyPlain(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, item) => toPlain(item), indent);
}

function toPlain(item: unknown): unknown {
  if (typeof item === 'bigint') return item.toString();
  if (item instanceof Uint8Array) return Buffer.from(item).toString('base64');
  // JSON has no word for them; protobuf JSON writes their names.
  if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
  return item;
}
