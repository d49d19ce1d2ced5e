import { createClient } from '@connectrpc/connect';
import { packFreeCallMessage } from '@snetkit/core';
import { FreeCallStateService } from '@snetkit/protos/state';
import { withinLimit } from '../outcome/within-limit.ts';
import type { FreeCaller } from './free-caller.ts';
import type { FreeCallRequestOptions } from './request-free-call-token.ts';

/**
 * Asks a daemon how many free calls the wallet has left; 99999999 stands for as many as it likes
 * (daemon.md, section 4.2).
 *
 * @throws BaseError `TIMED_OUT`; ConnectError as the daemon answers
 */
export async function getFreeCallsAvailable(
  { signer, daemon, service, userId }: FreeCaller,
  {
    token,
    block,
    signal,
    timeoutMs = 10_000,
  }: FreeCallRequestOptions & { readonly token: Uint8Array },
): Promise<bigint> {
  const { address } = signer;
  const message = packFreeCallMessage({ address, userId, ...service, block, token });
  const client = createClient(FreeCallStateService, daemon);
  const request = {
    address,
    freeCallToken: token,
    signature: await signer.signMessage(message),
    currentBlock: block,
    ...(userId !== undefined && { userId }),
  };
  const path = '/escrow.FreeCallStateService/GetFreeCallsAvailable';
  const { freeCallsAvailable } = await withinLimit({ path, timeoutMs }, () =>
    client.getFreeCallsAvailable(request, { timeoutMs, ...(signal && { signal }) }),
  );
  return freeCallsAvailable;
}
