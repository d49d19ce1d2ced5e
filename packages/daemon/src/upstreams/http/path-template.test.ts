import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { encodePathValue, type PathVariable, parsePathTemplate } from './path-template.ts';

function variableOf(template: string): PathVariable {
  const parsed = parsePathTemplate(template);
  if (typeof parsed === 'string') throw new TypeError(parsed);
  return parsed.find((part) => typeof part !== 'string') as PathVariable;
}

test('default', () => {
  expect(parsePathTemplate('/v1/{name=shelves/*}/books/{book.id}:read')).toMatchObject([
    '/v1/',
    { field: ['name'], isMulti: true },
    '/books/',
    { field: ['book', 'id'], isMulti: false },
    ':read',
  ]);
});

test('behavior: whatever the value, it is one segment and comes back whole', () => {
  const one = variableOf('/{id}');
  assert(
    property(string({ unit: 'grapheme', minLength: 1 }), (value) => {
      const encoded = encodePathValue(value, one);
      if (value === '.' || value === '..') expect(encoded).toBeUndefined();
      else {
        expect(encoded).toMatch(/^[\w.~%-]+$/);
        expect(decodeURIComponent(encoded ?? '')).toBe(value);
      }
    }),
  );
});

test('behavior: what a value must look like', () => {
  const shelf = variableOf('/{name=shelves/*/books/**}');
  expect(encodePathValue('shelves/a b/books/c/d', shelf)).toBe('shelves/a%20b/books/c/d');
  for (const value of ['shelves/a/b/books/c', 'shelves//books/c', 'shelves/a/books/', 'x', '']) {
    expect(encodePathValue(value, shelf), value).toBeUndefined();
  }
  expect(encodePathValue('shelves/a/books/../../../etc', shelf)).toBeUndefined();
});

test('error: what cannot be sent', () => {
  const faults = ['v1', '/v1/*', '/v1/{id', '/v1/{}', '/v1/{a b}', '/v1?x=1', '/ü'];
  expect(faults.map((text) => parsePathTemplate(text))).toEqual([
    'a path that starts with /',
    'a path whose * are all inside of variables',
    'a path whose braces match',
    'a variable such as {id} or {name=shelves/*}, not {}',
    'a variable such as {id} or {name=shelves/*}, not {a b}',
    'a path of plain ASCII, without ? and #',
    'a path of plain ASCII, without ? and #',
  ]);
});
