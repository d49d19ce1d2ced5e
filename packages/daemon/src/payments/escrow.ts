import {
  BaseError,
  bytesToHex,
  hashPersonalMessage,
  type Keccak256,
  packClaimMessage,
  parseEscrowHeaders,
  paymentHeaders,
  type SignatureRecovery,
  sameAddress,
} from '@snetkit/core';
import type { ChannelAccounts } from '../accounts/channel-accounts.ts';
import { refuseChannel } from '../accounts/refusals.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { type Metadata, statusCode } from '../call/status.ts';
import type { ChainView, ChannelOnChain, ExpiryClock } from '../chain/chain-view.ts';
import { describeForeignChannel } from '../chain/describe-foreign-channel.ts';
import type { AllowedUsers } from './allowed-users.ts';
import type { Payment, PaymentType } from './payment.ts';

/** What an escrow payment is checked against. */
export interface EscrowOptions {
  readonly accounts: ChannelAccounts;
  readonly chain: ChainView;
  readonly clock: ExpiryClock;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  /** Escrow contract: part of every signed message. */
  readonly mpe: string;
  /** Payment address of the group. */
  readonly recipient: string;
  /** 32 bytes as hex with 0x. */
  readonly groupId: string;
  /** Who may sign at all. */
  readonly isAllowedUser: AllowedUsers;
  /** A channel must live longer than this from now on: blocks. */
  readonly expirationThreshold: bigint;
  readonly counters: { signatureRecoveries: number };
}

/** Payment through a channel of MultiPartyEscrow (daemon.md, section 4.1, on the rules of ledger.md). */
export function createEscrowPayment(options: EscrowOptions): PaymentType {
  return {
    name: 'escrow',
    async begin(head, { price, signal }) {
      const claim = readHeaders(head.metadata);
      const channel = await findChannel(options, claim.channelId);
      const signer = recover(options, claim);
      if (!options.isAllowedUser(signer)) {
        throw refuseUnauthenticated('payment signature is not valid');
      }
      if (!sameAddress(signer, channel.signer) && !sameAddress(signer, channel.sender)) {
        throw refuseUnauthenticated('payment is not signed by channel signer/sender');
      }
      await checkExpiration(options, channel);
      const cogs = await price();
      const account = options.accounts.get(claim.channelId);
      const call = await account.begin(
        {
          nonce: claim.nonce,
          amount: claim.amount,
          price: cogs,
          signature: claim.signature,
          allowGap: isSet(head.metadata[paymentHeaders.allowGap]),
        },
        { signal },
      );
      return {
        payer: channel.sender,
        rollback: () => account.rollback(call),
        commit: () => account.commit(call),
        handOver: (how) => account.handOver(call, how),
        settle: () => account.settle(call),
        takeBack: () => account.takeBack(call),
      } satisfies Payment;
    },
  };
}

type EscrowClaim = ReturnType<typeof parseEscrowHeaders>;

function readHeaders(metadata: Metadata): EscrowClaim {
  try {
    return parseEscrowHeaders((name) => valuesOf(metadata[name]));
  } catch (cause) {
    if (!(cause instanceof BaseError)) throw cause;
    throw new PaymentRefusal(statusCode.invalidArgument, cause.shortMessage, { cause });
  }
}

function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function isSet(value: string | readonly string[] | undefined): boolean {
  return value === '1' || (typeof value === 'object' && value.includes('1'));
}

/** The channel as far as it is known; read from the chain when it is met first. */
async function findChannel(options: EscrowOptions, id: bigint): Promise<ChannelOnChain> {
  const channel = options.chain.peek(id) ?? (await readChannel(options, id));
  const foreign = describeForeignChannel(channel, options);
  if (foreign !== undefined) throw refuseChannel(foreign);
  return channel;
}

async function readChannel(
  { chain, accounts }: EscrowOptions,
  id: bigint,
): Promise<ChannelOnChain> {
  let channel: ChannelOnChain | undefined;
  try {
    channel = await chain.read(id);
  } catch (cause) {
    const { record } = await accounts.readRecord(id);
    if (record.chain === undefined) throw refuseChannel('the chain cannot be read', cause);
    return { channelId: id, block: 0n, ...record.chain };
  }
  if (channel === undefined) {
    throw refuseUnauthenticated(`payment channel "{ID: ${id}}" not found`);
  }
  return channel;
}

function recover({ recovery, keccak, mpe, counters }: EscrowOptions, claim: EscrowClaim): string {
  const { channelId, nonce, amount, signature } = claim;
  counters.signatureRecoveries += 1;
  try {
    const packed = packClaimMessage({ mpe, channelId, nonce, amount });
    return bytesToHex(recovery.recoverAddress(hashPersonalMessage(packed, keccak), signature));
  } catch (cause) {
    throw refuseUnauthenticated('payment signature is not valid', cause);
  }
}

/**
 * A channel that seems near its end may have been extended: it is read again before it is refused. While
 * the node does not answer, a channel is good until the chain could have come within its threshold.
 */
async function checkExpiration(options: EscrowOptions, channel: ChannelOnChain): Promise<void> {
  const { clock, chain, expirationThreshold: threshold } = options;
  if (getPossibleBlock(clock) + threshold < channel.expiration) return;
  // Also asks for the block.
  const fresh = await chain.read(channel.channelId).catch(() => undefined);
  const expiration = fresh?.expiration ?? channel.expiration;
  if (getPossibleBlock(clock) + threshold < expiration) return;
  const block = getBlock(clock);
  if (block + threshold < expiration) throw refuseBlock();
  throw refuseUnauthenticated(
    `payment channel is near to be expired, expiration time: ${expiration}, ` +
      `current block: ${block}, expiration threshold: ${threshold}`,
  );
}

function getPossibleBlock(clock: ExpiryClock): bigint {
  try {
    return clock.latestPossible();
  } catch (cause) {
    throw refuseBlock(cause);
  }
}

function getBlock(clock: ExpiryClock): bigint {
  try {
    return clock.current();
  } catch (cause) {
    throw refuseBlock(cause);
  }
}

function refuseBlock(cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.internal, 'cannot determine current block', { cause });
}

function refuseUnauthenticated(message: string, cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.unauthenticated, message, { cause });
}
