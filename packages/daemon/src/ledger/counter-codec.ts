import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BaseError, bigintToBytes, bytesToBigint, bytesToHex, hexToBytes } from '@snetkit/core';
import { CounterSchema } from '../gen/snetkit/ledger/v1/ledger_pb.ts';
import type { CounterRecord } from './counter.ts';

/** The stored form of a counter (ledger.proto, `Counter`). */
export function encodeCounter({ planned, used, marks }: CounterRecord): Uint8Array {
  const message = create(CounterSchema, {
    planned: bigintToBytes(planned),
    used: bigintToBytes(used),
    marks: marks.map(({ owner, write }) => ({ owner: hexToBytes(`0x${owner}`), write })),
  });
  return toBinary(CounterSchema, message);
}

/**
 * Reads the stored form of a counter.
 *
 * @param place the key, for the error
 * @throws BaseError STORE_VALUE_INVALID
 */
export function decodeCounter(bytes: Uint8Array, place: string): CounterRecord {
  try {
    const { planned, used, marks } = fromBinary(CounterSchema, bytes);
    return {
      planned: bytesToBigint(planned),
      used: bytesToBigint(used),
      marks: marks.map(({ owner, write }) => ({ owner: bytesToHex(owner).slice(2), write })),
    };
  } catch (cause) {
    throw new BaseError('STORE_VALUE_INVALID', 'A counter in the store cannot be read.', {
      place,
      cause,
    });
  }
}
