import { expect, test } from 'vitest';
import { toJsonName, toMapEntryName } from './json-name.ts';

test.each([
  ['foo', 'foo', 'FooEntry'],
  ['foo_bar', 'fooBar', 'FooBarEntry'],
  ['foo__bar_', 'fooBar', 'FooBarEntry'],
  ['_foo', 'Foo', 'FooEntry'],
  ['__foo', 'Foo', 'FooEntry'],
  ['FOO_BAR', 'FOOBAR', 'FOOBAREntry'],
  ['foo_1a', 'foo1a', 'Foo1aEntry'],
  ['_', '', 'Entry'],
  ['a_b_c', 'aBC', 'ABCEntry'],
])('behavior: %s is %s in JSON, and %s as a map', (name, json, entry) => {
  expect([toJsonName(name), toMapEntryName(name)]).toEqual([json, entry]);
});
