import { randomBytes } from 'node:crypto';
import { BaseError } from '@snetkit/core';
import { KV, Lease } from '../../gen/etcdserverpb/rpc_pb.ts';
import type { Owner } from '../store.ts';
import type { EtcdClient } from './etcd-client.ts';

/** An owner of this process. */
export interface EtcdOwner extends Owner {
  /** The store has seen that its key is gone. */
  forsake(): void;
}

/** Options of {@link openEtcdOwner}. */
export interface EtcdOwnerOptions {
  readonly client: EtcdClient;
  readonly leaseMs: number;
  readonly replicaKey: (owner: string) => string;
}

/** Before the lease ends for the others, the owner ends for itself: 2 s, less for a short lease. */
const longestMarginMs = 2_000;
const marginShare = 0.25;
/**
 * Keep-alives within the time of a lease. With five, an owner on a lease of 10 s outlives an etcd that is
 * away for 5 s.
 */
const beatsPerLease = 5;
/** Pause before a failed keep-alive is sent again. */
const retryMs = 200;

/**
 * Writes the key of a new owner on a lease and keeps that alive. The deadline
 * counts from the moment when the last successful keep-alive was *sent*.
 *
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export async function openEtcdOwner(options: EtcdOwnerOptions): Promise<EtcdOwner> {
  const { client, leaseMs, replicaKey } = options;
  const id = randomBytes(16).toString('hex');
  const lost = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let released: Promise<void> | undefined;

  const first = performance.now();
  const grant = { TTL: BigInt(Math.ceil(leaseMs / 1_000)) };
  // Granted twice, the first lease ends by itself.
  const { ID, TTL } = await client.call(Lease.method.leaseGrant, grant, { mayRepeat: true });
  // etcd may give more than was asked for, never less.
  const ttlMs = Number(TTL) * 1_000;
  const lifeMs = ttlMs - Math.min(longestMarginMs, ttlMs * marginShare);
  let deadline = first + lifeMs;

  const key = replicaKey(id);
  await client.call(
    KV.method.txn,
    {
      success: [{ request: { case: 'requestPut', value: { key: Buffer.from(key), lease: ID } } }],
    },
    // Nobody else writes this key; written twice, it says the same.
    { mayRepeat: true },
  );
  const beatMs = ttlMs / beatsPerLease;
  schedule(beatMs);

  function schedule(delayMs: number): void {
    if (lost.signal.aborted || released !== undefined) return;
    const left = deadline - performance.now();
    timer = setTimeout(beat, Math.max(0, Math.min(delayMs, left)));
    timer.unref();
  }

  async function beat(): Promise<void> {
    const sent = performance.now();
    if (sent >= deadline) {
      lose('its lease was not renewed in time');
      return;
    }
    try {
      const timeoutMs = Math.min(ttlMs / 3, deadline - sent);
      const request = { ID };
      const answer = await client.call(Lease.method.leaseKeepAlive, request, {
        mayRepeat: true,
        timeoutMs,
      });
      if (released !== undefined) return;
      if (answer.TTL <= 0n) {
        lose('its lease is gone');
        return;
      }
      deadline = Math.max(deadline, sent + lifeMs);
      schedule(beatMs - (performance.now() - sent));
    } catch {
      schedule(retryMs);
    }
  }

  function lose(found: string): void {
    clearTimeout(timer);
    if (lost.signal.aborted || released !== undefined) return;
    deadline = Math.min(deadline, performance.now());
    const place = client.place;
    lost.abort(
      new BaseError('STORE_UNAVAILABLE', 'This replica lost its owner.', { place, found }),
    );
    // Sooner than by itself, if it is still there.
    void revoke();
  }

  async function revoke(): Promise<void> {
    // Gone already, or it goes by itself when its time is over.
    await client.call(Lease.method.leaseRevoke, { ID }, { mayRepeat: true }).catch(() => {});
  }

  return {
    id,
    get deadline() {
      return deadline;
    },
    lost: lost.signal,
    forsake: () => lose('its key is gone'),
    release() {
      released ??= revoke();
      clearTimeout(timer);
      return released;
    },
  };
}
