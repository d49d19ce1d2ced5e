import { expect, test } from 'vitest';
import { countEnd, createCallCounters, maxMethods } from './call-counters.ts';

const ok = { code: 0, message: '' };

test('default: calls by method and code', () => {
  const counters = createCallCounters();
  const names = { isPublished: (path: string) => path === '/a/b' };
  countEnd(counters, { path: '/a/b', end: ok, ms: 1 }, names);
  countEnd(counters, { path: '/a/b', end: 'left', ms: 1 }, names);
  countEnd(counters, { path: '/a/b', end: { code: 1_000, message: '' }, ms: 1 }, names);
  countEnd(counters, { path: '/a/b', end: { code: 77, message: '' }, ms: 1 }, names);
  countEnd(counters, { path: '/made/up', end: ok, ms: 1 }, names);
  expect([...counters.methods].map(([name, { codes }]) => [name, codes])).toEqual([
    ['/a/b', { 0: 1, left: 1, 1000: 1, other: 1 }],
    ['other', { 0: 1 }],
  ]);
});

test('behavior: without protos a method has a name once it was served, and names stay bounded', () => {
  const counters = createCallCounters();
  const names = { isPublished: undefined };
  countEnd(counters, { path: '/a/b', end: { code: 12, message: '' }, ms: 1 }, names);
  expect([...counters.methods.keys()]).toEqual(['other']);
  for (let index = 0; index < 10 * maxMethods; index += 1) {
    countEnd(counters, { path: `/s/m${index}`, end: ok, ms: 1 }, names);
  }
  expect(counters.methods.size).toBe(maxMethods);
  expect(counters.methods.get('other')?.codes).toEqual({ 12: 1, 0: 9 * maxMethods + 1 });
});
