import { ConnectError } from '@connectrpc/connect';
import { changeControl } from '../../group/change-control.ts';
import type { GroupControl, UsedRequest } from '../../group/control.ts';
import type { GroupWatch } from '../../group/group-watch.ts';
import type { Store } from '../../store/store.ts';
import { serviceError } from '../service-error.ts';
import { addUsed, isUsed, usedError } from './used-requests.ts';

/** Where the stop switch of the group is. */
export interface GroupSwitch {
  readonly store: Pick<Store, 'get' | 'commit'>;
  readonly watch: Pick<GroupWatch, 'adopt'>;
  /** Unix seconds. */
  wallSeconds(): number;
}

/**
 * Stops or starts the whole group in the name of an operator. The request is remembered with the
 * switch, so that whoever saw it on the wire cannot send it again, to whatever replica.
 *
 * @throws ConnectError with code 2
 */
export async function switchGroup(
  group: GroupSwitch,
  { request, isStopped }: { request: UsedRequest; isStopped: boolean },
): Promise<GroupControl> {
  const change = (control: GroupControl): GroupControl => {
    // An attempt whose outcome was unknown has applied.
    if (control.used.some(({ id }) => id === request.id)) return control;
    if (isUsed(control.used, request)) {
      // A client that asks twice, because it saw no answer, does no harm.
      if (control.isStopped === isStopped) return control;
      throw usedError();
    }
    const used = addUsed(control.used, request);
    if (control.isStopped === isStopped) return { ...control, used };
    return { isStopped, operator: request.signer, switchedAt: group.wallSeconds(), used };
  };
  const changed = await changeControl(group.store, change).catch((cause: unknown) => {
    if (cause instanceof ConnectError) throw cause;
    throw serviceError(
      'the store of the group does not answer: it is not known whether the switch was moved, ask again',
      cause,
    );
  });
  group.watch.adopt(changed);
  return changed.control;
}
