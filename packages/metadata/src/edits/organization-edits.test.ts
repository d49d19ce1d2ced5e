import type { JsonObject } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { groupName, organization } from '../../test/edit-documents.ts';
import { peek } from '../documents/peek.ts';
import { addContact } from './add-contact.ts';
import { addOrganizationGroup } from './add-organization-group.ts';
import { removeContacts } from './remove-contacts.ts';
import { removeOrganizationGroup } from './remove-organization-group.ts';
import { renameOrganizationGroup } from './rename-organization-group.ts';
import { setOrganizationDescription } from './set-organization-description.ts';
import { setOrganizationFields } from './set-organization-fields.ts';
import { updateOrganizationGroup } from './update-organization-group.ts';

const paymentAddress = '0x464c564e427fA7A715922D9E0373a5D90589E021';
const groupId = '58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=';
const added = {
  groupName: 'europe',
  groupId,
  paymentAddress,
  storageEndpoints: ['https://etcd.example.org:2379'],
};

describe('groups', () => {
  test('default', () => {
    const document = addOrganizationGroup(organization(), added);
    expect(peek(document, 'groups', 1)).toEqual({
      group_name: 'europe',
      group_id: groupId,
      payment: {
        payment_address: paymentAddress,
        payment_expiration_threshold: 40320,
        payment_channel_storage_type: 'etcd',
        payment_channel_storage_client: {
          connection_timeout: '7s',
          request_timeout: '5s',
          endpoints: ['https://etcd.example.org:2379'],
        },
      },
    });
    expect(removeOrganizationGroup(document, { groupName: 'europe' })).toEqual(organization());
    const renamed = renameOrganizationGroup(document, { groupName: 'europe', newName: 'asia' });
    expect(peek(renamed, 'groups', 1, 'group_name')).toBe('asia');
  });

  test('behavior: settings change one by one, and what nobody knows stays', () => {
    const own = organization(
      { path: '/groups/0/payment/x', value: { y: 1 } },
      { path: '/groups/0/license_server_endpoints', value: ['https://l:1'] },
    );
    const document = updateOrganizationGroup(own, {
      groupName,
      paymentAddress: paymentAddress.toLowerCase(),
      paymentExpirationThreshold: 50400n,
      connectionTimeout: '1500ms',
      requestTimeout: '1m',
      storageEndpoints: ['http://etcd:2379'],
    });
    expect(peek(document, 'groups', 0)).toEqual({
      group_name: groupName,
      group_id: '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvOQ=',
      payment: {
        payment_address: paymentAddress,
        payment_expiration_threshold: 50400,
        payment_channel_storage_type: 'etcd',
        payment_channel_storage_client: {
          connection_timeout: '1500ms',
          request_timeout: '1m',
          endpoints: ['http://etcd:2379'],
        },
        x: { y: 1 },
      },
      license_server_endpoints: ['https://l:1'],
    });
    expect(updateOrganizationGroup(own, { groupName })).toEqual(own);
    const without = updateOrganizationGroup(own, { groupName, licenseServerEndpoints: [] });
    expect(peek(without, 'groups', 0, 'license_server_endpoints')).toBeUndefined();
    const with2 = updateOrganizationGroup(own, {
      groupName,
      licenseServerEndpoints: ['https://l:2'],
    });
    expect(peek(with2, 'groups', 0, 'license_server_endpoints')).toEqual(['https://l:2']);
  });

  test('behavior: a group without payment gets one', () => {
    const broken = organization({ path: '/groups/0/payment', remove: true });
    const mended = updateOrganizationGroup(broken, {
      ...added,
      groupName,
      paymentExpirationThreshold: 1n,
    });
    expect(peek(mended, 'groups', 0, 'payment')).toEqual({
      payment_address: paymentAddress,
      payment_expiration_threshold: 1,
      payment_channel_storage_client: { endpoints: added.storageEndpoints },
    });
  });

  test.each([
    [{ paymentAddress: 'nobody' }, 'ADDRESS_INVALID', 'payment_address'],
    [{ paymentAddress: `0x${'0'.repeat(40)}` }, 'METADATA_EDIT_REFUSED', 'payment_address'],
    [{ paymentExpirationThreshold: 0n }, 'METADATA_EDIT_REFUSED', 'payment_expiration_threshold'],
    [
      { requestTimeout: '5 s' },
      'DURATION_INVALID',
      'payment_channel_storage_client/request_timeout',
    ],
    [
      { storageEndpoints: ['etcd'] },
      'METADATA_EDIT_REFUSED',
      'payment_channel_storage_client/endpoints/0',
    ],
  ])('error: %o', async (change, code, key) => {
    const error = await catchError(() =>
      updateOrganizationGroup(organization(), { groupName, ...change }, { place: 'o.json' }),
    );
    expect([error.code, error.place]).toEqual([code, `o.json, /groups/0/payment/${key}`]);
  });

  test('error: the name is taken, the id is none, no such group, the last one', async () => {
    const taken = await catchError(() =>
      addOrganizationGroup(organization(), { ...added, groupName }),
    );
    expect(taken.message).toBe(`The organization has such a group already.
Place: organization metadata, /groups/1/group_name
Expected: a name that no other group has
Found: "default_group"`);
    const id = await catchError(() =>
      addOrganizationGroup(organization(), { ...added, groupId: 'x' }),
    );
    expect([id.code, id.place]).toEqual([
      'GROUP_ID_INVALID',
      'organization metadata, /groups/1/group_id',
    ]);
    const unknown = await catchError(() =>
      removeOrganizationGroup(organization(), { groupName: 'x' }),
    );
    expect(unknown.message).toBe(`The organization has no group "x".
Place: organization metadata, /groups
Expected: one of "default_group"
Found: "x"`);
    const last = await catchError(() => removeOrganizationGroup(organization(), { groupName }));
    expect(last.shortMessage).toBe('The document would not work any more.');
  });
});

