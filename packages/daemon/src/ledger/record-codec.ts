import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BaseError, bigintToBytes, bytesToBigint, bytesToHex, hexToBytes } from '@snetkit/core';
import {
  type ChainSnapshot as ChainSnapshotMessage,
  ChainSnapshotSchema,
  type ChannelAccount,
  ChannelAccountSchema,
  ClaimSchema,
} from '../gen/snetkit/ledger/v1/ledger_pb.ts';
import { checksumStored } from './checksum-stored.ts';
import type { ChainSnapshot, ChannelRecord, ClaimRecord } from './record.ts';

/** The stored form of a channel's account (ledger.proto, `ChannelAccount`). */
export function encodeChannelRecord(record: ChannelRecord): Uint8Array {
  const message = create(ChannelAccountSchema, {
    channelId: bigintToBytes(record.channelId),
    nonce: bigintToBytes(record.nonce),
    settledAmount: bigintToBytes(record.settledAmount),
    settledSignature: record.settledSignature,
    open: record.open.map(({ from, to }) => ({ from: bigintToBytes(from), to: bigintToBytes(to) })),
    entries: record.entries.map((entry) => ({
      nonce: bigintToBytes(entry.nonce),
      amount: bigintToBytes(entry.amount),
      price: bigintToBytes(entry.price),
      signature: entry.signature,
      owner: ownerToBytes(entry.owner),
      call: entry.call,
      committedAt: BigInt(entry.committedAt),
    })),
    credit: bigintToBytes(record.credit),
  });
  if (record.chain !== undefined) message.chain = toChainMessage(record.chain);
  return toBinary(ChannelAccountSchema, message);
}

/** What each snapshot is in a message: it changes with blocks, and is written with every call. */
const chainMessages = new WeakMap<ChainSnapshot, ChainSnapshotMessage>();

function toChainMessage(chain: ChainSnapshot): ChainSnapshotMessage {
  const known = chainMessages.get(chain);
  if (known !== undefined) return known;
  const { nonce, sender, signer, recipient, groupId, value, expiration } = chain;
  const message = create(ChainSnapshotSchema, {
    nonce: bigintToBytes(nonce),
    sender: hexToBytes(sender),
    signer: hexToBytes(signer),
    recipient: hexToBytes(recipient),
    groupId: hexToBytes(groupId),
    value: bigintToBytes(value),
    expiration: bigintToBytes(expiration),
  });
  chainMessages.set(chain, message);
  return message;
}

/**
 * Reads the stored form of a channel's account.
 *
 * @param place the key, for the error
 * @throws BaseError STORE_VALUE_INVALID
 */
export function decodeChannelRecord(bytes: Uint8Array, place: string): ChannelRecord {
  const message = decode(place, () => fromBinary(ChannelAccountSchema, bytes));
  return {
    channelId: bytesToBigint(message.channelId),
    nonce: bytesToBigint(message.nonce),
    settledAmount: bytesToBigint(message.settledAmount),
    settledSignature: message.settledSignature,
    open: message.open.map(({ from, to }) => ({
      from: bytesToBigint(from),
      to: bytesToBigint(to),
    })),
    entries: message.entries.map((entry) => ({
      nonce: bytesToBigint(entry.nonce),
      amount: bytesToBigint(entry.amount),
      price: bytesToBigint(entry.price),
      signature: entry.signature,
      owner: bytesToHex(entry.owner).slice(2),
      call: entry.call,
      committedAt: Number(entry.committedAt),
    })),
    credit: bytesToBigint(message.credit),
    chain: decodeChain(message, place),
  };
}

function decodeChain({ chain }: ChannelAccount, place: string): ChainSnapshot | undefined {
  if (chain === undefined) return undefined;
  return decode(place, () => ({
    nonce: bytesToBigint(chain.nonce),
    sender: checksumStored(chain.sender),
    signer: checksumStored(chain.signer),
    recipient: checksumStored(chain.recipient),
    groupId: bytesToHex(chain.groupId),
    value: bytesToBigint(chain.value),
    expiration: bytesToBigint(chain.expiration),
  }));
}

/** The stored form of a started claim (ledger.proto, `Claim`). */
export function encodeClaimRecord(claim: ClaimRecord): Uint8Array {
  return toBinary(
    ClaimSchema,
    create(ClaimSchema, {
      channelId: bigintToBytes(claim.channelId),
      nonce: bigintToBytes(claim.nonce),
      amount: bigintToBytes(claim.amount),
      signature: claim.signature,
      actual: bigintToBytes(claim.actual),
      startedBlock: claim.startedBlock,
    }),
  );
}

/**
 * Reads the stored form of a started claim.
 *
 * @throws BaseError STORE_VALUE_INVALID
 */
export function decodeClaimRecord(bytes: Uint8Array, place: string): ClaimRecord {
  const message = decode(place, () => fromBinary(ClaimSchema, bytes));
  return {
    channelId: bytesToBigint(message.channelId),
    nonce: bytesToBigint(message.nonce),
    amount: bytesToBigint(message.amount),
    signature: message.signature,
    actual: bytesToBigint(message.actual),
    startedBlock: message.startedBlock,
  };
}

function decode<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new BaseError('STORE_VALUE_INVALID', 'A stored value cannot be read', {
      place,
      expected: 'a record written by snetd',
      cause,
    });
  }
}

function ownerToBytes(owner: string): Uint8Array {
  return owner === '' ? new Uint8Array(0) : hexToBytes(`0x${owner}`);
}
