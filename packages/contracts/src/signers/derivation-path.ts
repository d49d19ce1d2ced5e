import { BaseError } from '@snetkit/core';

/** Which of the accounts of a mnemonic or device is meant. */
export interface AccountPath {
  /** Number of the account, from 0; 0 when not given. */
  readonly index?: number | undefined;
  /**
   * BIP-32 path from the root, in which `{index}` stands for the number:
   * `m/44'/60'/0'/0/{index}` when not given, `m/44'/60'/{index}'/0/0` for Ledger Live.
   */
  readonly path?: string | undefined;
}

/** What makes a step of a path hardened. */
const hardened = 0x80000000;

/** Deeper paths than this are a mistake; devices take ten steps. */
const maxSteps = 10;

/**
 * The steps of the path to an account as 32-bit numbers; hardened ones have the highest bit set.
 *
 * @throws BaseError `DERIVATION_PATH_INVALID`
 */
export function parseAccountPath({
  index = 0,
  path = "m/44'/60'/0'/0/{index}",
}: AccountPath): number[] {
  if (!Number.isInteger(index) || index < 0 || index >= hardened) {
    throw new BaseError('DERIVATION_PATH_INVALID', 'The index of the account cannot be used.', {
      expected: 'an integer from 0 to 2147483647',
      found: String(index),
    });
  }
  const [root, ...steps] = path.replaceAll('{index}', String(index)).split('/');
  const numbers = steps.map(parseStep);
  if (root === 'm' && numbers.length > 0 && numbers.length <= maxSteps && !numbers.includes(-1)) {
    return numbers;
  }
  throw new BaseError('DERIVATION_PATH_INVALID', 'The derivation path cannot be used.', {
    expected: "a path such as m/44'/60'/0'/0/{index}",
    // What stands here could be a mnemonic in the wrong place.
    found: /^[m\d'h/{}index]{0,60}$/.test(path) ? path : `${path.length} characters`,
  });
}

/** A step, or -1. */
function parseStep(step: string): number {
  const [, digits = '', mark] = /^(\d{1,10})(['h]?)$/.exec(step) ?? [];
  const number = Number(digits);
  if (digits === '' || number >= hardened) return -1;
  return mark === '' ? number : number + hardened;
}
