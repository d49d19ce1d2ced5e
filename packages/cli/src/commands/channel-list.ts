import { sessionOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand, type OptionSpecs } from './command.ts';

const options = {
  service: {
    type: 'string',
    value: 'ORGANIZATION/SERVICE',
    about: 'Ask the daemon of this service, too (local network: its own)',
  },
  ...sessionOptions,
} as const satisfies OptionSpecs;

/** What `snet channel list` works with. */
export type ChannelListInput = CommandInput<typeof options>;

/** `snet channel list`. */
export const channelList = defineCommand({
  about:
    'Lists the payment channels that an account has opened: what they hold, what is signed (by this\nprogram, and by others as far as a daemon that is asked can prove), and how long they live.',
  arguments: [],
  options,
  examples: ['channel list', 'channel list --service snet/image', 'channel list --json'],
  run: async (input) => (await import('../channel/list-channels.ts')).listChannels(input),
});
