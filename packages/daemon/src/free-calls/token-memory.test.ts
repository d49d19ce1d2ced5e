import { expect, test } from 'vitest';
import { createTokenMemory } from './token-memory.ts';

test('default: what was used last stays', () => {
  const memory = createTokenMemory({ max: 2 });
  memory.add('a');
  memory.add('b');
  expect(memory.has('a')).toBe(true);
  memory.add('c');
  expect([memory.has('a'), memory.has('b'), memory.has('c')]).toEqual([true, false, true]);
});

test('behavior: a look for what is not there puts nothing in', () => {
  const memory = createTokenMemory({ max: 1 });
  memory.add('a');
  expect(memory.has('b')).toBe(false);
  expect(memory.has('a')).toBe(true);
});
