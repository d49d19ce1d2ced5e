import { checksumAddress, formatGroupId } from '@snetkit/core';
import { listFreeCallers } from '../free-calls/list-free-callers.ts';
import type { Command } from './command.ts';
import { withGroup } from './open-group.ts';

/** `snetd freecall list`: one line for everybody who has called for free (daemon.md 6.5). */
export const freecallList: Command = {
  run: (input) =>
    withGroup(input, async ({ store, scope }) => {
      const groupId = formatGroupId(scope.groupId);
      let count = 0;
      for await (const { address, userId, serviceId, made } of listFreeCallers(store)) {
        count += 1;
        input.print(
          `{Addr:${checksumAddress(address)} (id:${userId}) has made ${made} free calls for ` +
            `org_id=${scope.organizationId}, service_id=${serviceId}, group_id=${groupId} }`,
        );
      }
      if (count === 0) input.print('no users of free calls, yet in storage');
      return 0;
    }),
};
