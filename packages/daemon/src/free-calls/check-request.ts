import {
  bytesToHex,
  checksumAddress,
  type FreeCallToken,
  packFreeCallMessage,
  packFreeCallTokenMessage,
  packFreeCallTokenRequest,
  sameAddress,
} from '@snetkit/core';
import type { BlockClock } from '../chain/chain-view.ts';
import { isInWindow } from '../chain/is-in-window.ts';
import { type AllowedUsers, curationText } from '../payments/allowed-users.ts';
import { parseWallet } from './parse-wallet.ts';
import { type RecoveryDrivers, recoverWallet } from './recover.ts';
import { FreeCallRefusal } from './refusal.ts';
import type { FreeCallTerms } from './terms.ts';
import type { TokenMemory } from './token-memory.ts';

/** What the requests of free callers are checked against. */
export interface RequestCheckOptions extends RecoveryDrivers {
  readonly terms: FreeCallTerms;
  readonly clock: BlockClock;
  readonly tokens: TokenMemory;
  readonly isAllowedUser: AllowedUsers;
}

/** Who asks, in whose name, when. */
export interface FreeCallRequest {
  /** As sent: this spelling is what is signed. */
  readonly address: string;
  /** Empty for a wallet of its own. */
  readonly userId: string;
  readonly block: bigint;
  /** 65 bytes `r||s||v`, when it is right. */
  readonly signature: Uint8Array;
}

/** A request that comes with a token. */
export interface FreeCallWithToken extends FreeCallRequest {
  /** The whole token. */
  readonly token: Uint8Array;
  /** The same, taken apart. */
  readonly parsed: FreeCallToken;
}

/**
 * Checks a request that asks for a token (daemon.md 3.8).
 *
 * @param onRecovery - told before each recovery of a signature
 * @returns the wallet that signed it: `0x` and lower-case digits
 * @throws FreeCallRefusal in the words of daemon.md 4.2, last paragraph
 */
export function checkTokenRequest(
  request: FreeCallRequest,
  options: RequestCheckOptions,
  onRecovery: () => void,
): string {
  const { terms, clock, isAllowedUser } = options;
  onRecovery();
  const message = packFreeCallTokenRequest({ ...request, ...terms });
  const signer = recoverWallet(message, request.signature, options);
  if (!isAllowedUser(signer)) throw new FreeCallRefusal('signature', curationText);
  if (parseWallet(request.address) !== signer) {
    throw new FreeCallRefusal(
      'signature',
      `invalid signer, ${cut(request.address)} (from request) is not equal to ${checksumAddress(signer)} (signer)`,
    );
  }
  checkWindow(request.block, readBlock(clock));
  return signer;
}

/**
 * Checks a request that carries a token: who signed it, whose token it is, and that neither is too
 * old (daemon.md 4.2, steps 2 to 5). A token that was good before costs no recovery of its own.
 *
 * @param onRecovery - told before each recovery of a signature
 * @returns the wallet that signed it: `0x` and lower-case digits
 * @throws FreeCallRefusal in the words of daemon.md 4.2
 */
export function checkFreeCall(
  request: FreeCallWithToken,
  options: RequestCheckOptions,
  onRecovery: () => void,
): string {
  const signer = recoverCaller(request, options, onRecovery);
  if (!isOwnToken(request, signer, options, onRecovery)) {
    throw new FreeCallRefusal('signature', 'token sign is not valid');
  }
  const latest = readBlock(options.clock);
  if (request.parsed.expirationBlock < latest) {
    throw new FreeCallRefusal(
      'time',
      'authentication failed as the Free Call Token passed has expired',
    );
  }
  checkWindow(request.block, latest);
  return signer;
}

function recoverCaller(
  request: FreeCallWithToken,
  options: RequestCheckOptions,
  onRecovery: () => void,
): string {
  onRecovery();
  const message = packFreeCallMessage({ ...request, ...options.terms });
  const signer = explain(() => recoverWallet(message, request.signature, options));
  if (!options.isAllowedUser(signer)) throw refuseSignature(curationText);
  if (parseWallet(request.address) === signer) return signer;
  throw refuseSignature(
    `unauthorized signer: ${cut(request.address)} not equal ${checksumAddress(signer)}, maybe invalid signature struct`,
  );
}

/** Whether the group's signer made this token, for this wallet and user. */
function isOwnToken(
  { token, parsed, userId }: FreeCallWithToken,
  wallet: string,
  options: RequestCheckOptions,
  onRecovery: () => void,
): boolean {
  const { terms, tokens } = options;
  // Hex has no slash: no user id could make one token look like another.
  const key = `${bytesToHex(token)}/${wallet}/${userId}`;
  if (tokens.has(key)) return true;
  onRecovery();
  const message = packFreeCallTokenMessage({
    ...terms,
    address: wallet,
    userId,
    expirationBlock: parsed.expirationBlock,
  });
  const signer = explain(() => recoverWallet(message, parsed.signature, options));
  if (terms.signer === undefined || !sameAddress(signer, terms.signer)) return false;
  tokens.add(key);
  return true;
}

/** Puts the official words before the cause. */
function explain(recover: () => string): string {
  try {
    return recover();
  } catch (cause) {
    if (cause instanceof FreeCallRefusal) throw refuseSignature(cause.message, cause);
    throw cause;
  }
}

function refuseSignature(text: string, cause?: unknown): FreeCallRefusal {
  return new FreeCallRefusal('signature', `sign is not valid: ${text}`, { cause });
}

/**
 * The latest block.
 *
 * @throws FreeCallRefusal when none is known
 */
export function readBlock(clock: BlockClock): bigint {
  try {
    return clock.current();
  } catch (cause) {
    throw new FreeCallRefusal('time', 'cannot determine current block', { cause });
  }
}

function checkWindow(signed: bigint, latest: bigint): void {
  if (isInWindow(signed, latest)) return;
  throw new FreeCallRefusal('time', 'authentication failed as the signature passed has expired');
}

/** Status texts travel in a trailer: a text of a megabyte must not come back in one. */
function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}...`;
}
