import type { JsonObject } from '@snetkit/core';
import { items, member, text } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Adds somebody who made the service.
 *
 * @param contributor the e-mail address may be empty
 * @throws BaseError `METADATA_EDIT_REFUSED` when the name is empty, or name and address are listed
 */
export function addContributor(
  document: JsonObject,
  { name, email }: { readonly name: string; readonly email: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root, refuse }) => {
    const list = items(member(root, 'contributors'));
    if (name === '') {
      throw refuse(['contributors', list.length, 'name'], { message: 'A contributor has a name.' });
    }
    const same = list.findIndex(
      (one) => text(member(one, 'name')) === name && text(member(one, 'email_id')) === email,
    );
    if (same >= 0) {
      const message = 'The contributor is listed already.';
      throw refuse(['contributors', same], { message, found: name });
    }
    const added = { name, email_id: email };
    return updateAt(document, ['contributors'], (old) => [
      ...(Array.isArray(old) ? old : []),
      added,
    ]);
  });
}
