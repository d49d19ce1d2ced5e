import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { getCacheDirectory } from './cache-directory.ts';

test('default', () => {
  expect(getCacheDirectory({})).toBe(`${homedir()}/.cache/snet`);
  expect(getCacheDirectory({ XDG_CACHE_HOME: '' })).toBe(`${homedir()}/.cache/snet`);
});

test('args: XDG_CACHE_HOME', () => {
  expect(getCacheDirectory({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/snet');
});
