import { bytesToHex, hashPersonalMessage } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { type ChannelOpening, packChannelOpening } from './channel-opening.ts';

/**
 * Whether a channel has been opened with this consent already (`usedMessages`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `ADDRESS_INVALID`, `RPC_...`, `ABORTED`
 */
export async function isChannelOpeningUsed(
  client: ChainClient,
  { signal, ...opening }: ChannelOpening & RequestOptions,
): Promise<boolean> {
  const hash = bytesToHex(hashPersonalMessage(packChannelOpening(opening)));
  const call = multiPartyEscrow.read('usedMessages', [hash]);
  return readContract(client, { address: opening.mpe, call, signal });
}
