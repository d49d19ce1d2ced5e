import { checksumAddress } from '@snetkit/core';
import type { FreeCaller } from '../accounts/counter-key.ts';
import { parseWallet } from '../free-calls/parse-wallet.ts';
import type { CommandInput } from './command.ts';
import { UsageError } from './usage-error.ts';

/** Options that name a free caller (daemon.md 6.5). */
export const freeCallerOptions = {
  address: { type: 'string', short: 'a' },
  'user-id': { type: 'string', short: 'u' },
} as const;

/**
 * The wallet, in any spelling, and its user, if there is one.
 *
 * @throws UsageError
 */
export function readFreeCaller({
  options,
}: Pick<CommandInput, 'options'>): Pick<FreeCaller, 'address' | 'userId'> {
  const { address, 'user-id': userId = '' } = options;
  if (typeof address !== 'string') throw new UsageError('--address must be set.');
  const wallet = parseWallet(address);
  if (wallet === undefined) throw new UsageError(`'${address}' is not an address.`);
  return { address: checksumAddress(wallet), userId: String(userId) };
}
