import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sdkVectors } from '../../test/vectors.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import { formatGroupId, parseGroupId } from './group-id.ts';

const vectors = sdkVectors.group_ids.map(({ base64, bytes32 }) => [base64, bytes32] as const);

test.each(vectors)('default: %s', (text, bytes32) => {
  expect(bytesToHex(parseGroupId(text))).toBe(bytes32);
  expect(formatGroupId(bytes32)).toBe(text);
  expect(formatGroupId(hexToBytes(bytes32))).toBe(text);
});

test('behavior: reads back what it writes', () => {
  const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(bytes32, (id) => {
      expect(parseGroupId(formatGroupId(id))).toEqual(id);
    }),
  );
});

test('error: not a group id', () => {
  const place = 'groups[0].group_id';
  expect(() => parseGroupId('default_group', { place })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not a group id.
    Place: groups[0].group_id
    Expected: 32 bytes in base64: 44 characters that end with "="
    Found: "default_group"]
  `);
});

// Line break, no padding, 33 bytes, bits that nothing uses, and hexadecimal instead of base64.
test.each([
  `${vectors[0]![0]}\n`,
  vectors[0]![0].slice(0, 43),
  `A${vectors[0]![0]}`,
  `${'/'.repeat(43)}=`,
  vectors[0]![1],
])('error: %j', (text) => {
  expect(() => parseGroupId(text)).toThrow('This is not a group id.');
});

test('error: not 32 bytes', () => {
  expect(() => formatGroupId('0x00')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not a group id.
    Expected: 32 bytes
    Found: 1 bytes]
  `);
});
