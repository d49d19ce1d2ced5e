import type { Command } from './command.ts';
import { freeCallerOptions, readFreeCaller } from './free-caller.ts';

/** `snetd freecall unlock`: there for scripts; no lock is ever held that could be left behind. */
export const freecallUnlock: Command = {
  options: freeCallerOptions,
  async run(input) {
    const { address, userId } = readFreeCaller(input);
    input.print(`Success: User {ID:${address}/${userId}} unlocked`);
    input.print('There was nothing to do: this daemon never locks a user of free calls.');
    return 0;
  },
};
