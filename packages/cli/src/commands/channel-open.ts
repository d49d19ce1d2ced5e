import { sessionOptions, spendingOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand, type OptionSpecs } from './command.ts';

const options = {
  organization: {
    type: 'string',
    value: 'ID',
    about: 'Whose group is paid (the local network has a default)',
  },
  group: { type: 'string', value: 'NAME', about: 'Payment group (the first one unless given)' },
  expiration: {
    type: 'string',
    value: 'WHEN',
    about: '+30days, +10000blocks or a block number (about two weeks)',
  },
  another: { type: 'boolean', about: 'Open one although there is one already' },
  ...sessionOptions,
  ...spendingOptions,
} as const satisfies OptionSpecs;

/** What `snet channel open` works with. */
export type ChannelOpenInput = CommandInput<typeof options>;

/** `snet channel open`. */
export const channelOpen = defineCommand({
  about:
    'Opens a payment channel to a payment group, from the escrow balance or else from the wallet.\nCalls open and top up channels by themselves; open one yourself to decide how much and how long.',
  arguments: [{ name: 'AMOUNT', about: 'such as "1.5 FET", or "100 cogs"' }],
  options,
  examples: [
    'channel open "1.5 FET"',
    'channel open 10 --organization snet --group default_group --expiration +30days',
  ],
  run: async (input) => (await import('../channel/open-channel.ts')).openChannel(input),
});
