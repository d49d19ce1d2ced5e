import { assert, jsonValue, property } from 'fast-check';
import { expect, test } from 'vitest';
import { sliceMembers } from './slice-members.ts';

test('default: values come out as they stand there', () => {
  const text =
    ' { "id" : 1, "result": {"a": 1.50, "b\\"}": [12345678901234567890, "},{"]} , "x":null}\n';
  expect(Object.fromEntries(sliceMembers(text) ?? [])).toEqual({
    id: '1',
    result: '{"a": 1.50, "b\\"}": [12345678901234567890, "},{"]}',
    x: 'null',
  });
});

test('behavior: what holds no object', () => {
  expect(sliceMembers('[{"result":1}]')).toBeUndefined();
  expect(sliceMembers('"{"')).toBeUndefined();
  expect(sliceMembers('{}')).toEqual(new Map());
});

test('behavior: whatever the value, it comes out whole', () => {
  assert(
    property(jsonValue(), jsonValue(), (first, second) => {
      const members = sliceMembers(JSON.stringify({ first, second }, undefined, 1));
      const read = (name: string) => JSON.parse(members?.get(name) ?? '');
      expect(read('first')).toEqual(JSON.parse(JSON.stringify(first)));
      expect(read('second')).toEqual(JSON.parse(JSON.stringify(second)));
    }),
  );
});
