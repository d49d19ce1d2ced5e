import type { Command } from './command.ts';
import { UsageError } from './usage-error.ts';

/** `snetd channel --unlock ID`: there for scripts; no lock is ever held that could be left behind. */
export const channelUnlock: Command = {
  options: { unlock: { type: 'string', short: 'u' } },
  async run({ options, print }) {
    const { unlock: id } = options;
    if (typeof id !== 'string') throw new UsageError('--unlock channel-id must be set.');
    if (!/^[0-9]+$/.test(id)) throw new UsageError(`'${id}' is not the id of a channel.`);
    print(`Success: Channel {ID: ${BigInt(id)}} unlocked`);
    print('There was nothing to do: this daemon never locks a channel.');
    return 0;
  },
};
