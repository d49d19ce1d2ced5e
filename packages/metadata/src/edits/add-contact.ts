import type { JsonObject } from '@snetkit/core';
import { describeValue } from '../documents/describe-value.ts';
import { items, member } from '../documents/field.ts';
import { peek } from '../documents/peek.ts';
import { updateAt } from '../documents/update-at.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** How to reach an organization; at least one of e-mail address and telephone number. */
export interface NewContact {
  readonly contactType: 'general' | 'support';
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/**
 * Adds a contact to an organization document, as its validator wants it.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when it is empty, of another type, or listed
 */
export function addContact(
  document: JsonObject,
  { contactType, email = '', phone = '' }: NewContact,
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, ({ root, refuse }) => {
    const list = items(member(root, 'contacts'));
    const at = ['contacts', list.length];
    if (!['general', 'support'].includes(contactType)) {
      throw refuse([...at, 'contact_type'], {
        message: 'There is no such type of contact.',
        expected: 'general or support',
        found: describeValue(contactType),
      });
    }
    if (email === '' && phone === '') {
      const expected = 'an e-mail address or a telephone number';
      throw refuse(at, { message: 'The contact is empty.', expected });
    }
    const same = list.findIndex(
      ({ value }) =>
        peek(value, 'contact_type') === contactType &&
        (peek(value, 'email') ?? '') === email &&
        (peek(value, 'phone') ?? '') === phone,
    );
    if (same >= 0) throw refuse(['contacts', same], { message: 'The contact is listed already.' });
    const added = { email, phone, contact_type: contactType };
    return updateAt(document, ['contacts'], (old) => [...(Array.isArray(old) ? old : []), added]);
  });
}
