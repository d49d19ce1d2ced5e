import { expect, test } from 'vitest';
import { readRpc } from '../../test/admission/read-retry.ts';
import { limitedStatus } from './limited-status.ts';

const text = 'rate limiting , too many requests to handle';

test.each([
  [1_500, '2', '1500', '1.500s'],
  [0.4, '1', '1', '0.001s'],
  [60_000, '60', '60000', '60s'],
  [1e300, '86400', '86400000', '86400s'],
])('args: a wait of %s ms', (waitMs, retryAfter, pushback, retryDelay) => {
  const { code, message, trailers } = limitedStatus(waitMs);
  expect([code, message]).toEqual([8, text]);
  expect(trailers).toMatchObject({
    'retry-after': retryAfter,
    'grpc-retry-pushback-ms': pushback,
  });
  expect(readRpc('Status', trailers?.['grpc-status-details-bin'])).toEqual({
    code: 8,
    message: text,
    details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }],
  });
});

test('behavior: where waiting does not help, nothing is said of it', () => {
  expect(limitedStatus(Number.POSITIVE_INFINITY)).toEqual({ code: 8, message: text });
});
