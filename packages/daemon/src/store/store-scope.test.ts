import { expect, test } from 'vitest';
import { storeScope } from './store-scope.ts';

const groupId = new Uint8Array(32).fill(0xfb);
const options = {
  chainId: 11155111n,
  mpe: '0x042d31F61c598eADcAc729B845406514521db520',
  organizationId: 'snet',
  groupId,
};

test('default', () => {
  expect(storeScope(options)).toBe(
    'snetkit/1/11155111/0x042d31f61c598eadcac729b845406514521db520/snet/-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s',
  );
});

test('behavior: no organization id reaches into another scope', () => {
  const part = (organizationId: string) => storeScope({ ...options, organizationId }).split('/')[4];
  expect(part('a/b')).toBe('a%2Fb');
  expect(part('a b')).toBe('a%20b');
  expect(part('a%2Fb')).toBe('a%252Fb');
  expect(part('\u{1f600}\n')).toBe('%F0%9F%98%80%0A');
  expect(storeScope({ ...options, organizationId: 'a/b' }).split('/').length).toBe(6);
});

test('error: an organization id that is no text', () => {
  expect(() => storeScope({ ...options, organizationId: '' })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The organization id cannot be part of a store key.
    Expected: 1 to 32 bytes of UTF-8 text
    Found: ""]
  `);
  expect(() =>
    storeScope({ ...options, organizationId: '\ud800' }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The organization id cannot be part of a store key.
    Expected: 1 to 32 bytes of UTF-8 text
    Found: "\\ud800"]
  `);
});
