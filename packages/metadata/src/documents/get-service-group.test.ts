import { bytesToBase64 } from '@snetkit/core';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { organizationText, serviceText } from '../../test/documents.ts';
import type { Change } from '../../test/vectors.ts';
import { getServiceGroup } from './get-service-group.ts';
import { parseOrganizationMetadata } from './parse-organization-metadata.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';

function join(changes: { service?: Change[]; organization?: Change[] }, groupName?: string) {
  const { service = [], organization = [] } = changes;
  return getServiceGroup(
    parseServiceMetadata(serviceText(...service), { place: 'S' }),
    parseOrganizationMetadata(organizationText(...organization), { place: 'O' }),
    groupName,
  );
}

const groupId = '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvOQ=';

test('default', () => {
  const { groupId: bytes, ...group } = join({});
  expect(bytesToBase64(bytes)).toBe(groupId);
  expect(group).toEqual({
    groupName: 'default_group',
    endpoints: ['http://node1.naint.tech:62400'],
    pricing: { model: 'fixed_price', priceInCogs: 1n },
    paymentAddress: '0x0709e9B78756B740ab0C64427f43f8305fD6D1A7',
    paymentExpirationThreshold: 40320n,
    freeCalls: 0,
    freeCallSignerAddress: '0x7DF35C98f41F3Af0df1dc4c7F7D4C19a71Dd059F',
    storage: {
      type: 'etcd',
      connectionTimeout: '5s',
      requestTimeout: '3s',
      endpoints: ['https://127.0.0.1:2379'],
    },
  });
});

test('args: groupName', async () => {
  expect(join({}, 'default_group').groupName).toBe('default_group');
  const error = await catchError(() => join({}, 'other'));
  expect(error.code).toBe('SERVICE_GROUP_UNKNOWN');
  expect(error.message).toBe(`The service has no group "other".
Place: S
Expected: one of "default_group"`);
});

test('error: no groups at all', async () => {
  const error = await catchError(() => join({ service: [{ path: '/groups', value: [] }] }));
  expect(error.message).toBe('The service has no group.\nPlace: S\nExpected: at least one group');
});

test('error: the organization does not know the group', async () => {
  const organization = [{ path: '/groups/0/group_name', value: 'other' }];
  const error = await catchError(() => join({ organization }));
  expect(error.code).toBe('METADATA_DISAGREES');
  expect(
    error.message,
  ).toBe(`The organization has no group "default_group", which the service names.
Place: O
Found: one of "other"
Fix: The provider has to publish both documents with the same groups.`);
});

test('error: two group ids', async () => {
  const value = bytesToBase64(new Uint8Array(32));
  const error = await catchError(() => join({ service: [{ path: '/groups/0/group_id', value }] }));
  expect(error.code).toBe('METADATA_DISAGREES');
  expect(error.message).toBe(`Service and organization give the group "default_group" different ids.
Place: S, /groups/0/group_id
Expected: ${groupId} (O, /groups/0/group_id)
Found: ${value}
Fix: The provider has to publish the service again with the group id of the organization.`);
});

test('behavior: a service without group id follows its organization', () => {
  const group = join({ service: [{ path: '/groups/0/group_id', remove: true }] });
  expect(bytesToBase64(group.groupId)).toBe(groupId);
});

test('error: a group id that is not 32 bytes', async () => {
  const change = { path: '/groups/0/group_id', value: 'AAAA' };
  const error = await catchError(() => join({ service: [change], organization: [change] }));
  expect(error.code).toBe('GROUP_ID_INVALID');
  expect(error.place).toBe('O, /groups/0/group_id');
});

test.each([
  ['', '""'],
  ['nobody', '"nobody"'],
  [7, undefined],
])('error: payment address %j', async (value, found) => {
  const path = '/groups/0/payment/payment_address';
  const error = await catchError(() => join({ organization: [{ path, value }] }));
  expect(error.code).toBe('METADATA_INVALID');
  expect(error.place).toBe(`O, ${path}`);
  if (found !== undefined) {
    expect(error.expected).toBe('an address: 0x and 40 hexadecimal digits');
    expect(error.found).toBe(found);
  }
});

test('error: payment address zero', async () => {
  const path = '/groups/0/payment/payment_address';
  const value = `0x${'0'.repeat(40)}`;
  const error = await catchError(() => join({ organization: [{ path, value }] }));
  expect(error.message).toBe(`The organization metadata is not valid.
Place: O, ${path}
Expected: an address that somebody has the key of
Found: ${value}
Fix: The provider has to correct the document and publish it again.`);
});

test('behavior: addresses in any spelling that Go reads', () => {
  const value = '0709E9B78756B740AB0C64427F43F8305FD6D1A7';
  const group = join({ organization: [{ path: '/groups/0/payment/payment_address', value }] });
  expect(group.paymentAddress).toBe('0x0709e9B78756B740ab0C64427f43f8305fD6D1A7');
});

test.each([
  [{ remove: true }, 'nothing'],
  [{ value: -1 }, '-1'],
])('error: threshold %j', async (change, found) => {
  const path = '/groups/0/payment/payment_expiration_threshold';
  const error = await catchError(() => join({ organization: [{ path, ...change }] }));
  expect(error.message).toBe(`The organization metadata is not valid.
Place: O, ${path}
Expected: a number of blocks
Found: ${found}
Fix: The provider has to correct the document and publish it again.`);
});

test('behavior: no free calls without a signer', () => {
  for (const change of [{ remove: true }, { value: '' }]) {
    const path = '/groups/0/free_call_signer_address';
    expect(join({ service: [{ path, ...change }] }).freeCallSignerAddress).toBeUndefined();
  }
});

test('error: prices name their place', async () => {
  const error = await catchError(() =>
    join({ service: [{ path: '/groups/0/pricing/0/default', value: false }] }),
  );
  expect(error.code).toBe('PRICING_INVALID');
  expect(error.place).toBe('S, /groups/0/pricing');
});
