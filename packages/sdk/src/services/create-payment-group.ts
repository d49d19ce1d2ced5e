import { bytesToHex, type Network, type Stand } from '@snetkit/core';
import type { ServiceGroup } from '@snetkit/metadata';
import type { PaymentGroup } from '@snetkit/payments';

/** Where the group is paid. */
export interface PaymentPlace {
  readonly network: Network;
  readonly stand: Stand;
  /** Block of the escrow's deployment; 0 when it is not known. */
  readonly deploymentBlock: bigint;
}

/** Whom calls of a service pay: the recipient from the documents, everything else from the network table. */
export function createPaymentGroup(
  group: Pick<ServiceGroup, 'groupId' | 'paymentAddress' | 'paymentExpirationThreshold'>,
  { network, stand, deploymentBlock }: PaymentPlace,
): PaymentGroup {
  return {
    chainId: network.chainId,
    mpe: stand.multiPartyEscrow,
    token: { symbol: stand.token, decimals: stand.tokenDecimals, address: stand.tokenAddress },
    recipient: group.paymentAddress,
    groupId: bytesToHex(group.groupId),
    expirationThreshold: group.paymentExpirationThreshold,
    deploymentBlock,
  };
}
