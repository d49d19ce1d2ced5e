import { expect, test } from 'vitest';
import { classifyEtcdFailure, etcdError } from './etcd-failure.ts';
import { GrpcFailure } from './grpc-failure.ts';

// Texts of etcd 3.4 and 3.5, api/v3rpc/rpctypes/error.go and server/auth.
test.each([
  ['etcdserver: no leader', 'refused'],
  ['etcdserver: too many requests', 'refused'],
  ['etcdserver: invalid auth token', 'token'],
  ['etcdserver: user name is empty', 'token'],
  ['auth: revision in header is old', 'token'],
  ['etcdserver: revision of auth store is old', 'token'],
  ['etcdserver: permission denied', 'rejected'],
  ['etcdserver: too many operations in txn request', 'rejected'],
  ['etcdserver: duplicate key given in txn request', 'rejected'],
  ['etcdserver: request is too large', 'rejected'],
  ['etcdserver: requested lease not found', 'rejected'],
  ['etcdserver: mvcc: required revision has been compacted', 'rejected'],
  ['etcdserver: request timed out', 'unclear'],
  ['etcdserver: request timed out, possibly due to previous leader failure', 'unclear'],
  ['etcdserver: request timed out, possibly due to connection lost', 'unclear'],
  ['etcdserver: leader changed', 'unclear'],
  ['etcdserver: server stopped', 'unclear'],
  ['etcdserver: mvcc: database space exceeded', 'unclear'],
  ['context deadline exceeded', 'unclear'],
  ['a text that nobody knows', 'unclear'],
])('behavior: "%s" is %s', (text, kind) => {
  expect(classifyEtcdFailure(new GrpcFailure(text, { status: 14 }))).toBe(kind);
});

test('behavior: what the peer never saw is refused, what ended without a status is unclear', () => {
  expect(classifyEtcdFailure(new GrpcFailure('closed', { isUnseen: true }))).toBe('refused');
  expect(classifyEtcdFailure(new GrpcFailure('closed'))).toBe('unclear');
  expect(classifyEtcdFailure(new Error('?'))).toBe('unclear');
});

test('error: the whole message', () => {
  const failure = new GrpcFailure('etcdserver: request timed out', { status: 14 });
  expect(etcdError(failure, 'etcd 127.0.0.1:2379')).toMatchInlineSnapshot(`
    [BaseError: etcd did not do what it was asked for.
    Place: etcd 127.0.0.1:2379
    Found: etcdserver: request timed out
    Fix: Look at the log of etcd, and whether a majority of its members can be reached.]
  `);
});
