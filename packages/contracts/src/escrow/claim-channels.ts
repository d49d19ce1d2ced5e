import { type Address, BaseError } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import { describeRevert, encodeContractCall } from '../rpc/contract-call.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { sendRequests } from '../rpc/send-requests.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';
import type { Claim } from './claim-channel.ts';
import { splitClaims } from './split-claims.ts';
import { splitSignature } from './split-signature.ts';

/** Claims on many channels of one recipient. They need no key: a signed payment can be claimed once. */
export interface ClaimChannelsOptions extends Omit<TransactionOptions, 'key'> {
  readonly mpe: Address;
  /** At most one for each channel: a second one would need the next nonce. */
  readonly claims: readonly Claim[];
  /** Gas of one transaction; 8,000,000 when not given, half of what mainnet allows. */
  readonly maxGas?: bigint | undefined;
}

/** What became of one claim. */
export type ClaimOutcome =
  | {
      readonly status: 'claimed';
      readonly claim: Claim;
      /** Shared with the other claims of its batch. */
      readonly transaction: TransactionResult;
    }
  | {
      /** `refused` by the contract before anything was sent; `failed` with the transaction of its batch. */
      readonly status: 'refused' | 'failed';
      readonly claim: Claim;
      readonly error: BaseError;
    };

/**
 * Claims from many channels in few transactions (`multiChannelClaim`). A batch is all or nothing, so
 * that each claim is tried first without a transaction: one that the contract refuses is left out and
 * does not stop the others. The rest is sent in batches that stay below `maxGas`, one after the other.
 *
 * @returns what became of each claim, in their order; look at all of them
 * @throws BaseError `SIGNATURE_INVALID`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`, `ABORTED`, all before
 *   anything was sent
 */
export async function claimChannels(
  client: ChainClient,
  signer: Signer,
  options: ClaimChannelsOptions,
): Promise<readonly ClaimOutcome[]> {
  const { mpe, claims, maxGas = 8_000_000n, signal } = options;
  refuseRepeated(claims);
  const refusals = await findRefusals(client, { mpe, claims, from: signer.address, signal });
  const outcomes = new Map<Claim, ClaimOutcome>(
    [...refusals].map(([claim, error]) => [claim, { status: 'refused', claim, error }]),
  );
  for (const batch of splitClaims(
    claims.filter((claim) => !refusals.has(claim)),
    maxGas,
  )) {
    try {
      const transaction = await sendContractTransaction(client, signer, {
        address: mpe,
        call: multiPartyEscrow.write('multiChannelClaim', toArguments(batch)),
        ...pickTransactionOptions(options),
      });
      for (const claim of batch) outcomes.set(claim, { status: 'claimed', claim, transaction });
    } catch (cause) {
      const error = BaseError.from(cause);
      for (const claim of batch) outcomes.set(claim, { status: 'failed', claim, error });
    }
  }
  return claims.map((claim) => outcomes.get(claim) as ClaimOutcome);
}

function refuseRepeated(claims: readonly Claim[]): void {
  const seen = new Set<bigint>();
  for (const { channelId } of claims) {
    if (seen.has(channelId)) {
      throw new BaseError('CONTRACT_ARGUMENT_INVALID', 'A channel is claimed twice at once.', {
        place: `channel ${channelId}`,
        hint: 'Claim the highest amount that was signed for its nonce.',
      });
    }
    seen.add(channelId);
  }
}

interface FindRefusalsOptions extends RequestOptions {
  readonly mpe: Address;
  readonly claims: readonly Claim[];
  readonly from: Address;
}

/** Tries each claim alone, in the recipient's name; that of Multicall3 would be the wrong one. */
async function findRefusals(
  client: ChainClient,
  { mpe, claims, from, signal }: FindRefusalsOptions,
): Promise<ReadonlyMap<Claim, BaseError>> {
  const targets = claims.map((claim) => ({ address: mpe, call: toSingleCall(claim) }));
  const requests = targets.map((target) => ({
    method: 'eth_call',
    params: [{ from, to: mpe, data: encodeContractCall(target) }, 'latest'],
  }));
  const outcomes = await sendRequests(client, requests, { signal });
  const refusals = new Map<Claim, BaseError>();
  for (const [index, claim] of claims.entries()) {
    const [outcome, target] = [outcomes[index], targets[index]];
    if (outcome?.status !== 'failure' || target === undefined) continue;
    const error = describeRevert(outcome.error, target);
    // A refusal of the endpoint says nothing about the claim.
    if (error === outcome.error) throw error;
    refusals.set(claim, BaseError.from(error));
  }
  return refusals;
}

function toSingleCall({ channelId, actualAmount, signedAmount, signature, sendBack }: Claim) {
  const { v, r, s } = splitSignature(signature);
  const args = [channelId, actualAmount ?? signedAmount, signedAmount, v, r, s] as const;
  return multiPartyEscrow.write('channelClaim', [...args, sendBack ?? false]);
}

function toArguments(claims: readonly Claim[]) {
  const signatures = claims.map(({ signature }) => splitSignature(signature));
  return [
    claims.map(({ channelId }) => channelId),
    claims.map(({ actualAmount, signedAmount }) => actualAmount ?? signedAmount),
    claims.map(({ signedAmount }) => signedAmount),
    claims.map(({ sendBack = false }) => sendBack),
    signatures.map(({ v }) => v),
    signatures.map(({ r }) => r),
    signatures.map(({ s }) => s),
  ] as const;
}
