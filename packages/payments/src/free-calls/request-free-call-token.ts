import { createClient } from '@connectrpc/connect';
import { packFreeCallTokenRequest } from '@snetkit/core';
import { FreeCallStateService } from '@snetkit/protos/state';
import { withinLimit } from '../outcome/within-limit.ts';
import type { FreeCaller } from './free-caller.ts';

/** A token that names a wallet in its free calls. */
export interface FreeCallAccess {
  /** 65-byte signature of the provider, an underscore, the last good block as digits. */
  readonly token: Uint8Array;
  /** Last block in which the token is good. */
  readonly expirationBlock: bigint;
}

/** When the question is asked, and how long it may take. */
export interface FreeCallRequestOptions {
  /** Latest block number; the daemon accepts five blocks more or less. */
  readonly block: bigint;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Asks a daemon for a free-call token (daemon.md, section 4.2; signed message: sdk.md, section 4.2).
 *
 * @throws BaseError `TIMED_OUT`; ConnectError as the daemon answers
 */
export async function requestFreeCallToken(
  { signer, daemon, service, userId }: FreeCaller,
  { block, signal, timeoutMs = 10_000 }: FreeCallRequestOptions,
): Promise<FreeCallAccess> {
  const { address } = signer;
  const message = packFreeCallTokenRequest({ address, userId, ...service, block });
  const client = createClient(FreeCallStateService, daemon);
  const request = {
    address,
    signature: await signer.signMessage(message),
    currentBlock: block,
    ...(userId !== undefined && { userId }),
  };
  const path = '/escrow.FreeCallStateService/GetFreeCallToken';
  const { token, tokenExpirationBlock } = await withinLimit({ path, timeoutMs }, () =>
    client.getFreeCallToken(request, { timeoutMs, ...(signal && { signal }) }),
  );
  return { token, expirationBlock: tokenExpirationBlock };
}
