import { Code, ConnectError } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';

/**
 * What a failed request tells. `refused`: the server says that it did not do it, and this member will
 * not now: another may. `token`: the same, for want of a valid token. `rejected`: the same, and no
 * member will. `unclear`: it may have been done, or be done later.
 */
export type EtcdFailureKind = 'refused' | 'token' | 'rejected' | 'unclear';

/** Texts of etcd that are given before anything was proposed, or instead of applying it. */
const kinds: readonly (readonly [RegExp, EtcdFailureKind])[] = [
  [/^etcdserver: (no leader|too many requests)$/, 'refused'],
  [/^etcdserver: (invalid auth token|user name is empty)$/, 'token'],
  // The rights changed after the token was given (3.4, then later versions).
  [/^(auth: revision in header is old|etcdserver: revision of auth store is old)$/, 'token'],
  [/^etcdserver: (permission denied|authentication is not enabled)$/, 'rejected'],
  [/^etcdserver: (too many operations in txn request|duplicate key given in txn)/, 'rejected'],
  [
    /^etcdserver: (request is too large|requested lease not found|key is not provided)$/,
    'rejected',
  ],
];

/**
 * Sorts a failure by what it excludes. "database space exceeded" is unclear on purpose: a member that
 * notices only while it applies a transaction applies it all the same and then answers so.
 */
export function classifyEtcdFailure(cause: unknown): EtcdFailureKind {
  if (!(cause instanceof ConnectError)) return 'unclear';
  return kinds.find(([text]) => text.test(cause.rawMessage))?.[1] ?? 'unclear';
}

/** Whether it is worth asking another member, when the request may be made twice. */
export function isTransient(cause: unknown): boolean {
  if (!(cause instanceof ConnectError)) return true;
  const { code } = cause;
  return (
    code === Code.Unavailable ||
    code === Code.DeadlineExceeded ||
    code === Code.Canceled ||
    code === Code.Aborted ||
    code === Code.Internal ||
    code === Code.Unknown
  );
}

/** Whether etcd says that its space is used up. */
export function isOutOfSpace(cause: unknown): boolean {
  return cause instanceof ConnectError && /database space exceeded/.test(cause.rawMessage);
}

/** The failure as this store reports it. Names the member by host and port, never more of its URL. */
export function etcdError(cause: unknown, place: string): BaseError {
  if (cause instanceof BaseError) return cause;
  const found =
    cause instanceof ConnectError ? cause.rawMessage : cause instanceof Error ? cause.message : '';
  return new BaseError('STORE_UNAVAILABLE', 'etcd did not do what it was asked for.', {
    place,
    found,
    hint: isOutOfSpace(cause)
      ? 'Compact and defragment etcd or raise --quota-backend-bytes, then disarm the alarm (etcdctl alarm disarm).'
      : 'Look at the log of etcd, and whether a majority of its members is up and can be reached.',
    cause,
  });
}
