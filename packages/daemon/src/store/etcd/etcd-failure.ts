import { BaseError } from '@snetkit/core';
import { GrpcFailure } from './grpc-failure.ts';

/**
 * What a failed request tells. `refused`: it was not done, and this member will not do it now; another
 * may. `token`: it was not done for want of a valid token. `rejected`: it was not done, and no member
 * will do it. `unclear`: it may have been done, or be done later.
 */
export type EtcdFailureKind = 'refused' | 'token' | 'rejected' | 'unclear';

/** Texts that etcd gives before it proposes anything, or instead of applying it. */
const kinds: readonly (readonly [RegExp, EtcdFailureKind])[] = [
  [/^etcdserver: (no leader|too many requests)$/, 'refused'],
  [/^etcdserver: (invalid auth token|user name is empty)$/, 'token'],
  // Rights were changed after the token was given: the words of 3.4, then those of later versions.
  [/^(auth: revision in header is old|etcdserver: revision of auth store is old)$/, 'token'],
  [/^etcdserver: permission denied$/, 'rejected'],
  [/^etcdserver: (too many operations|duplicate key given) in txn request$/, 'rejected'],
  [/^etcdserver: mvcc: required revision has been compacted$/, 'rejected'],
  [/^etcdserver: (request is too large|requested lease not found)$/, 'rejected'],
];

/**
 * Sorts a failure by what it excludes. "database space exceeded" is unclear on purpose: a member that
 * notices only while it applies a transaction applies it, and answers so all the same.
 */
export function classifyEtcdFailure(cause: unknown): EtcdFailureKind {
  if (!(cause instanceof GrpcFailure)) return 'unclear';
  if (cause.isUnseen) return 'refused';
  return kinds.find(([text]) => text.test(cause.message))?.[1] ?? 'unclear';
}

/** Whether etcd says that its space is used up: asking again, or elsewhere, does not help. */
export function isOutOfSpace(cause: unknown): boolean {
  return cause instanceof GrpcFailure && /database space exceeded/.test(cause.message);
}

/** The failure as the store reports it. */
export function etcdError(cause: unknown, place: string): BaseError {
  if (cause instanceof BaseError) return cause;
  return new BaseError('STORE_UNAVAILABLE', 'etcd did not do what it was asked for.', {
    place,
    found: cause instanceof Error ? cause.message : String(cause),
    hint: isOutOfSpace(cause)
      ? 'Compact and defragment etcd or raise --quota-backend-bytes, then disarm the alarm (etcdctl alarm disarm).'
      : 'Look at the log of etcd, and whether a majority of its members can be reached.',
    cause,
  });
}
