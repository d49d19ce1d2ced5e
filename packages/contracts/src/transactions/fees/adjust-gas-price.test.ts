import { expect, test } from 'vitest';
import { vectors } from '../../../test/vectors.ts';
import { adjustGasPrice } from './adjust-gas-price.ts';

test.each(vectors.gas_price.cases)('default: $node_gas_price_wei', (one) => {
  expect(adjustGasPrice(BigInt(one.node_gas_price_wei))).toBe(BigInt(one.adjusted_wei));
});
