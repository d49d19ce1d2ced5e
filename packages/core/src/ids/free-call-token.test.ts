import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daemonVectors } from '../../test/vectors.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { utf8ToBytes } from '../bytes/utf8.ts';
import { formatFreeCallToken, parseFreeCallToken } from './free-call-token.ts';

const signature = new Uint8Array(65).fill(0x5f);
const [{ token_ascii_tail }] = daemonVectors.freeCallTokenParse as [{ token_ascii_tail: string }];

test('default', () => {
  const tail = token_ascii_tail.replace('...', '');
  const token = concatBytes(signature, utf8ToBytes(tail));
  expect(parseFreeCallToken(token)).toEqual({ signature, expirationBlock: 120n });
  expect(formatFreeCallToken({ signature, expirationBlock: 120n })).toEqual(token);
});

test('behavior: underscores inside the signature do not split it', () => {
  const block = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 65, maxLength: 65 }),
      block,
      (bytes, expirationBlock) => {
        const parts = { signature: bytes, expirationBlock };
        expect(parseFreeCallToken(formatFreeCallToken(parts))).toEqual(parts);
      },
    ),
  );
});

test('error: no underscore', () => {
  const token = new Uint8Array(65);
  expect(() => parseFreeCallToken(token)).toThrowErrorMatchingInlineSnapshot(
    `[BaseError: no '_' found]`,
  );
});

test.each([
  '',
  ' 1',
  '+1',
  '-1',
  '1x',
  '0x10',
  '1\0',
  '9223372036854775808',
  '1'.repeat(30),
  '120'.padStart(30, '0'),
])('error: block %j', (digits) => {
  const token = concatBytes(signature, utf8ToBytes(`_${digits}`));
  expect(() => parseFreeCallToken(token)).toThrow(
    expect.objectContaining({ code: 'FREE_CALL_TOKEN_INVALID', message: 'invalid block number' }),
  );
});
