import { sessionOptions, spendingOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand } from './command.ts';

const options = { ...sessionOptions, ...spendingOptions } as const;

/** What `snet channel claim-timeout` works with. */
export type ChannelClaimTimeoutInput = CommandInput<typeof options>;

/** `snet channel claim-timeout`. */
export const channelClaimTimeout = defineCommand({
  about:
    'Takes what is left in an expired channel back into the escrow balance. A transaction that an\nearlier run has sent is waited for, and not sent again.',
  arguments: [{ name: 'CHANNEL', about: 'number of the channel, as `snet channel list` shows it' }],
  options,
  examples: ['channel claim-timeout 3', 'channel claim-timeout 3 --yes --json'],
  run: async (input) => (await import('../channel/claim-timeout.ts')).claimOne(input),
});
