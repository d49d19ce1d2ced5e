import { Code, ConnectError } from '@connectrpc/connect';
import { expect, test } from 'vitest';
import { classifyFailure } from './classify.ts';

/** As a Connect client reports a status of the wire. */
function wire(code: number, message: string): ConnectError {
  const metadata = { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message) };
  return new ConnectError(message, Code.Internal, metadata);
}

test.each([
  [1000, 'incorrect payment channel nonce, latest: 1, sent: 0', 'resynchronise'],
  [16, 'income 5 does not equal to price 2', 'resynchronise'],
  [16, 'income -5 does not equal to price 2', 'resynchronise'],
  [16, 'not enough tokens on payment channel, channel amount: 1, payment amount: 2', 'funds'],
  [
    16,
    'payment channel is near to be expired, expiration time: 1, current block: 2, expiration threshold: 3',
    'expiry',
  ],
  [16, 'payment signature is not valid', 'refused'],
  [16, 'payment is not signed by channel signer/sender', 'refused'],
  [16, 'payment channel "{ID: 42}" not found', 'refused'],
  [9, 'another transaction on channel: {ID: 42} is in progress', 'busy'],
  [13, 'unable to store new payment channel state', 'inDoubt'],
  [13, 'payment channel error: whatever', 'refused'],
  [
    13,
    'internal error: free call limit has been exceeded, calls made = 4, total free calls eligible = 4',
    'usedUp',
  ],
  [13, 'internal error: authentication failed as the Free Call Token passed has expired', 'token'],
  [16, 'token sign is not valid', 'token'],
  [3, "invalid token: no '_' found", 'token'],
  [13, 'internal error: authentication failed as the signature passed has expired', 'block'],
  [16, 'sign is not valid: incorrect signature length', 'refused'],
  [9, 'another transaction on this user: {ID:0x1} is in progress', 'busy'],
  [13, 'unable to store new transaction free call user state', 'inDoubt'],
  [13, 'internal error: Usage Exceeded on channel Id 42', 'usedUp'],
  [13, 'internal error: token has invalid claims: token is expired', 'token'],
  [5, 'no such text', 'notCharged'],
  [16, 'log in first', 'notCharged'],
  [9, 'another transaction', 'notCharged'],
])('args: %s %s is %s', (code, message, kind) => {
  expect(classifyFailure(wire(code, message))).toEqual({ kind, status: { code, message } });
});

test('behavior: no status at all leaves it open whether the call was charged', () => {
  const lost = new ConnectError('socket hang up', Code.Unavailable);
  expect(classifyFailure(lost)).toEqual({ kind: 'inDoubt', status: undefined });
  expect(classifyFailure(new Error('anything'))).toEqual({ kind: 'inDoubt', status: undefined });
});

test('behavior: a request that never left was not charged', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const refused = new ConnectError('refused', Code.Unavailable, undefined, undefined, cause);
  expect(classifyFailure(refused)).toEqual({ kind: 'notCharged', status: undefined });
});

test.each(['ENOTCONN', 'ENOTFOUND', 'EHOSTUNREACH'])(
  'behavior: nor was one for which there was no connection (%s)',
  (code) => {
    const cause = Object.assign(new Error('no way'), { code });
    const lost = new ConnectError('no way', Code.Unknown, undefined, undefined, cause);
    expect(classifyFailure(lost)).toEqual({ kind: 'notCharged', status: undefined });
  },
);

test('behavior: nor was one that the daemon refused to look at', () => {
  const text = 'Stream closed with error code NGHTTP2_REFUSED_STREAM';
  const refused = new ConnectError(text, Code.Internal);
  expect(classifyFailure(refused)).toEqual({ kind: 'notCharged', status: undefined });
});
