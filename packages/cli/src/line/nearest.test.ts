import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const names = ['dev', 'call', 'account balance', 'channel list', 'channel open'];

test.each([
  ['cal', 'call'],
  ['clal', 'call'],
  ['dve', 'dev'],
  ['chanel list', 'channel list'],
  ['channel opn', 'channel open'],
  ['account', undefined],
  ['frobnicate', undefined],
  ['', undefined],
])('default: %s', (word, meant) => {
  expect(nearest(word, names)).toBe(meant);
});
