import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BaseError, bytesToHex, hexToBytes } from '@snetkit/core';
import { ControlSchema } from '../gen/snetkit/group/v1/group_pb.ts';

/** A request of an operator that took effect; it must not take effect again. */
export interface UsedRequest {
  /** Method of ConfigurationService. */
  readonly method: string;
  /** Lower-case address. */
  readonly signer: string;
  /** Signed block number. */
  readonly block: bigint;
  /** 16 random bytes as hex: tells the request from its repetition. */
  readonly id: string;
}

/** The stop switch of a group, as all its replicas see it. */
export interface GroupControl {
  readonly isStopped: boolean;
  /** Lower-case address of who switched last; empty while nobody ever did. */
  readonly operator: string;
  /** Unix seconds; 0 while nobody ever did. */
  readonly switchedAt: number;
  readonly used: readonly UsedRequest[];
}

/** The switch with the version of its last write; `0n`: it was never written. */
export interface VersionedControl {
  readonly control: GroupControl;
  readonly version: bigint;
}

/** Key of the switch in the store of the group. */
export const controlKey = 'control/stopped';

/** The switch that nobody has touched yet. */
export const untouchedControl: GroupControl = {
  isStopped: false,
  operator: '',
  switchedAt: 0,
  used: [],
};

/** The stored form (group.proto, `Control`). */
export function encodeControl({ isStopped, operator, switchedAt, used }: GroupControl): Uint8Array {
  const message = create(ControlSchema, {
    stopped: isStopped,
    operator: operator === '' ? new Uint8Array() : hexToBytes(operator),
    switchedAt: BigInt(switchedAt),
    used: used.map(({ method, signer, block, id }) => ({
      method,
      signer: hexToBytes(signer),
      block,
      id: hexToBytes(id),
    })),
  });
  return toBinary(ControlSchema, message);
}

/**
 * Reads what {@link encodeControl} wrote; without a value, the untouched switch.
 *
 * @throws BaseError `STORE_VALUE_INVALID`
 */
export function decodeControl(value: Uint8Array | undefined): GroupControl {
  if (value === undefined) return untouchedControl;
  try {
    const { stopped, operator, switchedAt, used } = fromBinary(ControlSchema, value);
    return {
      isStopped: stopped,
      operator: operator.length === 0 ? '' : bytesToHex(operator),
      switchedAt: Number(switchedAt),
      used: used.map(({ method, signer, block, id }) => ({
        method,
        signer: bytesToHex(signer),
        block,
        id: bytesToHex(id),
      })),
    };
  } catch (cause) {
    throw new BaseError('STORE_VALUE_INVALID', 'The stop switch in the store cannot be read.', {
      place: controlKey,
      cause,
    });
  }
}
