import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { chooseEndpoints } from './choose-endpoints.ts';

test('default', () => {
  const published = ['https://one.test:8080/', 'ftp://two.test', 'http://three.test/base//'];
  expect(chooseEndpoints(published, undefined, 'x')).toEqual([
    'https://one.test:8080',
    'http://three.test/base',
  ]);
});

test('args: one that is given replaces all', () => {
  expect(chooseEndpoints(['https://one.test'], 'http://127.0.0.1:7000', 'x')).toEqual([
    'http://127.0.0.1:7000',
  ]);
});

test('error: none', async () => {
  const error = await catchError(() => chooseEndpoints([], undefined, 'ipfs://Qm'));
  expect(error.message).toBe(
    [
      'The service has no endpoint that can be called.',
      'Place: ipfs://Qm',
      'Expected: an http:// or https:// URL',
      'Found: none',
    ].join('\n'),
  );
});

test('error: none that can be called', async () => {
  const error = await catchError(() => chooseEndpoints(['one.test:80', ''], undefined, 'x'));
  expect(error.found).toBe('"one.test:80", ""');
});
