import { BaseError } from '@snetkit/core';

const seconds: Readonly<Record<string, number>> = {
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};

/** What times become blocks with. */
export interface ExpirationContext {
  /** Latest block number. */
  readonly block: bigint;
  readonly blockTimeSeconds: number;
}

/**
 * Reads when a channel shall expire: a block number, or what is added to the latest one: `+30days`,
 * `+12hours`, `+2weeks`, `+10000blocks`.
 *
 * @returns a block number
 * @throws BaseError `EXPIRATION_INVALID`
 */
export function parseExpiration(
  text: string,
  { block, blockTimeSeconds }: ExpirationContext,
): bigint {
  if (/^[0-9]{1,20}$/.test(text)) return BigInt(text);
  const [, count = '', unit = ''] = /^\+([0-9]{1,12})([a-z]+?)s?$/.exec(text) ?? [];
  if (unit === 'block') return block + BigInt(count);
  const length = seconds[unit];
  if (length !== undefined)
    return block + BigInt(Math.ceil((Number(count) * length) / blockTimeSeconds));
  throw new BaseError('EXPIRATION_INVALID', 'This is no time at which a channel can expire.', {
    place: '--expiration',
    expected: 'a block number, or +30days, +12hours, +2weeks, +10000blocks',
    found: JSON.stringify(text.slice(0, 40)),
  });
}
