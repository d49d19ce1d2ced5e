import { loadCrypto } from '@snetkit/native-crypto';
import type { Config } from '../config/schema.ts';
import type { Counters } from '../observe/counters.ts';
import { createAllowedUserPayment } from '../payments/allowed-user.ts';
import { createAllowedUsers } from '../payments/allowed-users.ts';
import type { PaymentTypes } from './choose-payment-type.ts';

/**
 * Who is let in while the blockchain is switched off: with `allowed_user_flag` those on the list, in
 * the name of escrow (daemon.md 4.6); `undefined`: everybody.
 */
export async function openGuestList(
  config: Config,
  counters: Counters,
): Promise<PaymentTypes | undefined> {
  if (config.blockchain_enabled || !config.allowed_user_flag) return undefined;
  const { recovery, keccak } = await loadCrypto();
  const isAllowedUser = createAllowedUsers(config);
  return { escrow: createAllowedUserPayment({ isAllowedUser, recovery, keccak, counters }) };
}
