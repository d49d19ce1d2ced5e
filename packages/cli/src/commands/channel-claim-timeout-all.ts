import { sessionOptions, spendingOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand } from './command.ts';

const options = { ...sessionOptions, ...spendingOptions } as const;

/** What `snet channel claim-timeout-all` works with. */
export type ChannelClaimTimeoutAllInput = CommandInput<typeof options>;

/** `snet channel claim-timeout-all`. */
export const channelClaimTimeoutAll = defineCommand({
  about:
    'Takes what is left in all expired channels of an account back into the escrow balance, one\ntransaction for each. Those that an earlier run has sent are waited for, and not sent again.',
  arguments: [],
  options,
  examples: ['channel claim-timeout-all', 'channel claim-timeout-all --yes --json'],
  run: async (input) => (await import('../channel/claim-timeout.ts')).claimAll(input),
});
