import type { JsonObject } from '@snetkit/core';
import { items, member, text } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes somebody who made the service, known by name, e-mail address or both.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when nobody, or more than one, is meant
 */
export function removeContributor(
  document: JsonObject,
  { name, email }: { readonly name?: string | undefined; readonly email?: string | undefined },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root, refuse }) => {
    const list = items(member(root, 'contributors'));
    const found = list.flatMap((one, index) => {
      const wrongName = name !== undefined && text(member(one, 'name')) !== name;
      const wrongEmail = email !== undefined && text(member(one, 'email_id')) !== email;
      return wrongName || wrongEmail ? [] : [index];
    });
    const [index] = found;
    if (index === undefined || found.length > 1) {
      const several = index !== undefined;
      const message = several ? 'Several contributors are meant.' : 'There is no such contributor.';
      throw refuse(['contributors'], {
        message,
        expected:
          list.map((one) => text(member(one, 'name'))).join(', ') || 'nobody: the list is empty',
        found: [name, email].filter((part) => part !== undefined).join(', '),
        ...(several && { hint: 'Give name and e-mail address.' }),
      });
    }
    return updateAt(document, ['contributors', index], () => undefined);
  });
}
