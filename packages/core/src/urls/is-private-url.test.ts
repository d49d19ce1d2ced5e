import { expect, test } from 'vitest';
import { isPrivateUrl } from './is-private-url.ts';

test.each([
  ['https://example.org', true],
  ['http://localhost:5001/x', true],
  ['http://127.0.0.1', true],
  ['http://127.8.8.8:1', true],
  ['http://[::1]:9', true],
  ['http://example.org', false],
  ['http://127.0.0.1.example.org', false],
  ['http://localhost.example.org', false],
  ['http://10.0.0.1', false],
])('args: %s is %s', (url, expected) => {
  expect(isPrivateUrl(url)).toBe(expected);
});
