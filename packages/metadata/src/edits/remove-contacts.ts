import type { JsonObject } from '@snetkit/core';
import { items, member } from '../documents/field.ts';
import { peek } from '../documents/peek.ts';
import { updateAt } from '../documents/update-at.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Which contacts of an organization are meant: all that have each of the values that are given. */
export interface ContactFilter {
  readonly contactType?: string | undefined;
  /** Found under `email_id` as well, its name in older documents. */
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/**
 * Removes contacts from an organization document; all of them unless something is given.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when there is none of that kind
 */
export function removeContacts(
  document: JsonObject,
  { contactType, email, phone }: ContactFilter = {},
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, ({ root, refuse }) => {
    const list = items(member(root, 'contacts')).map(({ value }) => value ?? null);
    const kept = list.filter(
      (one) =>
        (contactType !== undefined && peek(one, 'contact_type') !== contactType) ||
        (email !== undefined && (peek(one, 'email') ?? peek(one, 'email_id')) !== email) ||
        (phone !== undefined && peek(one, 'phone') !== phone),
    );
    const filter = [contactType, email, phone].filter((part) => part !== undefined);
    if (kept.length === list.length && filter.length > 0) {
      const message = 'There is no such contact.';
      throw refuse(['contacts'], { message, found: filter.join(', ') });
    }
    return updateAt(document, ['contacts'], () => kept);
  });
}
