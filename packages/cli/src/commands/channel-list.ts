import { sessionOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand } from './command.ts';

/** What `snet channel list` works with. */
export type ChannelListInput = CommandInput<typeof sessionOptions>;

/** `snet channel list`. */
export const channelList = defineCommand({
  about:
    'Lists the payment channels that an account has opened: what they hold, what is signed\n(as far as this machine knows), and how long they live.',
  arguments: [],
  options: sessionOptions,
  examples: ['channel list', 'channel list --json'],
  run: async (input) => (await import('../channel/list-channels.ts')).listChannels(input),
});
