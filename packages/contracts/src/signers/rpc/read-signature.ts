import { BaseError, hexToBytes } from '@snetkit/core';

/**
 * The bytes of a signature in a JSON-RPC answer; whether it is the right one is another question.
 *
 * @throws BaseError `SIGNER_ANSWER_INVALID`
 */
export function readSignature(answer: unknown, place: string): Uint8Array {
  if (typeof answer === 'string' && /^0x(?:[0-9a-fA-F]{2})*$/.test(answer))
    return hexToBytes(answer);
  throw new BaseError('SIGNER_ANSWER_INVALID', 'The answer is no signature.', {
    place,
    expected: '0x and hexadecimal digits',
    found: typeof answer === 'string' ? `${answer.length} characters` : typeof answer,
  });
}
