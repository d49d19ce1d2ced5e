import type { Address, Hex } from '@snetkit/core';
import { getEscrowEvents } from '../events/get-escrow-events.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { TransactionReceipt } from '../transactions/receipt.ts';
import type { ClaimPayment } from './claim-payment.ts';
import { getChannels } from './get-channels.ts';
import { resolveClaims } from './resolve-claims.ts';

/** The claims of which transaction. */
export interface GetClaimPaymentsOptions extends RequestOptions {
  readonly mpe: Address;
  readonly receipt: Pick<TransactionReceipt, 'transactionHash' | 'blockNumber'>;
}

/**
 * What the claims of a transaction really paid to whom, in the order of their events: from the values
 * of the channels before its block and the events of that block. For an old block the endpoint must be
 * an archive node; {@link resolveClaims} does without one, from the events of the whole life of a channel.
 *
 * @throws BaseError `RPC_...`, `CONTRACT_MISSING`, `ABORTED`
 */
export async function getClaimPayments(
  client: ChainClient,
  { mpe, receipt, signal }: GetClaimPaymentsOptions,
): Promise<readonly ClaimPayment[]> {
  const { blockNumber: block, transactionHash } = receipt;
  const events = await getEscrowEvents(client, { mpe, fromBlock: block, toBlock: block, signal });
  const isOurs = (hash: Hex) => hash.toLowerCase() === transactionHash.toLowerCase();
  const channelIds = [
    ...new Set(
      events.filter((event) => isOurs(event.transactionHash)).map(({ channelId }) => channelId),
    ),
  ];
  const before = { mpe, channelIds, blockNumber: block - 1n, signal };
  const channels = await getChannels(client, before);
  const values = new Map(
    channels.map((channel, index) => [channelIds[index] ?? 0n, channel?.value ?? 0n]),
  );
  return resolveClaims(
    events.filter(({ channelId }) => values.has(channelId)),
    { values },
  ).filter(({ event }) => isOurs(event.transactionHash));
}
