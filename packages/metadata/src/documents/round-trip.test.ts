import { type JsonValue, stringifyJson } from '@snetkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { organizationDocument, serviceDocument } from '../../test/arbitrary-documents.ts';
import { computeCid } from '../content/compute-cid.ts';
import { parseOrganizationMetadata } from './parse-organization-metadata.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';
import { serializeMetadata } from './serialize-metadata.ts';

const kinds = [
  { kind: 'service', documents: serviceDocument, parse: parseServiceMetadata },
  { kind: 'organization', documents: organizationDocument, parse: parseOrganizationMetadata },
] as const;

/** Every leaf with the keys that lead to it, in order. */
function listLeaves(value: JsonValue, at = ''): string[] {
  if (typeof value !== 'object' || value === null)
    return [`${at} ${typeof value} ${String(value)}`];
  return [
    `${at} ${Array.isArray(value)}`,
    ...Object.entries(value).flatMap(([key, item]) =>
      listLeaves(item, `${at}/${JSON.stringify(key)}`),
    ),
  ];
}

test.each(kinds)('behavior: a $kind document keeps every key and digit', ({ documents, parse }) => {
  fc.assert(
    fc.property(documents, fc.nat(4), (document, indent) => {
      const read = parse(stringifyJson(document, { indent })).document;
      expect(listLeaves(read)).toEqual(listLeaves(document));
      expect(listLeaves(parse(serializeMetadata(read)).document)).toEqual(listLeaves(document));
    }),
  );
});

/** Canonical JSON as text from the beginning: nothing of ours wrote it. */
const canonical = fc.letrec<{ value: string; list: string; object: string }>((tie) => {
  const quoted = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'a',
          'Z',
          ' ',
          '/',
          "'",
          '\\"',
          '\\\\',
          '\\n',
          '\\u00e4',
          '\\u007f',
          '\\ud83d\\ude00',
          '\\u0000',
          '\\ud800',
        ),
      ),
      { maxLength: 5 },
    )
    .map((parts) => `"${parts.join('')}"`);
  const digits = fc.oneof(
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 300n }).map(String),
    fc.constantFrom('0', '0.5', '-1.25'),
  );
  return {
    value: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(quoted, digits, fc.constantFrom('true', 'false', 'null')),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    object: fc
      .uniqueArray(fc.tuple(quoted, tie('value')), { maxLength: 4, selector: ([key]) => key })
      .map((members) => `{${members.map(([key, item]) => `${key}: ${item}`).join(', ')}}`),
  };
}).object;

test('behavior: what is canonical already keeps its bytes, hence its CID', async () => {
  await fc.assert(
    fc.asyncProperty(canonical, async (members) => {
      const text = members === '{}' ? '{"x": 1}' : members.replace('{', '{"x": 1, ');
      const written = serializeMetadata(parseServiceMetadata(text).document);
      expect(written).toBe(text);
      const [before, after] = [text, written].map((one) =>
        computeCid(new TextEncoder().encode(one)),
      );
      expect(await after).toBe(await before);
    }),
  );
});
