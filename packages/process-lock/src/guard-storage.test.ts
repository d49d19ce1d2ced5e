import { readFileSync } from 'node:fs';
import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { guardStorage } from './guard-storage.ts';

const trouble = {
  code: 'LEDGER_UNAVAILABLE',
  message: 'The ledger cannot be used',
  place: 'ledger of chain 1',
} as const;

test('default: what the work gives', () => {
  expect(guardStorage(trouble, () => 7)).toBe(7);
});

test.each<[string, () => unknown]>([
  ['the file system', () => readFileSync('/nowhere/at/all')],
  [
    'a lock',
    () => {
      throw new BaseError('LOCK_UNAVAILABLE', 'A lock cannot be tested');
    },
  ],
])('error: trouble of %s names the place', (_what, work) => {
  expect(() => guardStorage(trouble, work)).toThrow(
    expect.objectContaining({
      code: 'LEDGER_UNAVAILABLE',
      message: 'The ledger cannot be used\nPlace: ledger of chain 1',
      cause: expect.anything(),
    }),
  );
});

test.each([
  new BaseError('LEDGER_INVALID', 'A record cannot be read'),
  new TypeError('a mistake of ours'),
])('error: %s stays as it is', (error) => {
  const work = () => {
    throw error;
  };
  expect(() => guardStorage(trouble, work)).toThrow(error);
});
