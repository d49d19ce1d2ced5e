import { formatGroupId } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import type { Timers } from '../accounts/account-ports.ts';
import type { CounterAccounts } from '../accounts/counter-accounts.ts';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../observe/logger.ts';
import type { PaymentType } from '../payments/payment.ts';
import { createPrepaidCall } from '../payments/prepaid-call.ts';
import { createPrepaidTokens, type PrepaidTokens } from '../prepaid/prepaid-tokens.ts';
import { describeWeakSecret } from '../prepaid/token-secret.ts';

/** Both sides of prepaid calls. */
export interface Prepaid {
  readonly payment: PaymentType;
  /** Absent while prepaid calls are switched off. */
  readonly tokens: PrepaidTokens | undefined;
}

/**
 * Prepaid calls. With a secret that others could know they are switched off, with a line in the log:
 * an official configuration may have one, and must start the daemon all the same.
 */
export function openPrepaid(options: {
  config: Config;
  service: ResolvedService;
  counterAccounts: CounterAccounts;
  timers: Timers;
  log: Logger;
}): Prepaid {
  const { config, service, counterAccounts, timers, log } = options;
  const { token_secret_key: secret } = config;
  const weakness = describeWeakSecret(secret);
  if (secret === undefined || weakness !== undefined) {
    log.warn(
      { event: 'prepaid' },
      `Prepaid calls are switched off: token_secret_key ${weakness}. Set it to a random text of at ` +
        'least 32 bytes, the same for all daemons of the group.',
    );
    return {
      payment: createPrepaidCall({ counterAccounts, tokens: undefined }),
      tokens: undefined,
    };
  }
  const tokens = createPrepaidTokens({
    secret,
    organizationId: config.organization_id,
    groupId: formatGroupId(service.group.groupId),
    lifetimeMinutes: config.token_expiry_in_minutes,
    now: () => timers.wallSeconds(),
  });
  return { payment: createPrepaidCall({ counterAccounts, tokens }), tokens };
}
