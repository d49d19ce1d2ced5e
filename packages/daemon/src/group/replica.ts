import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { ReplicaSchema } from '../gen/snetkit/group/v1/group_pb.ts';

/** A daemon process that serves a group. */
export interface Replica {
  readonly serviceId: string;
  /** Name of the machine. */
  readonly host: string;
  /** `http://127.0.0.1:8080`. */
  readonly endpoint: string;
  readonly version: string;
  /** Unix seconds. */
  readonly startedAt: number;
  readonly processId: number;
}

/** Prefix of the keys under which replicas are registered; the id of their owner follows. */
export const replicaPrefix = 'serving/';

/** The stored form (group.proto, `Replica`). */
export function encodeReplica(replica: Replica): Uint8Array {
  const message = create(ReplicaSchema, { ...replica, startedAt: BigInt(replica.startedAt) });
  return toBinary(ReplicaSchema, message);
}

/**
 * Reads what {@link encodeReplica} wrote.
 *
 * @throws BaseError `STORE_VALUE_INVALID`
 */
export function decodeReplica(value: Uint8Array, place: string): Replica {
  try {
    const { $typeName: _, $unknown: __, startedAt, ...rest } = fromBinary(ReplicaSchema, value);
    return { ...rest, startedAt: Number(startedAt) };
  } catch (cause) {
    throw new BaseError('STORE_VALUE_INVALID', 'The entry of a replica cannot be read.', {
      place,
      cause,
    });
  }
}
