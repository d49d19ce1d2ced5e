import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  Compare_CompareResult,
  Compare_CompareTarget,
  type CompareSchema,
  type RequestOpSchema,
  type TxnRequest,
  TxnRequestSchema,
  type TxnResponse,
} from '../../gen/etcdserverpb/rpc_pb.ts';
import type { CommitItem, CommitOutcome } from '../store.ts';

type CompareInit = MessageInitShape<typeof CompareSchema>;
type OperationInit = MessageInitShape<typeof RequestOpSchema>;

/** What a transaction says besides its items. */
export interface TransactionOptions {
  /** Key that exists while an owner lives. */
  readonly replicaKey: (owner: string) => string;
  /** Owner that must still live for anything to apply. */
  readonly owner: string | undefined;
  /** Key in the scope that is never written. */
  readonly unusedKey: string;
}

/**
 * One request in which every item is a transaction of its own: if all its checks hold, all its
 * writes. An item that does not apply looks whether the owner is still there.
 */
export function buildTransaction(
  items: readonly CommitItem[],
  { replicaKey, owner, unusedKey }: TransactionOptions,
): TxnRequest {
  const ownKey = owner === undefined ? undefined : Buffer.from(replicaKey(owner));
  return create(TxnRequestSchema, {
    success: items.map((item): OperationInit => {
      const dead = (item.deadOwners ?? []).map((id) => Buffer.from(replicaKey(id)));
      const compare = [
        ...item.checks.map(({ key, version }) => hasVersion(Buffer.from(key), version)),
        ...dead.map((key) => hasVersion(key, 0n)),
        ...(ownKey === undefined ? [] : [exists(ownKey)]),
      ];
      const failure: OperationInit[] =
        ownKey === undefined
          ? []
          : [{ request: { case: 'requestRange', value: { key: ownKey, countOnly: true } } }];
      const value = { compare, success: writesOf(item), failure };
      return { request: { case: 'requestTxn', value } };
    }),
    // Without a condition this never runs. But etcd counts only outer puts against its quota: without
    // one it would let the nested ones grow its data beyond all bounds.
    failure: [{ request: { case: 'requestPut', value: { key: Buffer.from(unusedKey) } } }],
  });
}

/** What became of each item; `forsaken` stands for one that found its own owner gone. */
export function readOutcomes(
  response: TxnResponse,
  forsaken: CommitOutcome,
): readonly CommitOutcome[] {
  const version = response.header?.revision ?? 0n;
  return response.responses.map(({ response: { value: item } }): CommitOutcome => {
    if (item === undefined || !('succeeded' in item)) {
      return { outcome: 'unknown', cause: 'an answer of another kind' };
    }
    if (item.succeeded) return { outcome: 'applied', version };
    const [own] = item.responses;
    const isForsaken = own?.response.case === 'responseRange' && own.response.value.count === 0n;
    return isForsaken ? forsaken : { outcome: 'conflict' };
  });
}

/** A key that does not exist has the revision 0. */
function hasVersion(key: Buffer, version: bigint): CompareInit {
  return {
    key,
    target: Compare_CompareTarget.MOD,
    result: Compare_CompareResult.EQUAL,
    targetUnion: { case: 'modRevision', value: version },
  };
}

function exists(key: Buffer): CompareInit {
  return {
    key,
    target: Compare_CompareTarget.MOD,
    result: Compare_CompareResult.GREATER,
    targetUnion: { case: 'modRevision', value: 0n },
  };
}

function writesOf({ writes }: CommitItem): OperationInit[] {
  // etcd refuses to write a key twice; the last word counts, as in the other stores.
  const last = new Map(writes.map(({ key, value }) => [key, value]));
  return [...last].map(([text, value]): OperationInit => {
    const key = Buffer.from(text);
    return {
      request:
        value === undefined
          ? { case: 'requestDeleteRange', value: { key } }
          : { case: 'requestPut', value: { key, value } },
    };
  });
}
