import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ConnectRouter } from '@connectrpc/connect';
import {
  BaseError,
  bytesToBigint,
  type Keccak256,
  maxUint256,
  packListInProgressMessage,
  packListUnclaimedMessage,
  packStartClaimMessage,
  packStartClaimsMessage,
  recoverSigner,
  type SignatureRecovery,
  sameAddress,
  uint256ToBytes,
} from '@snetkit/core';
import {
  type GetPaymentsListRequest,
  type PaymentReplySchema,
  ProviderControlService,
} from '@snetkit/protos/control';
import type { ClaimInProgress, Claims } from '../accounts/claims.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import type { BlockClock } from '../chain/chain-view.ts';
import type { ClaimRecord } from '../ledger/record.ts';
import { assertInWindow } from './block-window.ts';
import { serviceError } from './service-error.ts';

/** What {@link registerControl} answers from. */
export interface ControlOptions {
  readonly claims: Claims;
  readonly clock: BlockClock;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  /** Escrow contract: part of every signed message. */
  readonly mpe: string;
  /** Payment address of the group: the only one that may ask. */
  readonly recipient: string;
  readonly counters: { serviceRecoveries: number };
}

type Reply = MessageInitShape<typeof PaymentReplySchema>;

/** Ids in one request: all are sorted and hashed before it is known who asks. */
const maxChannelIds = 1_000;
/** Bytes; another length is refused before anything is packed. */
const signatureLength = 65;

/**
 * `escrow.ProviderControlService` (daemon.md 1.3 and 4.7; ledger.md 5): how the provider collects what
 * clients have signed. All refusals have code 2 and the official texts. Who asks is checked before the
 * chain is troubled; the store is read once before, for StartClaim, whose signature covers the nonce.
 */
export function registerControl(router: ConnectRouter, options: ControlOptions): void {
  const { claims, mpe, clock } = options;

  function authorizeList(
    request: GetPaymentsListRequest,
    pack: (fields: { mpe: string; block: bigint }) => Uint8Array,
  ): void {
    assertMpe(request.mpeAddress, options);
    assertInWindow(request.currentBlock, clock);
    assertProvider(() => pack({ mpe, block: request.currentBlock }), request.signature, options);
  }

  router.service(ProviderControlService, {
    async getListUnclaimed(request) {
      authorizeList(request, packListUnclaimedMessage);
      const channels = await answer(() => claims.listUnclaimed());
      const payments = channels.map(({ channelId, nonce, amount, actual, expiration }) => ({
        channelId: uint256ToBytes(channelId),
        channelNonce: uint256ToBytes(nonce),
        signedAmount: uint256ToBytes(amount),
        actualAmount: uint256ToBytes(actual),
        ...(expiration !== undefined && { channelExpiry: uint256ToBytes(expiration) }),
      }));
      return { payments };
    },
    async getListInProgress(request) {
      authorizeList(request, packListInProgressMessage);
      return { payments: (await answer(() => claims.listInProgress())).map(describe) };
    },
    async startClaim(request) {
      assertMpe(request.mpeAddress, options);
      const channelId = bytesToBigint(request.channelId);
      if (channelId > maxUint256) throw serviceError('the channel id has over 256 bits');
      const nonce = await answer(() => claims.getNonce(channelId));
      assertProvider(
        () => packStartClaimMessage({ mpe, channelId, nonce }),
        request.signature,
        options,
      );
      return describe(await answer(() => claims.start(channelId)));
    },
    async startClaimForMultipleChannels({ mpeAddress, channelIds, currentBlock, signature }) {
      assertMpe(mpeAddress, options);
      assertInWindow(currentBlock, clock);
      if (channelIds.length > maxChannelIds) {
        throw serviceError(
          `too many channels in one request: ${channelIds.length}, at most ${maxChannelIds}`,
        );
      }
      assertProvider(
        () => packStartClaimsMessage({ mpe, channelIds, block: currentBlock }),
        signature,
        options,
      );
      return { payments: (await answer(() => claims.startMany(channelIds))).map(describe) };
    },
  });
}

function assertMpe(passed: string, { mpe }: ControlOptions): void {
  if (isSameAddress(passed, mpe)) return;
  throw serviceError(
    `the mpeAddress: ${JSON.stringify(passed.slice(0, 64)).slice(1, -1)} passed does not match to what has been registered`,
  );
}

function isSameAddress(passed: string, expected: string): boolean {
  try {
    return sameAddress(passed, expected);
  } catch {
    return false;
  }
}

function assertProvider(
  pack: () => Uint8Array,
  signature: Uint8Array,
  { recovery, keccak, recipient, counters }: ControlOptions,
): void {
  if (signature.length !== signatureLength) throw serviceError('incorrect signature');
  counters.serviceRecoveries += 1;
  let signer: string;
  try {
    signer = recoverSigner({ message: pack(), signature, recovery, keccak });
  } catch (cause) {
    throw serviceError('incorrect signature', cause);
  }
  if (sameAddress(signer, recipient)) return;
  throw serviceError(
    `the address: ${signer} does not match to what has been expected / registered`,
  );
}

/** Puts a refusal of the ledger into the words of the service; what nobody expected stays inside. */
async function answer<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PaymentRefusal) throw serviceError(error.message, error);
    if (error instanceof BaseError) throw serviceError('the store cannot be read now', error);
    throw error;
  }
}

function describe(claim: ClaimRecord | ClaimInProgress): Reply {
  const expiration = 'expiration' in claim ? claim.expiration : undefined;
  return {
    channelId: uint256ToBytes(claim.channelId),
    channelNonce: uint256ToBytes(claim.nonce),
    signedAmount: uint256ToBytes(claim.amount),
    signature: claim.signature,
    actualAmount: uint256ToBytes(claim.actual),
    ...(expiration !== undefined && { channelExpiry: uint256ToBytes(expiration) }),
  };
}
