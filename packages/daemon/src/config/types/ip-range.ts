import { isIP } from 'node:net';
import { mismatch, type ValueType } from './value-type.ts';

/** Addresses that share their first `prefix` bits. */
export interface IpRange {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** An IP address, or a range of them in the notation of CIDR. */
export function ipRange(): ValueType<IpRange> {
  const expected = 'an IP address or a range such as "10.0.0.0/8" or "fd00::/8"';
  return {
    expected,
    parse(raw) {
      const match = typeof raw === 'string' ? /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(raw) : null;
      const [, address = '', digits] = match ?? [];
      const version = isIP(address);
      const bits = version === 4 ? 32 : 128;
      const prefix = digits === undefined ? bits : Number(digits);
      if (version === 0 || prefix > bits) return mismatch(raw, expected);
      return { value: { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } };
    },
  };
}
