import { BaseError, type JsonObject, type JsonValue } from '@snetkit/core';
import { isObject } from './is-object.ts';
import { formatPointer } from './json-pointer.ts';

/**
 * A copy of a document with one place changed; everything else is shared with the original, in the
 * same order. A key that is not there yet comes last.
 *
 * @param change gets what is there, and gives what shall be there; `undefined` means nothing
 * @throws BaseError `METADATA_EDIT_REFUSED` when there is no such place
 */
export function updateAt(
  document: JsonObject,
  steps: readonly (string | number)[],
  change: (value: JsonValue | undefined) => JsonValue | undefined,
): JsonObject {
  const result = update(document, steps, change, steps);
  if (isObject(result)) return result;
  throw new BaseError('METADATA_EDIT_REFUSED', 'A document is a JSON object.');
}

function update(
  value: JsonValue | undefined,
  steps: readonly (string | number)[],
  change: (value: JsonValue | undefined) => JsonValue | undefined,
  all: readonly (string | number)[],
): JsonValue | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    const index = Number(step);
    if (!Number.isInteger(index) || index < 0 || index > value.length) throw noPlace(all);
    const item = update(value[index], rest, change, all);
    return value.toSpliced(index, 1, ...(item === undefined ? [] : [item]));
  }
  if (!isObject(value)) throw noPlace(all);
  const key = String(step);
  const old = Object.hasOwn(value, key) ? value[key] : undefined;
  const item = update(old, rest, change, all);
  if (item !== undefined) return { ...value, [key]: item };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function noPlace(steps: readonly (string | number)[]): BaseError {
  return new BaseError('METADATA_EDIT_REFUSED', 'The document has no such place.', {
    place: formatPointer(steps),
  });
}
