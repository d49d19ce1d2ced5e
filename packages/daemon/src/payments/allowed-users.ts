import { parseWallet } from '../free-calls/parse-wallet.ts';

/** Whether somebody may use the service at all; the address in any spelling. */
export type AllowedUsers = (address: string) => boolean;

/** What everybody else is told (daemon.md, section 3, notes). */
export const curationText = 'you are not Authorized to call this service during curation process';

/**
 * Who may use the service: everybody, or with `allowed_user_flag` the addresses of
 * `allowed_user_addresses` (daemon.md 4.6).
 */
export function createAllowedUsers(config: {
  readonly allowed_user_flag: boolean;
  readonly allowed_user_addresses: readonly string[];
}): AllowedUsers {
  if (!config.allowed_user_flag) return () => true;
  const wallets = new Set(config.allowed_user_addresses.map(parseWallet));
  return (address) => {
    const wallet = parseWallet(address);
    return wallet !== undefined && wallets.has(wallet);
  };
}
