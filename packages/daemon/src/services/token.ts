import type { MessageInitShape } from '@bufbuild/protobuf';
import { packGetTokenMessage, recoverSigner, sameAddress } from '@snetkit/core';
import type { TokenReplySchema, TokenRequest } from '@snetkit/protos/token';
import type { CounterAccounts } from '../accounts/counter-accounts.ts';
import { prepaidKey } from '../accounts/counter-key.ts';
import { refuseNonce } from '../accounts/refusals.ts';
import type { TokenCommits } from '../accounts/token-commits.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import type { ChannelOnChain } from '../chain/chain-view.ts';
import { getLimit } from '../ledger/limit.ts';
import { getTop } from '../ledger/top.ts';
import { type ClaimCheckOptions, checkClaim, type SignedClaim } from '../payments/check-claim.ts';
import { fitCounts, maxUint64 } from '../prepaid/fit-counts.ts';
import type { PrepaidTokens } from '../prepaid/prepaid-tokens.ts';
import { tokensSwitchedOff } from '../prepaid/switched-off.ts';
import { assertInWindow } from './block-window.ts';
import { explainChannel, findServiceChannel, type ReadChannelOptions } from './read-channel.ts';
import { serviceError } from './service-error.ts';

/** What {@link getToken} answers from. */
export interface TokenOptions extends ReadChannelOptions, ClaimCheckOptions {
  /** Absent while prepaid calls are switched off for want of a good secret. */
  readonly tokens: PrepaidTokens | undefined;
  readonly commits: TokenCommits;
  readonly counterAccounts: Pick<CounterAccounts, 'read'>;
  readonly counters: { serviceRecoveries: number };
}

/** A request that is in order. */
interface GoodRequest {
  /** Checksummed address of who asks. */
  readonly asker: string;
  /** Highest amount that was signed before, in cogs. */
  readonly top: bigint;
}

/**
 * `TokenService.GetToken` (daemon.md 4.4, ledger.md 5): takes a signed amount for many calls to come, or
 * shows the one that was taken last, and gives the token to make them with.
 *
 * @throws ConnectError with code 2 and the official texts
 */
export async function getToken(
  request: TokenRequest,
  options: TokenOptions,
): Promise<MessageInitShape<typeof TokenReplySchema>> {
  const { tokens } = options;
  if (tokens === undefined) throw serviceError(tokensSwitchedOff);
  const { channelId } = request;
  const { asker, top } = await check(request, options);
  const counts =
    request.signedAmount > top
      ? await plan(request, options)
      : await readCounts(channelId, options);
  const token = await tokens.issue({ channelId, address: asker });
  return { channelId, token, ...fitCounts(counts) };
}

/** Who has a part in the channel is not refused from memory: the chain is read, and all is judged again. */
async function check(request: TokenRequest, options: TokenOptions): Promise<GoodRequest> {
  const known = await findServiceChannel(request.channelId, options);
  const asker = recoverAsker(request, options);
  try {
    return await judge(request, known, asker, options);
  } catch (refusal) {
    if (asker === undefined || !isParty(asker, known)) throw refusal;
    const fresh = await options.chain.read(request.channelId).catch(() => undefined);
    if (fresh === undefined) throw refusal;
    return judge(request, fresh, asker, options);
  }
}

/** The order is that of daemon.md 4.4. */
async function judge(
  request: TokenRequest,
  channel: ChannelOnChain,
  asker: string | undefined,
  options: TokenOptions,
): Promise<GoodRequest> {
  const { record, claim } = await explainChannel(channel, options);
  const top = getTop(record).amount;
  const limit = getLimit(record, channel, claim) ?? 0n;
  if (top > maxUint64) {
    throw serviceError(
      `last signed amount ${top} does not fit into the 64 bits of a token request, pay by escrow`,
    );
  }
  if (request.signedAmount < top) {
    throw serviceError(
      'signed amount for token request needs to be greater than last signed amount',
    );
  }
  if (request.signedAmount > limit) {
    throw serviceError(
      'signed amount for token request cannot be greater than full amount in channel',
    );
  }
  if (asker === undefined) throw serviceError('incorrect signature');
  if (!isParty(asker, channel)) {
    throw serviceError('only channel signer/sender/receiver can get a Valid Token');
  }
  assertInWindow(request.currentBlock, options.clock);
  await checkPayment(request, { channel, nonce: record.nonce }, options);
  return { asker, top };
}

/** Steps 4 to 8 of daemon.md 4.1; what the channel can pay was checked before. */
async function checkPayment(
  request: TokenRequest,
  { channel, nonce }: { channel: ChannelOnChain; nonce: bigint },
  options: TokenOptions,
): Promise<void> {
  if (request.currentNonce !== nonce)
    throw toServiceError(refuseNonce(nonce, request.currentNonce));
  options.counters.serviceRecoveries += 1;
  try {
    await checkClaim(claimOf(request), channel, options);
  } catch (cause) {
    throw toServiceError(cause);
  }
}

function claimOf({
  channelId,
  currentNonce,
  signedAmount,
  claimSignature,
}: TokenRequest): SignedClaim {
  return { channelId, nonce: currentNonce, amount: signedAmount, signature: claimSignature };
}

/** Refusals of payments are errors of this service, with the same text. */
function toServiceError(fault: unknown): unknown {
  return fault instanceof PaymentRefusal ? serviceError(fault.message, fault) : fault;
}

function isParty(address: string, { signer, sender, recipient }: ChannelOnChain): boolean {
  return [signer, sender, recipient].some((party) => sameAddress(party, address));
}

function recoverAsker(request: TokenRequest, options: TokenOptions): string | undefined {
  const { claimSignature, currentBlock: block, signature } = request;
  const { recovery, keccak, counters } = options;
  counters.serviceRecoveries += 1;
  try {
    const message = packGetTokenMessage({ claimSignature, block });
    return recoverSigner({ message, signature, recovery, keccak });
  } catch {
    return undefined;
  }
}

/** Takes the amount: what is new of it may be used for calls. */
async function plan(
  request: TokenRequest,
  { commits }: TokenOptions,
): Promise<{ planned: bigint; used: bigint }> {
  try {
    return await commits.commit(claimOf(request));
  } catch (cause) {
    throw toServiceError(cause);
  }
}

/**
 * Nothing new: shows what there is. The text for a channel that has nothing is the one that the
 * official Python SDK looks for; it then plans its first amount.
 */
async function readCounts(
  channelId: bigint,
  { counterAccounts }: TokenOptions,
): Promise<{ planned: bigint; used: bigint }> {
  const { record } = await counterAccounts.read(prepaidKey(channelId)).catch((cause) => {
    throw serviceError('channel error:the store cannot be read', cause);
  });
  if (record.planned === 0n) throw serviceError('Unable to retrieve planned Amount ');
  return record;
}
