import type { JsonValue } from '@snetkit/core';
import { peek } from './peek.ts';

/** The items of an array at a place of a document whose layout is not known; none when there is none. */
export function peekList(
  value: JsonValue | undefined,
  ...steps: readonly (string | number)[]
): readonly JsonValue[] {
  const found = peek(value, ...steps);
  return Array.isArray(found) ? found : [];
}
