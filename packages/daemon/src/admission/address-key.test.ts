import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getAddressKey } from './address-key.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
])('args: %s is %s', (text, key) => {
  expect(getAddressKey(text)).toBe(key);
});

test.each([
  '',
  'unknown',
  '1.2.3',
  '1.2.3.4:80',
  '[::1]',
  ':::',
  'example.org',
  '1.2.3.4, 5.6.7.8',
])('args: "%s" is no address', (text) => {
  expect(getAddressKey(text)).toBeUndefined();
});

test('behavior: every address of a /64 is the same one, in every spelling', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const { hostname } = new URL(`http://[${text}]`);
      expect(getAddressKey(hostname.slice(1, -1))).toBe(getAddressKey(text));
    }),
  );
  const hosts = ['2001:db8::1', '2001:db8:0:0:ffff:ffff:ffff:ffff'].map(getAddressKey);
  expect(new Set(hosts).size).toBe(1);
  expect(getAddressKey('2001:db8:0:1::1')).not.toBe(hosts[0]);
});
