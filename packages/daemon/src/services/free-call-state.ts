import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  BaseError,
  bytesToHex,
  checksumAddress,
  type FreeCallToken as FreeCallTokenParts,
  type Hex,
  parseFreeCallToken,
} from '@snetkit/core';
import type {
  FreeCallStateReplySchema,
  FreeCallStateRequest,
  FreeCallTokenSchema,
  GetFreeCallTokenRequest,
} from '@snetkit/protos/state';
import type { CounterAccounts } from '../accounts/counter-accounts.ts';
import { freeCallKey } from '../accounts/counter-key.ts';
import {
  checkFreeCall,
  checkTokenRequest,
  type RequestCheckOptions,
  readBlock,
} from '../free-calls/check-request.ts';
import { issueToken } from '../free-calls/issue-token.ts';
import type { FreeCallQuota } from '../free-calls/quota.ts';
import { FreeCallRefusal } from '../free-calls/refusal.ts';
import type { TokenBalances } from '../free-calls/token-balances.ts';
import { assertUserId } from '../free-calls/user-id.ts';
import { serviceError } from './service-error.ts';

/** What `FreeCallStateService` answers from. */
export interface FreeCallStateOptions extends RequestCheckOptions {
  readonly accounts: Pick<CounterAccounts, 'read'>;
  readonly quota: FreeCallQuota;
  readonly balances: TokenBalances;
  /** Who may speak for users and needs no balance: `0x` and lower-case digits. */
  readonly trusted: ReadonlySet<string>;
  /** Whole tokens that the wallet of anybody else must hold. */
  readonly minBalance: bigint;
  /** Key of `terms.signer`. */
  readonly privateKey: Hex;
  readonly counters: { serviceRecoveries: number };
}

/** What stands for "as many as you like". */
const unlimited = 99_999_999n;

/**
 * `FreeCallStateService.GetFreeCallToken` (daemon.md 4.2, last paragraph).
 *
 * @throws ConnectError with code 2 and the official texts
 */
export async function getFreeCallToken(
  request: GetFreeCallTokenRequest,
  options: FreeCallStateOptions,
): Promise<MessageInitShape<typeof FreeCallTokenSchema>> {
  const { terms, clock, privateKey, counters } = options;
  const { address, userId = '', currentBlock, signature } = request;
  const wallet = inWords(() =>
    checkTokenRequest({ address, userId, block: currentBlock, signature }, options, () => {
      counters.serviceRecoveries += 1;
    }),
  );
  if (!options.trusted.has(wallet)) {
    if (userId !== '') {
      throw serviceError(
        'your address is not trusted by this service provider, the use of user_id is not allowed',
      );
    }
    await checkBalance(wallet, options);
  }
  inWords(() => assertUserId(userId));
  const { token, expirationBlock } = issueToken({
    terms,
    wallet,
    userId,
    // The balance may have taken long: the node can have gone in between.
    block: inWords(() => readBlock(clock)),
    lifetime: request.tokenLifetimeInBlocks,
    privateKey,
  });
  return {
    token,
    tokenHex: bytesToHex(token).slice(2),
    tokenExpirationBlock: expirationBlock,
  };
}

/**
 * `FreeCallStateService.GetFreeCallsAvailable` (daemon.md 4.2, last paragraph). The number always comes
 * from the store; calls in flight are not counted yet.
 *
 * @throws ConnectError with code 2 and the official texts
 */
export async function getFreeCallsAvailable(
  request: FreeCallStateRequest,
  options: FreeCallStateOptions,
): Promise<MessageInitShape<typeof FreeCallStateReplySchema>> {
  const { terms, quota, accounts, counters } = options;
  const { address, userId = '', currentBlock, signature, freeCallToken: token } = request;
  const parsed = inWords(() => parseFreeCallToken(token) satisfies FreeCallTokenParts);
  const wallet = inWords(() => {
    assertUserId(userId);
    const call = { address, userId, block: currentBlock, signature, token, parsed };
    return checkFreeCall(call, options, () => {
      counters.serviceRecoveries += 1;
    });
  });
  const allowed = quota(wallet);
  if (allowed === undefined) return { freeCallsAvailable: unlimited };
  const made = await readMade(wallet, userId);
  return { freeCallsAvailable: made < allowed ? allowed - made : 0n };

  async function readMade(owner: string, user: string): Promise<bigint> {
    const { serviceId } = terms;
    try {
      const { record } = await accounts.read(
        freeCallKey({ serviceId, address: owner, userId: user }),
      );
      return record.used;
    } catch (cause) {
      throw serviceError('error in retrieving free call details from storage', cause);
    }
  }
}

async function checkBalance(
  wallet: string,
  { balances, minBalance }: FreeCallStateOptions,
): Promise<void> {
  if (minBalance === 0n) return;
  let isEnough: boolean;
  try {
    isEnough = await balances.hasAtLeast(checksumAddress(wallet), minBalance);
  } catch (cause) {
    throw serviceError('cannot determine the token balance', cause);
  }
  if (isEnough) return;
  // The official daemon makes a text of a whole status object; clients know it so.
  throw serviceError(
    `{Status: rpc error: code = PermissionDenied desc = you must have at least ${minBalance} FET (ASI) in your balance to use free calls}`,
  );
}

/** Turns what the rules throw into what clients of a service are told. */
function inWords<T>(check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (cause instanceof FreeCallRefusal) throw serviceError(cause.message, cause);
    if (cause instanceof BaseError) throw serviceError(cause.shortMessage, cause);
    throw cause;
  }
}
