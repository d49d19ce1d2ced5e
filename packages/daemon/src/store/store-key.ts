import { BaseError } from '@snetkit/core';
import type { CommitItem } from './store.ts';

/** Keys are made of ids: one that is longer is a mistake. */
const maxKeyBytes = 2_000;

/**
 * The whole key, scope included, as every driver writes it.
 *
 * @throws BaseError `STORE_KEY_INVALID` when the key is too long, or two different texts would
 *   become the same bytes (lone surrogates)
 */
export function scopedKey(scope: string, key: string): string {
  const whole = `${scope}/${key}`;
  if (!whole.isWellFormed()) {
    throw new BaseError('STORE_KEY_INVALID', 'The store key is not well-formed text.', {
      found: JSON.stringify(key),
    });
  }
  const bytes = Buffer.byteLength(whole);
  if (bytes > maxKeyBytes) {
    throw new BaseError('STORE_KEY_INVALID', 'The store key is too long.', {
      expected: `at most ${maxKeyBytes} bytes with its scope`,
      found: `${bytes} bytes`,
    });
  }
  return whole;
}

/**
 * The item with whole keys.
 *
 * @throws BaseError `STORE_KEY_INVALID`
 */
export function scopedItem(scope: string, item: CommitItem): CommitItem {
  return {
    ...item,
    checks: item.checks.map(({ key, version }) => ({ key: scopedKey(scope, key), version })),
    writes: item.writes.map(({ key, value }) => ({ key: scopedKey(scope, key), value })),
  };
}
