import { expect, test } from 'vitest';
import { type ErrorCodeInfo, errorCodes } from './codes.ts';
import { exitCodes } from './exit-codes.ts';

const rows = Object.entries<ErrorCodeInfo>(errorCodes);

test.each(rows)('default: %s', (code, info) => {
  expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
  expect(Object.keys(exitCodes)).toContain(info.class);
  expect(info.summary).toMatch(/^[A-Z].*\.$/);
  expect(info.fix).toMatch(/^[A-Z].*\.$/);
});
