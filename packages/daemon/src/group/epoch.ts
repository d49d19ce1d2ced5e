import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { EpochSchema } from '../gen/snetkit/group/v1/epoch_pb.ts';
import type { CommitItem, Store } from '../store/store.ts';
import { epochKey } from './group-watch.ts';

/** Which life of its records a store is in. */
export interface Epoch {
  /** `0n` in a store that nothing was ever moved into. */
  readonly number: bigint;
  /** Unix seconds. */
  readonly startedAt: number;
  /** What was done, in words. */
  readonly reason: string;
}

const noEpoch: Epoch = { number: 0n, startedAt: 0, reason: '' };

/** The stored form (epoch.proto). */
export function encodeEpoch({ number, startedAt, reason }: Epoch): Uint8Array {
  const message = create(EpochSchema, { number, startedAt: BigInt(startedAt), reason });
  return toBinary(EpochSchema, message);
}

/**
 * The epoch of a store, with the version of its key.
 *
 * @throws BaseError STORE_VALUE_INVALID, or that the store cannot be read
 */
export async function readEpoch(
  store: Pick<Store, 'get'>,
): Promise<{ epoch: Epoch; version: bigint }> {
  const stored = await store.get(epochKey);
  if (stored === undefined) return { epoch: noEpoch, version: 0n };
  try {
    const { number, startedAt, reason } = fromBinary(EpochSchema, stored.value);
    const epoch = { number, startedAt: Number(startedAt), reason };
    return { epoch, version: stored.version };
  } catch (cause) {
    throw new BaseError('STORE_VALUE_INVALID', 'The epoch of the store cannot be read.', {
      place: epochKey,
      cause,
    });
  }
}

/**
 * The write that begins a new epoch: every replica that sees it drops what it remembers and writes in
 * another name.
 *
 * @param options.beyond - an epoch elsewhere that this one must be beyond as well
 * @throws BaseError STORE_VALUE_INVALID, or that the store cannot be read
 */
export async function planNextEpoch(
  store: Pick<Store, 'get'>,
  options: { reason: string; beyond?: bigint },
): Promise<CommitItem> {
  const { reason, beyond = 0n } = options;
  const { epoch, version } = await readEpoch(store);
  const number = (epoch.number > beyond ? epoch.number : beyond) + 1n;
  const startedAt = Math.floor(Date.now() / 1_000);
  return {
    checks: [{ key: epochKey, version }],
    writes: [{ key: epochKey, value: encodeEpoch({ number, startedAt, reason }) }],
  };
}
