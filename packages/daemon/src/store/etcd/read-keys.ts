import { BaseError } from '@snetkit/core';
import { KV, type RangeResponse } from '../../gen/etcdserverpb/rpc_pb.ts';
import type { Versioned } from '../store.ts';
import type { EtcdClient } from './etcd-client.ts';
import { isOutOfSpace } from './etcd-failure.ts';

/**
 * Reads keys, linearizable: several in one request.
 *
 * @returns in the order of the keys
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export async function readKeys(
  client: EtcdClient,
  keys: readonly string[],
): Promise<readonly (Versioned | undefined)[]> {
  if (keys.length === 1) return readEach(client, keys);
  const success = keys.map((key) => ({
    request: { case: 'requestRange' as const, value: { key: Buffer.from(key) } },
  }));
  try {
    const { responses } = await client.call(KV.method.txn, { success }, { mayRepeat: true });
    return responses.map(({ response }) =>
      response.case === 'responseRange' ? first(response.value) : undefined,
    );
  } catch (cause) {
    // Some versions (3.5.1) then refuse every transaction, also one that only reads.
    if (cause instanceof BaseError && isOutOfSpace(cause.cause)) return readEach(client, keys);
    throw cause;
  }
}

function readEach(
  client: EtcdClient,
  keys: readonly string[],
): Promise<readonly (Versioned | undefined)[]> {
  return Promise.all(
    keys.map(async (key) =>
      first(await client.call(KV.method.range, { key: Buffer.from(key) }, { mayRepeat: true })),
    ),
  );
}

function first({ kvs: [entry] }: RangeResponse): Versioned | undefined {
  return entry && { value: entry.value, version: entry.modRevision };
}
