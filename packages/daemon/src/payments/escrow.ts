import { BaseError, parseEscrowHeaders, paymentHeaders } from '@snetkit/core';
import type { ChannelAccounts } from '../accounts/channel-accounts.ts';
import { refuseChannel } from '../accounts/refusals.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { type Metadata, statusCode } from '../call/status.ts';
import type { ChannelOnChain } from '../chain/chain-view.ts';
import { describeForeignChannel, type OwnGroup } from '../chain/describe-foreign-channel.ts';
import { channelPayment } from './channel-payment.ts';
import { type ClaimCheckOptions, checkClaim } from './check-claim.ts';
import type { PaymentType } from './payment.ts';

/** What an escrow payment is checked against. */
export interface EscrowOptions extends ClaimCheckOptions, OwnGroup {
  readonly accounts: ChannelAccounts;
  readonly counters: { signatureRecoveries: number };
}

/** Payment through a channel of MultiPartyEscrow (daemon.md, section 4.1, on the rules of ledger.md). */
export function createEscrowPayment(options: EscrowOptions): PaymentType {
  const { counters } = options;
  return {
    name: 'escrow',
    async begin(head, { admit, price, signal }) {
      const claim = readHeaders(head.metadata);
      const channel = await findChannel(options, claim.channelId);
      counters.signatureRecoveries += 1;
      await checkClaim(claim, channel, options);
      admit({ address: channel.sender });
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
      return channelPayment(account, call, {
        payer: channel.sender,
        channelId: claim.channelId,
      });
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
    throw new PaymentRefusal(statusCode.unauthenticated, `payment channel "{ID: ${id}}" not found`);
  }
  return channel;
}
