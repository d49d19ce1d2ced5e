import { expect, test } from 'vitest';
import { readMetadata } from './read-metadata.ts';

test('default', () => {
  const raw = [':path', '/a.B/C', 'te', 'trailers', 'x-a', '1'];
  expect({ ...readMetadata({}, raw, new Set(['te'])) }).toEqual({ 'x-a': '1' });
});

test('behavior: a repeated field becomes a list, also where a value has a comma', () => {
  const raw = ['x-a', '1', 'x-b', '2, 3', 'x-a', '1', 'x-a', '4'];
  const merged = { 'x-a': '1, 1, 4', 'x-b': '2, 3' };
  expect({ ...readMetadata(merged, raw, new Set()) }).toEqual({
    'x-a': ['1', '1', '4'],
    'x-b': '2, 3',
  });
});

test('behavior: of a field that may not be repeated the first value counts', () => {
  const raw = ['user-agent', 'a', 'user-agent', 'b'];
  expect({ ...readMetadata({ 'user-agent': 'a' }, raw, new Set()) }).toEqual({ 'user-agent': 'a' });
});

test('behavior: names of object members are ordinary names', () => {
  const raw = ['constructor', '1', '__proto__', '2'];
  const metadata = readMetadata({}, raw, new Set());
  expect(Object.entries(metadata)).toEqual([
    ['constructor', '1'],
    ['__proto__', '2'],
  ]);
});
