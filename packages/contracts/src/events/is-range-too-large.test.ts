import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';
import { isRangeTooLarge } from './is-range-too-large.ts';

const refusal = (message: string, code = -32000) =>
  new RpcRefusal('eth_getLogs', { code, message });

// The wording of providers and nodes.
test.each([
  'query returned more than 10000 results',
  'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range',
  'exceed maximum block range: 5000',
  'block range is too wide',
  'eth_getLogs is limited to a 10,000 range',
  'query timeout exceeded',
  'too many logs',
  'range is too large, max is 1k blocks',
  'invalid block range params',
])('default: %s', (message) => {
  expect(isRangeTooLarge(refusal(message))).toBe(true);
});

test.each([
  'daily request count exceeded, request rate limited',
  'Your app has exceeded its compute units per second capacity',
  'Too Many Requests',
  'Method not found',
  'header not found',
  'BlockOutOfRangeError: block height is 28 but requested was 29',
])('behavior: a smaller range does not help against: %s', (message) => {
  expect(isRangeTooLarge(refusal(message))).toBe(false);
});

test('behavior: answers that are too long, and HTTP 413', () => {
  const long = new BaseError('RPC_ANSWER_INVALID', 'The answer of the chain is too long.');
  expect(isRangeTooLarge(long)).toBe(true);
  expect(isRangeTooLarge(new BaseError('RPC_HTTP_STATUS', 'x', { found: 'HTTP 413' }))).toBe(true);
  expect(isRangeTooLarge(new BaseError('RPC_HTTP_STATUS', 'x', { found: 'HTTP 500' }))).toBe(false);
  expect(isRangeTooLarge(new BaseError('RPC_ANSWER_INVALID', 'no JSON'))).toBe(false);
  expect(isRangeTooLarge(new TypeError('range'))).toBe(false);
});
