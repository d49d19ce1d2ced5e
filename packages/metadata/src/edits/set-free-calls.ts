import { type JsonObject, parseAddress } from '@snetkit/core';
import { fieldPlace } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Calls of a group that cost nothing; what is not given stays as it is. */
export interface FreeCallSettings {
  readonly groupName: string;
  /** Calls that each user has for nothing. */
  readonly freeCalls?: number | undefined;
  /** The address that signs their tokens; `null` takes it away, which switches free calls off. */
  readonly signer?: string | null | undefined;
}

/**
 * Sets the number of free calls of a group, and who signs their tokens.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `ADDRESS_INVALID`, `METADATA_EDIT_REFUSED` for what is no number of calls
 */
export function setFreeCalls(
  document: JsonObject,
  { groupName, freeCalls, signer }: FreeCallSettings,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root, refuse }) => {
    const group = ['groups', findGroup(root, groupName)];
    let result = document;
    if (freeCalls !== undefined) {
      const at = [...group, 'free_calls'];
      if (!Number.isSafeInteger(freeCalls) || freeCalls < 0) {
        const expected = 'an integer from 0';
        throw refuse(at, {
          message: 'This is not a number of calls.',
          expected,
          found: `${freeCalls}`,
        });
      }
      result = updateAt(result, at, () => freeCalls);
    }
    if (signer !== undefined) {
      const place = fieldPlace(root.document, `/groups/${group[1]}/free_call_signer_address`);
      const value = signer === null ? undefined : parseAddress(signer, { place });
      result = updateAt(result, [...group, 'free_call_signer_address'], () => value);
    }
    return result;
  });
}
