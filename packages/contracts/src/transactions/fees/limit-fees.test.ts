import type { BaseError } from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FeePolicy } from './fee-policy.ts';
import { defaultMaxFeePerGas } from './fee-policy.ts';
import { type Fees, getFeeCap } from './fees.ts';
import { getFeeLimit, limitFees } from './limit-fees.ts';
import { raiseFees } from './raise-fees.ts';
import { isUnderpriced, limitReplacement } from './replacement-policy.ts';

// Around the limit that holds where the caller sets none, and below.
const amount = fc.oneof(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, defaultMaxFeePerGas / 4n));
const fees: fc.Arbitrary<Fees> = fc.oneof(
  fc.record({ type: fc.constant('legacy' as const), gasPrice: amount }),
  fc.tuple(amount, amount).map(([base, tip]) => ({
    ...{ type: 'eip1559' as const, maxFeePerGas: base + tip, maxPriorityFeePerGas: tip },
  })),
);
const limit = fc.option(amount, { nil: undefined });
const policy: fc.Arbitrary<FeePolicy> = fc.record({
  ...{ maxFeePerGas: limit, maxPriorityFeePerGas: limit },
  maxCost: fc.option(fc.bigInt(0n, 10n ** 17n), { nil: undefined }),
});
const tip = (one: Fees) => (one.type === 'eip1559' ? one.maxPriorityFeePerGas : 0n);

function keepsTo(one: Fees, limits: FeePolicy, gas: bigint): boolean {
  const unlimited = limits.maxCost === undefined ? defaultMaxFeePerGas : 10n ** 30n;
  const { maxFeePerGas: most = unlimited, maxPriorityFeePerGas: mostTip = most } = limits;
  const { maxCost = 10n ** 60n } = limits;
  const cap = getFeeCap(one);
  return cap <= most && tip(one) <= mostTip && cap * gas <= maxCost && tip(one) <= cap;
}