describe('contacts', () => {
  const contacts = (document: JsonObject) => document['contacts'] as JsonObject[];
  const sales = { contactType: 'general', email: 'a@example.org' } as const;

  test('default', () => {
    const document = addContact(organization(), sales);
    expect(contacts(document)[2]).toEqual({
      email: 'a@example.org',
      phone: '',
      contact_type: 'general',
    });
    expect(removeContacts(document, { email: 'a@example.org' })).toEqual(organization());
    expect(contacts(removeContacts(document, { contactType: 'general' }))).toHaveLength(1);
    expect(contacts(removeContacts(document))).toEqual([]);
    expect(contacts(removeContacts(organization({ path: '/contacts', value: [] })))).toEqual([]);
  });

  test('behavior: older contacts are found by their address, too', () => {
    const path = '/contacts';
    const older = organization({ path, value: [{ email_id: 'x@y.z', contact_type: 'sales' }] });
    expect(contacts(removeContacts(older, { email: 'x@y.z' }))).toEqual([]);
  });

  test('error: empty, of another type, listed, not there', async () => {
    const document = addContact(organization(), sales);
    const empty = await catchError(() => addContact(document, { contactType: 'support' }));
    expect(empty.message).toBe(`The contact is empty.
Place: organization metadata, /contacts/3
Expected: an e-mail address or a telephone number`);
    const type = await catchError(() =>
      addContact(document, { ...sales, contactType: 'sales' as never }),
    );
    expect(type.message).toBe(`There is no such type of contact.
Place: organization metadata, /contacts/3/contact_type
Expected: general or support
Found: "sales"`);
    const listed = await catchError(() => addContact(document, sales));
    expect(listed.place).toBe('organization metadata, /contacts/2');
    const missing = await catchError(() => removeContacts(document, { phone: '1' }));
    expect(missing.shortMessage).toBe('There is no such contact.');
  });
});

describe('setOrganizationDescription', () => {
  test('default', () => {
    const document = setOrganizationDescription(organization(), {
      url: 'https://x.org',
      shortDescription: 's',
    });
    expect(document['description']).toEqual({
      description: 'Snet_test',
      short_description: 's',
      url: 'https://x.org',
    });
  });

  test('behavior: an older plain text becomes the full text', () => {
    const path = '/description';
    const { description } = setOrganizationDescription(organization({ path, value: 'text' }), {
      shortDescription: 's',
    });
    expect(description).toEqual({ url: '', description: 'text', short_description: 's' });
    const fresh = setOrganizationDescription(organization({ path, remove: true }), {
      description: 'd',
    });
    expect(fresh['description']).toEqual({ url: '', description: 'd' });
  });

  test('error: too long', async () => {
    const error = await catchError(() =>
      setOrganizationDescription(organization(), { shortDescription: 'x'.repeat(161) }),
    );
    expect(error.message).toBe(`The text is too long.
Place: organization metadata, /description/short_description
Expected: at most 160 characters
Found: 161 characters`);
  });
});

describe('setOrganizationFields', () => {
  test('default', () => {
    const fields = {
      organizationName: 'n',
      organizationId: 'i',
      organizationType: 'organization',
    } as const;
    expect(setOrganizationFields(organization(), fields)).toEqual({
      ...organization(),
      org_name: 'n',
      org_id: 'i',
      org_type: 'organization',
    });
  });

  test.each([
    [{ organizationName: '' }, 'METADATA_EDIT_REFUSED'],
    [{ organizationId: 'x'.repeat(33) }, 'ID_INVALID'],
    [{ organizationType: 'business' as never }, 'METADATA_EDIT_REFUSED'],
  ])('error: %j', async (fields, code) => {
    expect((await catchError(() => setOrganizationFields(organization(), fields))).code).toBe(code);
  });
});
