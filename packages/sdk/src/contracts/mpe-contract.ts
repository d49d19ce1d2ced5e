import {
  addFunds,
  claimChannel,
  claimChannels,
  claimTimeout,
  deposit,
  depositAndOpenChannel,
  extendAndAddFunds,
  extendChannel,
  getChannel,
  getEscrowBalance,
  openChannel,
  withdraw,
} from '@snetkit/contracts';
import type { BoundContract } from './bind-contract.ts';

const reads = { balances: getEscrowBalance, channels: getChannel };

const writes = {
  deposit,
  withdraw,
  openChannel,
  depositAndOpenChannel,
  channelAddFunds: addFunds,
  channelExtend: extendChannel,
  channelExtendAndAddFunds: extendAndAddFunds,
  channelClaim: claimChannel,
  multiChannelClaim: claimChannels,
  channelClaimTimeout: claimTimeout,
};

/** Functions of MultiPartyEscrow, by the names of seed 004. */
export const mpeFunctions: { readonly reads: typeof reads; readonly writes: typeof writes } = {
  reads,
  writes,
};

/**
 * The escrow of the network, for the accounts of an engine (seed 004, MPEContract). What the escrow
 * balance lacks is deposited first.
 */
export type MpeContract = BoundContract<typeof reads, typeof writes, 'mpe' | 'token'>;
