import { expect, test } from 'vitest';
import { createTokenCache } from './token-cache.ts';

function believed(channelId: bigint) {
  return { channelId, payer: '0x94d04332C4f5273feF69c4a52D24f42a3aF1F207', expires: 1 };
}

test('default: finds what was added, and nothing else', () => {
  const cache = createTokenCache();
  cache.add('a.b.c', believed(1n));
  expect(cache.find('a.b.c')).toEqual(believed(1n));
  expect(cache.find('a.b.d')).toBe(undefined);
});

test('behavior: the oldest goes when there is no room', () => {
  const cache = createTokenCache({ max: 2 });
  for (const id of [1n, 2n, 3n]) cache.add(`token ${id}`, believed(id));
  expect(cache.find('token 1')).toBe(undefined);
  expect(cache.find('token 2')).toEqual(believed(2n));
  expect(cache.find('token 3')).toEqual(believed(3n));
});
