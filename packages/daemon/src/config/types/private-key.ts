import { mismatch, type ValueType } from './value-type.ts';

/** A secp256k1 private key, with or without 0x; the value has 0x. */
export function privateKey(): ValueType<`0x${string}`> {
  const expected = 'a private key: 64 hexadecimal digits without 0x';
  return {
    expected,
    parse(raw) {
      const digits = typeof raw === 'string' ? raw.replace(/^0x/i, '') : '';
      return /^[0-9a-f]{64}$/i.test(digits)
        ? { value: `0x${digits.toLowerCase()}` }
        : mismatch(raw, expected);
    },
  };
}
