import { expect, test } from 'vitest';
import { checkClock } from './check-chain.ts';
import { checkEnd } from './check-tls.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each([
  [0, 'ok', 'the latest block is 0 s old'],
  [120, 'ok', 'the latest block is 120 s old'],
  [121, 'warn', 'the latest block is 121 s old'],
  [-15, 'ok', 'the latest block is 0 s old'],
  [-16, 'fail', "the latest block is 16 s ahead of this machine's clock"],
])('behavior: a block of %i s ago is %s', (age, status, text) => {
  const finding = checkClock(now / 1_000 - age, now);
  expect(finding).toMatchObject({ status, text });
  expect('fix' in finding).toBe(status !== 'ok');
});

test.each([
  ['Nov 20 12:00:00 2026 GMT', 'fail', 'CN=a ended on Nov 20 12:00:00 2026 GMT'],
  ['Dec  1 12:00:00 2026 GMT', 'warn', 'CN=a, good for 10 days'],
  ['Dec 31 12:00:00 2026 GMT', 'ok', 'CN=a, good for 40 days'],
])('behavior: a certificate until %s is %s', (validTo, status, text) => {
  expect(checkEnd({ validTo, subject: 'CN=a' }, now)).toMatchObject({ status, text });
});
