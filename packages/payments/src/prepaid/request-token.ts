import { createClient, type Transport } from '@connectrpc/connect';
import type { Signer } from '@snetkit/contracts';
import { type Address, packClaimMessage, packGetTokenMessage } from '@snetkit/core';
import { TokenService } from '@snetkit/protos/token';
import { withinLimit } from '../outcome/within-limit.ts';

/** The amount that buys, and in whose name it is signed. */
export interface RequestTokenOptions {
  readonly mpe: Address;
  readonly channelId: bigint;
  readonly nonce: bigint;
  /** Cumulative amount in cogs, at most 64 bits. */
  readonly amount: bigint;
  /** Signer or sender of the channel. */
  readonly signer: Signer;
  /** Latest block number; the daemon accepts five blocks more or less. */
  readonly block: bigint;
  readonly timeoutMs?: number | undefined;
}

/** What a channel has bought beforehand. Amounts in cogs, over the whole life of the channel. */
export interface PrepaidToken {
  readonly token: string;
  readonly planned: bigint;
  readonly used: bigint;
}

/**
 * Buys calls beforehand: signs an amount for many of them and gets the token to make them with. The
 * amount that was signed last, sent again, buys nothing and shows what is left (daemon.md, section 4.4).
 *
 * @throws BaseError `TIMED_OUT`; ConnectError as the daemon answers
 */
export async function requestToken(
  transport: Transport,
  { mpe, channelId, nonce, amount, signer, block, timeoutMs = 10_000 }: RequestTokenOptions,
): Promise<PrepaidToken> {
  const claim = packClaimMessage({ mpe, channelId, nonce, amount });
  const claimSignature = await signer.signMessage(claim);
  const signature = await signer.signMessage(packGetTokenMessage({ claimSignature, block }));
  const request = {
    channelId,
    currentNonce: nonce,
    signedAmount: amount,
    signature,
    currentBlock: block,
    claimSignature,
  };
  const reply = await withinLimit({ path: '/escrow.TokenService/GetToken', timeoutMs }, () =>
    createClient(TokenService, transport).getToken(request, { timeoutMs }),
  );
  return { token: reply.token, planned: reply.plannedAmount, used: reply.usedAmount };
}
