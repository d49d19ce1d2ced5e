import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { organizationText } from '../../test/documents.ts';
import { vectors } from '../../test/vectors.ts';
import { parseOrganizationMetadata } from './parse-organization-metadata.ts';

test('default', () => {
  const { document, ...fields } = parseOrganizationMetadata(organizationText());
  expect(document).toEqual(vectors.metadata_validation.org_base);
  expect(fields).toEqual({
    place: undefined,
    organizationName: 'Snet_test',
    organizationId: '26072b8b6a0e448180f8c0e702ab6d2f',
    groups: [
      {
        groupName: 'default_group',
        groupId: '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvOQ=',
        paymentAddress: '0x0709e9B78756B740ab0C64427f43f8305fD6D1A7',
        paymentExpirationThreshold: 40320n,
        storage: {
          type: 'etcd',
          connectionTimeout: '5s',
          requestTimeout: '3s',
          endpoints: ['https://127.0.0.1:2379'],
        },
        licenseServerEndpoints: [],
      },
    ],
    organizationType: 'individual',
    description: {
      url: 'https://example.org',
      shortDescription: 'Snet_test',
      description: 'Snet_test',
    },
    contacts: [
      { contactType: 'general', email: '', phone: '+18005551234' },
      { contactType: 'support', email: 'test@example.org', phone: '+18005551234' },
    ],
    heroImage: 'QmfTjcwBYwWCp5hdC5E3DRyHBFafaCVHDs1cCammDYkQPE/20240327124724_asset.jpeg',
  });
});

test('behavior: older forms', () => {
  const json = organizationText(
    { path: '/description', value: 'a plain text' },
    { path: '/contacts', value: [{ email_id: 'a@b.c', contact_type: 'sales' }] },
    { path: '/assets', remove: true },
    { path: '/org_id', remove: true },
    { path: '/groups/0/license_server_endpoints', value: ['https://l:1'] },
  );
  const { document, groups, ...organization } = parseOrganizationMetadata(json);
  expect(organization.organizationId).toBe('');
  expect(document['description']).toBe('a plain text');
  expect(organization.description.description).toBe('a plain text');
  expect(organization.contacts).toEqual([{ contactType: 'sales', email: 'a@b.c', phone: '' }]);
  expect(organization.heroImage).toBe('');
  expect(groups[0]?.licenseServerEndpoints).toEqual(['https://l:1']);
});

test('behavior: a group without payment is read, and refused when it is used', () => {
  const json = organizationText({ path: '/groups/0/payment', remove: true });
  const [group] = parseOrganizationMetadata(json).groups;
  expect(group?.paymentAddress).toBe('');
  expect(group?.paymentExpirationThreshold).toBeUndefined();
});

test('error: the threshold as the official CLI writes it on update', async () => {
  const path = '/groups/0/payment/payment_expiration_threshold';
  const json = organizationText({ path, value: '40320' });
  const error = await catchError(() => parseOrganizationMetadata(json, { place: 'ipfs://QmO' }));
  expect(error.message).toBe(`The organization metadata is not valid.
Place: ipfs://QmO, ${path}
Expected: an integer, without quotes, fraction or exponent
Found: "40320"
Fix: The provider has to correct the document and publish it again.`);
});
