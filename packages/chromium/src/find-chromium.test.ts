import { accessSync, constants } from 'node:fs';
import { expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

test('default: the program of the system', () => {
  const file = findChromium();
  expect(file).toMatch(/\/chromium$/);
  accessSync(file, constants.X_OK);
});

test('error: not installed', () => {
  expect(() => findChromium(['/nowhere'])).toThrowErrorMatchingInlineSnapshot(`
    [ChromiumError: The program chromium is not installed.
    Fix: apt-get update && apt-get install -y chromium (on Debian, as root)]
  `);
});
