import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonSchema } from './json-schema.ts';
import { matches } from './matches.ts';

const scalar = fc.constantFrom(null, true, false, '', 'a', 'ab', 'ä😀', 0, 1, 2.5, -3);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), scalar, { maxKeys: 2 }),
  fc.array(fc.dictionary(fc.constantFrom('a', 'b'), scalar, { maxKeys: 2 }), { maxLength: 2 }),
);

/** One or two keywords, and below them schemas of a level less. */
function makeSchema(depth: number): fc.Arbitrary<JsonSchema> {
  const flat: fc.Arbitrary<JsonSchema>[] = [
    fc.record({
      type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'array', 'object'),
    }),
    fc.record({ const: fc.constantFrom('a', 1, true) }),
    fc.record({ enum: fc.constantFrom(['a', 'ab'], [0, false]) }),
    fc.record({ minLength: fc.nat(2), maxLength: fc.nat(2) }),
    fc.record({ pattern: fc.constantFrom('^a', 'b$', '^.{2}$') }),
    fc.record({
      minimum: fc.integer({ min: -3, max: 1 }),
      maximum: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ minItems: fc.nat(2) }),
    fc.record({ required: fc.constantFrom(['a'], ['a', 'b'], ['toString']) }),
  ];
  const any = fc.oneof(...flat);
  if (depth === 0) return any;
  const below = makeSchema(depth - 1);
  return fc.oneof(
    any,
    fc.tuple(any, any).map(([a, b]) => ({ ...a, ...b })),
    fc.record({ properties: fc.dictionary(fc.constantFrom('a', 'b'), below, { maxKeys: 2 }) }),
    fc.record({ contains: below, minContains: fc.nat(1), maxContains: fc.nat(2) }),
    fc.record({ contains: below }),
    fc.record({ anyOf: fc.array(below, { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: below }),
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    fc.record({ if: below, then: below }),
  );
}

test('behavior: it decides as a real validator does', () => {
  let accepted = 0;
  fc.assert(
    fc.property(makeSchema(2), fc.array(value, { minLength: 10, maxLength: 10 }), (schema, all) => {
      const accepts = new Ajv2020({ strict: false, ownProperties: true }).compile(schema);
      for (const data of all) {
        const expected = accepts(data);
        if (expected) accepted++;
        expect(matches(data as never, schema)).toBe(expected);
      }
    }),
    { numRuns: 200 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('behavior: integers of any size are integers, and those with an exponent are not', () => {
  expect(matches(2n ** 100n, { type: 'integer', minimum: 1 })).toBe(true);
  expect(matches(-(2n ** 100n), { type: 'number', minimum: 1 })).toBe(false);
  expect(matches(1e18, { type: 'integer' })).toBe(false);
  expect(matches(1e18, { type: 'number' })).toBe(true);
});
