import { formatGroupId } from '@snetkit/core';
import { resetFreeCalls } from '../free-calls/reset-free-calls.ts';
import type { Command } from './command.ts';
import { freeCallerOptions, readFreeCaller } from './free-caller.ts';
import { withGroup } from './open-group.ts';

/**
 * `snetd freecall reset`: gives somebody all free calls of the configured service again (daemon.md
 * 6.5). Daemons may run meanwhile.
 */
export const freecallReset: Command = {
  options: freeCallerOptions,
  run: async (input) => {
    const { address, userId } = readFreeCaller(input);
    return withGroup(input, async ({ store, scope, config }) => {
      const serviceId = config.service_id;
      const groupId = formatGroupId(scope.groupId);
      const user = `{ID:${address}/${userId}/${scope.organizationId}/${serviceId}/${groupId}}`;
      if (await resetFreeCalls(store, { serviceId, address, userId })) {
        input.print(`Success: User ${user} free calls have been reset `);
        return 0;
      }
      input.print(`Error: Free Call user ${user} is not found`);
      return 1;
    });
  },
};
