import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeErrorCodes } from './errors-doc.ts';
import { errorCodes } from './src/errors/codes.ts';

test('default', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  // Stale? Run `npm run codegen`.
  expect(page).toBe(describeErrorCodes());
});

test('behavior: every code has a line', () => {
  const page = describeErrorCodes();
  for (const code of Object.keys(errorCodes)) expect(page).toContain(`\n| \`${code}\` | `);
});
