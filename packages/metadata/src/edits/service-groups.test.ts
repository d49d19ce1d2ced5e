import type { JsonObject } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { groupName, organization, service } from '../../test/edit-documents.ts';
import { parseOrganizationMetadata } from '../documents/parse-organization-metadata.ts';
import { peek } from '../documents/peek.ts';
import { serializeMetadata } from '../documents/serialize-metadata.ts';
import { addServiceGroup } from './add-service-group.ts';
import { adoptGroupIds } from './adopt-group-ids.ts';
import { removeServiceGroup } from './remove-service-group.ts';
import { renameServiceGroup } from './rename-service-group.ts';
import { setFreeCalls } from './set-free-calls.ts';

const groupId = '58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=';
const address = '0x464c564e427fA7A715922D9E0373a5D90589E021';

describe('addServiceGroup', () => {
  const added = {
    groupName: 'europe',
    groupId,
    priceInCogs: 12345678901234567890n,
    endpoints: ['https://eu.example.org:7000'],
    daemonAddresses: [address.toLowerCase()],
  };

  test('default', () => {
    expect(peek(addServiceGroup(service(), added), 'groups', 1)).toEqual({
      group_name: 'europe',
      group_id: groupId,
      pricing: [
        { price_model: 'fixed_price', price_in_cogs: 12345678901234567890n, default: true },
      ],
      endpoints: ['https://eu.example.org:7000'],
      daemon_addresses: [address],
    });
  });

  test('behavior: removing it gives the document of before', () => {
    const document = service();
    expect(removeServiceGroup(addServiceGroup(document, added), { groupName: 'europe' })).toEqual(
      document,
    );
  });

  test('error: the name is taken', async () => {
    const error = await catchError(() =>
      addServiceGroup(service(), { ...added, groupName }, { place: 'service.json' }),
    );
    expect(error.message).toBe(`The service has such a group already.
Place: service.json, /groups/1/group_name
Expected: a name that no other group has
Found: "default_group"`);
  });

  test('error: a document that works would work no more', async () => {
    const error = await catchError(() =>
      addServiceGroup(service(), { groupName: 'europe', groupId }),
    );
    expect(error.message).toBe(`The document would not work any more.
Place: service metadata, /groups/1/pricing
Expected: at least one item
Found: []: A list is empty.
Fix: Set what shall take its place at once, or let the document be incomplete for a while.`);
  });

  test('args: incomplete', () => {
    const document = addServiceGroup(service(), { groupName: 'europe' }, { incomplete: true });
    expect(peek(document, 'groups', 1)).toEqual({
      group_name: 'europe',
      pricing: [],
      endpoints: [],
      daemon_addresses: [],
    });
  });

  test.each([
    [{ groupId: 'AAAA' }, 'GROUP_ID_INVALID', 'service metadata, /groups/1/group_id'],
    [
      { daemonAddresses: ['0x1'] },
      'ADDRESS_INVALID',
      'service metadata, /groups/1/daemon_addresses',
    ],
    [{ endpoints: ['x'] }, 'METADATA_EDIT_REFUSED', 'service metadata, /groups/1/endpoints/0'],
    [{ priceInCogs: -1n }, 'METADATA_EDIT_REFUSED', 'service metadata, /groups/1/pricing'],
    [{ groupName: '' }, 'METADATA_EDIT_REFUSED', 'service metadata, /groups/1/group_name'],
  ])('error: %o', async (change, code, place) => {
    const error = await catchError(() =>
      addServiceGroup(service(), { ...added, ...change } as never),
    );
    expect([error.code, error.place]).toEqual([code, place]);
  });
});

test('error: the last group stays', async () => {
  const error = await catchError(() => removeServiceGroup(service(), { groupName }));
  expect(error.place).toBe('service metadata, /groups');
  expect(removeServiceGroup(service(), { groupName }, { incomplete: true })['groups']).toEqual([]);
});

test('error: a group that is not there', async () => {
  const error = await catchError(() => removeServiceGroup(service(), { groupName: 'x' }));
  expect(error.code).toBe('SERVICE_GROUP_UNKNOWN');
  expect(error.message).toBe(`The service has no group "x".
Place: service metadata, /groups
Expected: one of "default_group"
Found: "x"`);
});

describe('renameServiceGroup', () => {
  test('default', () => {
    const document = renameServiceGroup(service(), { groupName, newName: 'x' });
    expect(document).toEqual(service({ path: '/groups/0/group_name', value: 'x' }));
    expect(renameServiceGroup(document, { groupName: 'x', newName: groupName })).toEqual(service());
  });

  test('error: the name is taken', async () => {
    const [group] = service()['groups'] as JsonObject[];
    const document = service({ path: '/groups/1', value: { ...group, group_name: 'b' } });
    const error = await catchError(() =>
      renameServiceGroup(document, { groupName: 'b', newName: groupName }),
    );
    expect(error.message).toBe(`Another group has this name.
Place: service metadata, /groups/1/group_name
Expected: a name that no other group has
Found: "default_group"`);
  });
});

describe('adoptGroupIds', () => {
  const parsed = parseOrganizationMetadata(
    serializeMetadata(organization({ path: '/groups/0/group_id', value: groupId })),
  );

  test('default', () => {
    const without = service({ path: '/groups/0/group_id', remove: true });
    expect(peek(adoptGroupIds(without, parsed), 'groups', 0, 'group_id')).toBe(groupId);
    expect(peek(adoptGroupIds(service(), parsed), 'groups', 0, 'group_id')).toBe(groupId);
  });

  test('error: the organization lacks the group', async () => {
    const document = service({ path: '/groups/0/group_name', value: 'x' });
    const error = await catchError(() => adoptGroupIds(document, parsed));
    expect(error.message).toBe(`The organization has no group of this name.
Place: service metadata, /groups/0/group_name
Expected: one of "default_group"
Found: "x"`);
  });

  test('error: the organization has no usable id', async () => {
    const broken = organization({ path: '/groups/0/group_id', value: 'AAAA' });
    const error = await catchError(() =>
      adoptGroupIds(service(), parseOrganizationMetadata(serializeMetadata(broken))),
    );
    expect([error.code, error.place]).toEqual([
      'GROUP_ID_INVALID',
      'organization metadata, /groups/0/group_id',
    ]);
  });
});

describe('setFreeCalls', () => {
  const read = (document: JsonObject) => [
    peek(document, 'groups', 0, 'free_calls'),
    peek(document, 'groups', 0, 'free_call_signer_address'),
  ];
  const before = read(service());

  test('default', () => {
    expect(read(setFreeCalls(service(), { groupName, freeCalls: 15 }))).toEqual([15, before[1]]);
    expect(read(setFreeCalls(service(), { groupName, signer: address.toLowerCase() }))).toEqual([
      0,
      address,
    ]);
    expect(read(setFreeCalls(service(), { groupName, signer: null }))).toEqual([0, undefined]);
  });

  test.each([
    [{ freeCalls: -1 }, 'METADATA_EDIT_REFUSED', '/groups/0/free_calls'],
    [{ freeCalls: 1.5 }, 'METADATA_EDIT_REFUSED', '/groups/0/free_calls'],
    [{ signer: 'nobody' }, 'ADDRESS_INVALID', '/groups/0/free_call_signer_address'],
  ])('error: %j', async (change, code, pointer) => {
    const error = await catchError(() => setFreeCalls(service(), { groupName, ...change }));
    expect([error.code, error.place]).toEqual([code, `service metadata, ${pointer}`]);
  });
});
