import { Code, ConnectError } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { CallError, toCallError } from './call-error.ts';

const endpoint = 'http://127.0.0.1:7000';
const startedAt = performance.now();
const call = { path: '/a.B/c', endpoint, signal: undefined, timeoutMs: 60_000, startedAt };

/** An error as the transport makes it of a status on the wire. */
function answered(code: number, message: string): ConnectError {
  const metadata = { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message) };
  return new ConnectError('whatever', Code.Internal, metadata);
}

test.each([
  [14, 'try later', 'CALL_FAILED', 'UNAVAILABLE (14): try later'],
  [5, '', 'CALL_FAILED', 'NOT_FOUND (5)'],
  [77, 'odd', 'CALL_FAILED', 'CODE_77 (77): odd'],
  [16, 'not yours', 'CALL_FAILED', 'UNAUTHENTICATED (16): not yours'],
  [
    16,
    'payment signature is not valid',
    'PAYMENT_REFUSED',
    'UNAUTHENTICATED (16): payment signature is not valid',
  ],
  [
    1000,
    'incorrect payment channel nonce, latest: 1, sent: 0',
    'PAYMENT_REFUSED',
    'CODE_1000 (1000): incorrect payment channel nonce, latest: 1, sent: 0',
  ],
])('behavior: the status %s "%s" is told as %s', (code, message, errorCode, found) => {
  const error = toCallError(answered(code, message), call);
  expect(error).toBeInstanceOf(CallError);
  expect(error).toMatchObject({ code: errorCode, found, place: `/a.B/c at ${endpoint}` });
  expect((error as CallError).status).toEqual({ code, message });
});

test('behavior: what our own code threw is found again', () => {
  const own = new BaseError('FIELD_INVALID', 'No.');
  expect(toCallError(ConnectError.from(own), call)).toBe(own);
});

test('behavior: who cancelled gets no riddle', () => {
  const signal = AbortSignal.abort();
  const error = toCallError(new ConnectError('x', Code.Canceled), { ...call, signal });
  expect(error.message).toBe('The call was cancelled.\nPlace: /a.B/c');
});

test('behavior: the caller’s deadline may be told by the other side first', () => {
  const past = { ...call, startedAt: startedAt - 60_000 };
  for (const code of [1, 4]) expect(toCallError(answered(code, 'x'), past).code).toBe('TIMED_OUT');
  // What the service says of its own accord, before the time is up, is its answer.
  expect(toCallError(answered(4, 'my backend is slow'), call).code).toBe('CALL_FAILED');
  expect(toCallError(answered(4, 'x'), { ...past, timeoutMs: 0 }).code).toBe('CALL_FAILED');
});

test('behavior: no status came', () => {
  const lost = toCallError(new ConnectError('socket hang up', Code.Unavailable), call);
  expect(lost.message).toBe(
    `The daemon cannot be reached.\nPlace: /a.B/c at ${endpoint}\nFound: socket hang up`,
  );
  const late = new ConnectError('late', Code.DeadlineExceeded);
  const past = { ...call, startedAt: startedAt - 60_000 };
  expect(toCallError(late, past).message).toBe(
    `The call took too long.\nPlace: /a.B/c at ${endpoint}\nExpected: an answer within 60000 ms`,
  );
});

test('behavior: a limit that has not passed yet is not named', () => {
  const early = toCallError(new ConnectError('late', Code.DeadlineExceeded), call);
  expect(early.message).toBe(
    [
      'Something that the call waited for took too long.',
      `Place: /a.B/c at ${endpoint}`,
      'Found: late',
    ].join('\n'),
  );
});
