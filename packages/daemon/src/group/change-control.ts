import { BaseError } from '@snetkit/core';
import type { Store } from '../store/store.ts';
import {
  controlKey,
  decodeControl,
  encodeControl,
  type GroupControl,
  type VersionedControl,
} from './control.ts';

/** So often a change is tried again when others were faster or nobody knows what became of it. */
const maxAttempts = 10;

/**
 * Changes the stop switch of the group with a conditional write. An attempt whose outcome is unknown is
 * tried again on a fresh read: whatever that read finds, the earlier write can no longer apply behind it.
 *
 * @param change gets the switch as it is now and returns what it shall be, or the very same object to
 *   leave it alone; what it throws is passed on
 * @returns the switch as it is then
 * @throws BaseError `STORE_UNAVAILABLE` when the store cannot be read or written
 */
export async function changeControl(
  store: Pick<Store, 'get' | 'commit'>,
  change: (control: GroupControl) => GroupControl,
): Promise<VersionedControl> {
  let cause: unknown;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const stored = await store.get(controlKey);
    const control = decodeControl(stored?.value);
    const next = change(control);
    if (next === control) return { control, version: stored?.version ?? 0n };
    const [result] = await store.commit([
      {
        checks: [{ key: controlKey, version: stored?.version ?? 0n }],
        writes: [{ key: controlKey, value: encodeControl(next) }],
      },
    ]);
    if (result?.outcome === 'applied') return { control: next, version: result.version };
    if (result?.outcome === 'unknown') cause = result.cause;
  }
  throw new BaseError('STORE_UNAVAILABLE', 'The stop switch of the group cannot be written.', {
    place: controlKey,
    cause,
  });
}
