import { expect, test } from 'vitest';
import { BaseError } from './base-error.ts';
import { exitCodes, getExitCode } from './exit-codes.ts';

test('default', () => {
  expect(exitCodes).toEqual({
    internal: 1,
    usage: 2,
    config: 2,
    network: 3,
    chain: 4,
    payment: 5,
    content: 6,
    store: 7,
  });
});

test('behavior: by the class of the code', () => {
  expect(getExitCode(new BaseError('AMOUNT_INVALID', 'No.'))).toBe(2);
  expect(getExitCode(new BaseError('SIGNATURE_INVALID', 'No.'))).toBe(5);
  expect(getExitCode(new Error('No.'))).toBe(1);
});
