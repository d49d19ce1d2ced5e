import { type Address, parseAddress } from '@snetkit/core';
import { mismatch, type ValueType } from './value-type.ts';

/**
 * An Ethereum address. Letter case does not matter, and neither does 0x, as in the official daemon;
 * the value is checksummed, or the very text with `asGiven`.
 */
export function address(options: { asGiven?: boolean } = {}): ValueType<Address> {
  const expected = 'an address: 0x and 40 hexadecimal digits';
  return {
    expected,
    parse(raw) {
      if (typeof raw !== 'string' || !/^(0x)?[0-9a-f]{40}$/i.test(raw)) {
        return mismatch(raw, expected);
      }
      const text = (/^0x/i.test(raw) ? raw : `0x${raw}`) as Address;
      return { value: options.asGiven === true ? text : parseAddress(text, { anyCase: true }) };
    },
  };
}
