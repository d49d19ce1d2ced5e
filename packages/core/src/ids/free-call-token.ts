import { concatBytes } from '../bytes/bytes.ts';
import { utf8ToBytes } from '../bytes/utf8.ts';
import { BaseError } from '../errors/base-error.ts';

/** A free-call token taken apart. */
export interface FreeCallToken {
  /** What precedes the last underscore: the 65-byte signature of the free-call signer. */
  readonly signature: Uint8Array;
  /** Last block in which the token is good. */
  readonly expirationBlock: bigint;
}

const underscore = 0x5f;
const maxInt64 = (1n << 63n) - 1n;

/**
 * Takes a free-call token apart at its last underscore (protocol/daemon.md 3, notes).
 *
 * @throws BaseError `FREE_CALL_TOKEN_INVALID`: `no '_' found` or `invalid block number`
 */
export function parseFreeCallToken(token: Uint8Array): FreeCallToken {
  const split = token.lastIndexOf(underscore);
  if (split < 0) throw new BaseError('FREE_CALL_TOKEN_INVALID', "no '_' found");
  const digits = String.fromCharCode(...token.subarray(split + 1, split + 21));
  const whole = token.length - split - 1 === digits.length && /^[0-9]+$/.test(digits);
  const expirationBlock = whole ? BigInt(digits) : -1n;
  if (expirationBlock < 0n || expirationBlock > maxInt64) {
    throw new BaseError('FREE_CALL_TOKEN_INVALID', 'invalid block number');
  }
  return { signature: token.slice(0, split), expirationBlock };
}

/** Puts a free-call token together. */
export function formatFreeCallToken({ signature, expirationBlock }: FreeCallToken): Uint8Array {
  return concatBytes(signature, utf8ToBytes(`_${expirationBlock}`));
}
