import type { JsonValue } from '@snetkit/core';
import { isObject } from './is-object.ts';

/** The value at a place of a document whose layout is not known; `undefined` when there is none. */
export function peek(
  value: JsonValue | undefined,
  ...steps: readonly (string | number)[]
): JsonValue | undefined {
  let at = value;
  for (const step of steps) {
    if (Array.isArray(at)) at = typeof step === 'number' ? at[step] : undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at ?? undefined;
}
