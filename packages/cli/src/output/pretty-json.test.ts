import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from './pretty-json.ts';

test('default', () => {
  const value = {
    language: { code: 'de', name: 'German' },
    candidates: [
      { code: 'de', score: 0.83 },
      { code: 'nl', score: 0.65 },
    ],
    count: 5n,
    data: new Uint8Array([1, 2, 3]),
  };
  expect(prettyJson(value, 50)).toBe(
    [
      '{',
      '  "language": {"code": "de", "name": "German"},',
      '  "candidates": [',
      '    {"code": "de", "score": 0.83},',
      '    {"code": "nl", "score": 0.65}',
      '  ],',
      '  "count": "5",',
      '  "data": "AQID"',
      '}',
    ].join('\n'),
  );
});

test('behavior: what fits stays on one line', () => {
  expect(prettyJson({ a: [1, { b: null }], c: {} }, 80)).toBe('{"a": [1, {"b": null}], "c": {}}');
});

test('behavior: any value stays the same, however narrow the terminal is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(100), (value, columns) => {
      expect(JSON.parse(prettyJson(value, columns))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('behavior: no line is longer than the terminal is wide, if its texts are not', () => {
  const item = fc.record({ a: fc.integer(), b: fc.boolean(), c: fc.array(fc.integer()) });
  fc.assert(
    fc.property(fc.array(item), (value) => {
      for (const line of prettyJson(value, 40).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(40);
      }
    }),
  );
});
