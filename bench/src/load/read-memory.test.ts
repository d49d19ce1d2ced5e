import { expect, test } from 'vitest';
import { readMemory } from './read-memory.ts';

test.skipIf(process.platform !== 'linux')('default: what this process holds', () => {
  const own = process.memoryUsage.rss() / 2 ** 20;
  expect(Math.abs((readMemory(process.pid) ?? 0) - own)).toBeLessThan(own / 4);
});

test('error: nobody has that id', () => {
  expect(readMemory(2 ** 30)).toBeUndefined();
});
