import type { LimitSettings } from '../../src/admission/rate-limits.ts';

/** Settings without any limit, with changes. */
export function limitSettings(changes: Partial<LimitSettings> = {}): LimitSettings {
  return {
    rate_limit_per_minute: undefined,
    burst_size: 2_147_483_647,
    payer_rate_limit_per_minute: undefined,
    payer_burst_size: undefined,
    address_rate_limit_per_minute: undefined,
    address_burst_size: undefined,
    own_services_rate_limit_per_minute: 0,
    own_services_burst_size: 1,
    trusted_proxies: [],
    ...changes,
  };
}
