import { type JsonValue, maxUint256 } from '@snetkit/core';
import { toJsonInteger } from '../documents/to-json-integer.ts';
import type { EditContext } from './run-edit.ts';

/**
 * A price as documents have it.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` unless it is 0 to 2^256 - 1 cogs
 */
export function checkPrice(
  price: bigint,
  at: readonly (string | number)[],
  { refuse }: EditContext,
): JsonValue {
  if (price >= 0n && price <= maxUint256) return toJsonInteger(price);
  throw refuse(at, {
    message: 'This is not a price.',
    expected: 'cogs from 0 to 2^256 - 1',
    found: price < 0n ? `${price}` : 'more than 2^256 - 1',
  });
}
