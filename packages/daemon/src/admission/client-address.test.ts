import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ipRange } from '../config/types/ip-range.ts';
import { createClientAddress } from './client-address.ts';

function trust(...texts: string[]) {
  const trustedProxies = texts.map((text) => {
    const parsed = ipRange().parse(text);
    if ('problems' in parsed) throw new Error(text);
    return parsed.value;
  });
  return createClientAddress({ trustedProxies });
}

const from = (forwarded: string | string[]) => ({ 'x-forwarded-for': forwarded });

test('default: nobody is believed, whatever he says', () => {
  const addressOf = trust();
  expect(addressOf('192.0.2.1', from('198.51.100.7'))).toBe('192.0.2.1');
  expect(addressOf('127.0.0.1', from('198.51.100.7'))).toBe('127.0.0.1');
});

test('behavior: a trusted proxy tells whom it stands for', () => {
  const addressOf = trust('10.0.0.0/8', '::1');
  expect(addressOf('10.1.2.3', from('198.51.100.7'))).toBe('198.51.100.7');
  expect(addressOf('::ffff:10.1.2.3', from('198.51.100.7'))).toBe('198.51.100.7');
  expect(addressOf('::1', from('2001:db8:1:2::9'))).toBe('2001:db8:1:2::/64');
  expect(addressOf('11.1.2.3', from('198.51.100.7'))).toBe('11.1.2.3');
});

test('behavior: what the client put there itself counts for nothing', () => {
  const addressOf = trust('10.0.0.0/8');
  expect(addressOf('10.0.0.1', from('203.0.113.9, 198.51.100.7'))).toBe('198.51.100.7');
  expect(addressOf('10.0.0.1', from(['203.0.113.9', '198.51.100.7']))).toBe('198.51.100.7');
  expect(addressOf('10.0.0.1', from('10.9.9.9, 198.51.100.7'))).toBe('198.51.100.7');
});

test('behavior: of several proxies in a row the last that is not trusted counts', () => {
  const addressOf = trust('10.0.0.0/8');
  expect(addressOf('10.0.0.1', from('203.0.113.9,198.51.100.7, 10.0.0.2'))).toBe('198.51.100.7');
  expect(addressOf('10.0.0.1', from('10.0.0.3, 10.0.0.2'))).toBe('10.0.0.3');
});

test.each([
  ['198.51.100.7:4711', '198.51.100.7'],
  ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
])('args: %s is %s', (text, key) => {
  expect(trust('10.0.0.0/8')('10.0.0.1', from(text))).toBe(key);
});

test.each(['', 'unknown', '_hidden', '198.51.100.7 10.0.0.1'])(
  'behavior: a proxy that says "%s" stands for itself',
  (text) => {
    expect(trust('10.0.0.0/8')('10.0.0.1', from(text))).toBe('10.0.0.1');
  },
);

test('behavior: a proxy that says nothing stands for itself, and who is gone for nobody', () => {
  const addressOf = trust('10.0.0.0/8');
  expect(addressOf('10.0.0.1', {})).toBe('10.0.0.1');
  expect(addressOf('', from('198.51.100.7'))).toBe('unknown');
});

test('behavior: a header of any length is read from its end only', () => {
  const addressOf = trust('10.0.0.0/8');
  const many = new Array(10_000).fill('10.0.0.2').join();
  expect(addressOf('10.0.0.1', from(`198.51.100.7,${many}`))).toBe('10.0.0.2');
});

test('behavior: of a header nothing but the address is kept in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const addressOf = trust('10.0.0.0/8');
  const keys = new Set<string>();
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 2_000; at++) {
    const header = Buffer.alloc(16_000, `${at}, `).toString('latin1');
    keys.add(addressOf('10.0.0.1', from(`${header}, 198.51.${100 + (at >> 8)}.${at & 255}`)));
  }
  collect();
  expect(keys.size).toBe(2_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(8 * 2 ** 20);
});
