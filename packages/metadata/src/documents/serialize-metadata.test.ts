import { parseJson } from '@snetkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { vectors } from '../../test/vectors.ts';
import { computeCid } from '../content/compute-cid.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';
import { serializeMetadata } from './serialize-metadata.ts';

const published = vectors.cids.cases.find(({ label }) => label.startsWith('service metadata'));

test('vector: the bytes, and the CID, of the official CLI', async () => {
  const { document } = parseServiceMetadata(published?.text ?? '');
  const text = serializeMetadata(document);
  expect(text).toBe(published?.text);
  expect(await computeCid(new TextEncoder().encode(text))).toBe(published?.cid_v0_dag_pb);
});

test('default', () => {
  const text = serializeMetadata({ b: [1, 12345678901234567890n, null, true], a: 'é"\n\u007f😀' });
  expect(text).toBe(
    '{"b": [1, 12345678901234567890, null, true], "a": "\\u00e9\\"\\n\\u007f\\ud83d\\ude00"}',
  );
});

test('behavior: what was written is read back', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ noUnicodeString: false })),
      (value) => {
        const text = serializeMetadata(JSON.parse(JSON.stringify(value)));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).toMatch(/^[ -~]*$/);
      },
    ),
  );
});

test('behavior: integers keep all their digits', () => {
  const text = '{"price_in_cogs": 1234567890123456789, "small": -5}';
  expect(serializeMetadata(parseJson(text) as never)).toBe(text);
});

test('error: a number that JSON has no text for', async () => {
  const error = await catchError(() => serializeMetadata({ a: Number.NaN }));
  expect(error.message).toBe('The number NaN cannot be written as JSON.');
});
