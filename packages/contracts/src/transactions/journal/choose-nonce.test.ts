import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vectors } from '../../../test/vectors.ts';
import { chooseNonce } from './choose-nonce.ts';

// The cache of the official SDKs starts at 0, which they cannot tell from a transaction with nonce 0.
test.each(vectors.transaction_nonce.cases)(
  'default: $chain on the chain, $cached sent',
  ({ chain, cached, reference, correct = reference }) => {
    expect(chooseNonce(chain, cached === 0 ? [] : [cached])).toBe(correct);
  },
);

test('behavior: never one that is in flight or mined, never a gap after what is in flight', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.uniqueArray(fc.nat(1000)), (pending, inFlight) => {
      const nonce = chooseNonce(pending, inFlight);
      expect(nonce).toBeGreaterThanOrEqual(pending);
      expect(inFlight).not.toContain(nonce);
      expect(nonce === pending || inFlight.includes(nonce - 1)).toBe(true);
    }),
  );
});