describe('limitFees', () => {
  test('default: without limits nothing changes, up to 500 gwei', () => {
    fc.assert(
      fc.property(fees, (one) => {
        fc.pre(getFeeCap(one) <= defaultMaxFeePerGas);
        expect(limitFees(one, { policy: {}, gas: 21_000n, least: getFeeCap(one) })).toEqual(one);
      }),
    );
  });

  test('error: an endpoint that asks for more gets it only from who allows it', () => {
    const one = { type: 'legacy', gasPrice: 10n ** 15n } as const;
    const options = { gas: 200_000n, least: 10n ** 15n };
    expect(() => limitFees(one, { ...options, policy: {} })).toThrowErrorMatchingInlineSnapshot(`
      [BaseError: The gas fees of the chain are above the limit.
      Expected: at most 500000000000 wei for each unit of gas, unless you say otherwise
      Found: 1000000000000000 wei
      Fix: Wait until the fees fall, or allow more with fees: { maxFeePerGas } or { maxCost }, in wei.]
    `);
    for (const policy of [{ maxFeePerGas: 10n ** 15n }, { maxCost: 10n ** 21n }]) {
      expect(limitFees(one, { ...options, policy })).toEqual(one);
    }
    // What is offered for the next blocks is cut; what the chain takes now is below.
    const high = { type: 'legacy', gasPrice: 6n * 10n ** 11n } as const;
    expect(limitFees(high, { policy: {}, gas: 1n, least: 10n ** 11n })).toEqual({
      type: 'legacy',
      gasPrice: defaultMaxFeePerGas,
    });
  });

  test('behavior: within every limit, and enough for the chain, or an error', () => {
    fc.assert(
      fc.property(fees, policy, amount, fc.bigInt(1n, 10n ** 7n), (one, limits, part, gas) => {
        const least = (getFeeCap(one) * part) / 10n ** 12n;
        try {
          const limited = limitFees(one, { policy: limits, gas, least });
          expect(keepsTo(limited, limits, gas)).toBe(true);
          expect(getFeeCap(limited)).toBeGreaterThanOrEqual(least);
        } catch (error) {
          expect((error as BaseError).code).toBe('FEE_ABOVE_LIMIT');
          expect(getFeeLimit(limits, gas)).toBeLessThan(least);
        }
      }),
    );
  });

  test('error: the limit, and what the chain takes', () => {
    const one = { type: 'legacy', gasPrice: 20n } as const;
    expect(() =>
      limitFees(one, { policy: { maxCost: 100_000n }, gas: 10_000n, least: 15n }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [BaseError: The gas fees of the chain are above the limit.
      Expected: at most 10 wei for each unit of gas
      Found: 15 wei
      Fix: Wait until the fees fall, or allow more with fees: { maxFeePerGas } or { maxCost }, in wei.]
    `);
  });
});

describe('raiseFees', () => {
  test('behavior: an eighth more in every part, within the limits, or nothing', () => {
    fc.assert(
      fc.property(fees, fees, policy, fc.bigInt(1n, 10n ** 7n), (one, market, limits, gas) => {
        const raised = raiseFees(one, { policy: limits, gas, market });
        if (raised === undefined) {
          const { maxPriorityFeePerGas: most = 10n ** 30n } = limits;
          const lowest = getFeeCap(one) + getFeeCap(one) / 8n + 1n;
          const isLimited = (getFeeLimit(limits, gas) ?? 10n ** 30n) < lowest;
          expect(isLimited || most < tip(one) + tip(one) / 8n + 1n).toBe(true);
          return;
        }
        expect(raised.type).toBe(one.type);
        expect(keepsTo(raised, limits, gas)).toBe(true);
        expect(getFeeCap(raised) * 8n).toBeGreaterThan(getFeeCap(one) * 9n - 8n);
        expect(getFeeCap(raised)).toBeGreaterThan(getFeeCap(one));
        if (one.type === 'eip1559') expect(tip(raised)).toBeGreaterThan(tip(one));
      }),
    );
  });

  test('default: what the chain asks now, when that is more', () => {
    const one = { type: 'eip1559', maxFeePerGas: 100n, maxPriorityFeePerGas: 8n } as const;
    const market = { type: 'eip1559', maxFeePerGas: 900n, maxPriorityFeePerGas: 5n } as const;
    expect(raiseFees(one, { policy: {}, gas: 1n, market })).toEqual({
      ...{ type: 'eip1559', maxFeePerGas: 900n, maxPriorityFeePerGas: 10n },
    });
    const legacy = { type: 'legacy', gasPrice: 100n } as const;
    expect(raiseFees(legacy, { policy: {}, gas: 1n, market: legacy })).toEqual({
      ...{ type: 'legacy', gasPrice: 113n },
    });
  });
});

describe('isUnderpriced', () => {
  const offer = { type: 'eip1559', maxFeePerGas: 100n, maxPriorityFeePerGas: 1n } as const;

  test.each([
    [101n, 1n, false],
    [101n, 2n, true],
    [100n, 2n, false],
    [100n, 9n, false],
    [100n, 10n, true],
    [undefined, 9n, false],
    [undefined, 10n, true],
  ])('default: base fee %s, %s blocks: %s', (baseFee, blocks, expected) => {
    expect(isUnderpriced({}, { fees: offer, baseFee, blocks })).toBe(expected);
  });

  test('args: blocks of the caller', () => {
    const waits = { fees: offer, baseFee: 101n, blocks: 1n };
    expect(isUnderpriced({ whenPricedOut: 1 }, waits)).toBe(true);
    expect(isUnderpriced({ whenPassedOver: 1 }, { ...waits, baseFee: 1n })).toBe(true);
  });

  test('default: ten times the first offer, unless the caller sets a limit', () => {
    expect(limitReplacement({}, offer)).toEqual({ maxFeePerGas: 1_000n });
    expect(limitReplacement({ maxCost: 5n }, offer)).toEqual({ maxCost: 5n });
    expect(limitReplacement({ maxFeePerGas: 5n }, offer)).toEqual({ maxFeePerGas: 5n });
  });
});
