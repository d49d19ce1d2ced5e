import { type JsonValue, parseJson } from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { organizationText } from '../../test/documents.ts';
import type { Change } from '../../test/vectors.ts';
import {
  type ValidateOrganizationOptions,
  validateOrganizationMetadata,
} from './validate-organization-metadata.ts';

const payment = '/groups/0/payment';
const client = `${payment}/payment_channel_storage_client`;
const threshold = `${payment}/payment_expiration_threshold`;
const id = '26072b8b6a0e448180f8c0e702ab6d2f';

function list(changes: readonly Change[], options?: ValidateOrganizationOptions): string[] {
  return validateOrganizationMetadata(parseJson(organizationText(...changes)), options).map(
    ({ level, code, pointer, breaks }) => [level, code, pointer, ...breaks].join(' '),
  );
}

test('default', () => {
  expect(list([], { organizationId: id, groupName: 'default_group' })).toEqual([]);
});

describe('behavior: rules of the document alone', () => {
  const cases: readonly [string, readonly Change[], readonly string[]][] = [
    [
      'no groups',
      [{ path: '/groups', value: [] }],
      ['error LIST_EMPTY /groups daemon official-cli'],
    ],
    [
      'two groups of one name',
      [{ path: '/groups/1', value: JSON.parse(organizationText()).groups[0] }],
      ['error GROUP_NAME_REPEATED /groups/1/group_name calls official-cli'],
    ],
    [
      'payment address is none',
      [{ path: `${payment}/payment_address`, value: '0x12' }],
      [`error ADDRESS_INVALID ${payment}/payment_address daemon`],
    ],
    [
      'payment address is zero',
      [{ path: `${payment}/payment_address`, value: `0x${'0'.repeat(40)}` }],
      [`error ADDRESS_ZERO ${payment}/payment_address daemon`],
    ],
    [
      'threshold in quotes',
      [{ path: threshold, value: '40320' }],
      [`error TYPE_WRONG ${threshold} daemon official-cli`],
    ],
    [
      'no threshold',
      [{ path: threshold, remove: true }],
      [`error FIELD_MISSING ${threshold} calls official-cli`],
    ],
    [
      'threshold of the official CLI',
      [{ path: threshold, value: 100 }],
      [`warning THRESHOLD_LOW ${threshold}`],
    ],
    [
      'threshold of a year',
      [{ path: threshold, value: 2_600_000 }],
      [`warning THRESHOLD_HIGH ${threshold}`],
    ],
    [
      'group id that no decoder takes',
      [{ path: '/groups/0/group_id', value: '*' }],
      ['error GROUP_ID_INVALID /groups/0/group_id daemon calls'],
    ],
    [
      'group id of 3 bytes',
      [{ path: '/groups/0/group_id', value: 'AAAA' }],
      ['error GROUP_ID_INVALID /groups/0/group_id calls'],
    ],
    [
      'duration that Go cannot read',
      [{ path: `${client}/request_timeout`, value: '5 s' }],
      [`error DURATION_INVALID ${client}/request_timeout calls official-cli`],
    ],
    [
      'duration that only the official CLI cannot read',
      [{ path: `${client}/request_timeout`, value: '1m30s' }],
      [`compat DURATION_INVALID ${client}/request_timeout official-cli`],
    ],
    [
      'etcd in docker',
      [{ path: `${client}/endpoints/0`, value: 'http://etcd:2379' }],
      [`compat URL_INVALID ${client}/endpoints/0 official-cli`],
    ],
    [
      'no etcd',
      [{ path: `${client}/endpoints`, remove: true }],
      [`error FIELD_MISSING ${client}/endpoints daemon official-cli`],
    ],
    [
      'unknown keys, of which the storage client is one place',
      [{ path: `${client}/ca`, value: 'x' }],
      [`compat KEY_UNKNOWN ${client}/ca official-cli`],
    ],
    [
      'a contact of the official CLI',
      [{ path: '/contacts/0', value: { contact_type: 'general', email_id: 'a@b.c', phone: '' } }],
      [
        'compat FIELD_MISSING /contacts/0/email official-cli',
        'compat KEY_UNKNOWN /contacts/0/email_id official-cli',
      ],
    ],
    [
      'an asset that the official CLI removed',
      [{ path: '/assets/hero_image', value: '' }],
      ['compat TEXT_EMPTY /assets/hero_image official-cli'],
    ],
    [
      'an older document',
      [
        { path: '/description', value: 'text' },
        { path: '/assets', remove: true },
        { path: '/org_id', remove: true },
      ],
      [
        'warning FIELD_MISSING /org_id',
        'compat TYPE_WRONG /description official-cli',
        'compat FIELD_MISSING /assets official-cli',
      ],
    ],
    [
      'an id of 33 bytes',
      [{ path: '/org_id', value: 'x'.repeat(33) }],
      ['error ID_INVALID /org_id calls'],
    ],
  ];
  test.each(cases)('%s', (_, changes, expected) => {
    expect(list(changes)).toEqual(expected);
  });
});

describe('args', () => {
  const published = (...changes: readonly Change[]) => ({
    published: parseJson(organizationText(...changes)),
  });
  const cases: readonly [
    string,
    readonly Change[],
    ValidateOrganizationOptions,
    readonly string[],
  ][] = [
    [
      'organizationId: another',
      [],
      { organizationId: 'x' },
      ['warning ORGANIZATION_ID_DIFFERS /org_id'],
    ],
    [
      'organizationId: too long',
      [],
      { organizationId: 'x'.repeat(33) },
      ['error ID_INVALID  calls', 'warning ORGANIZATION_ID_DIFFERS /org_id'],
    ],
    ['groupName: missing', [], { groupName: 'x' }, ['error GROUP_NOT_FOUND /groups daemon']],
    [
      'published: the same but for letter case',
      [{ path: `${payment}/payment_address`, value: '0x0709E9B78756B740AB0C64427F43F8305FD6D1A7' }],
      published(),
      [],
    ],
    [
      'published: another group id',
      [],
      published({
        path: '/groups/0/group_id',
        value: '58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=',
      }),
      ['warning GROUP_ID_CHANGED /groups/0/group_id'],
    ],
    [
      'published: another payment address',
      [],
      published({
        path: `${payment}/payment_address`,
        value: '0x464c564e427fA7A715922D9E0373a5D90589E021',
      }),
      [`warning PAYMENT_ADDRESS_CHANGED ${payment}/payment_address`],
    ],
    [
      'published: another group',
      [],
      published({ path: '/groups/0/group_name', value: 'old' }),
      ['warning GROUP_REMOVED /groups official-cli'],
    ],
  ];
  test.each(cases)('%s', (_, changes, options, expected) => {
    expect(list(changes, options)).toEqual(expected);
  });
});

describe('behavior: the URL check of the official CLI', () => {
  const accepted = [
    'https://[::1]',
    'http://0.0.0.0:8000',
    'https://192.168.20.20:8001/get_objects',
    'ftp://a.bc',
    'HTTP://LOCALHOST:1',
  ];
  const refused = [
    'example.com',
    'http://',
    'http://invalid_domain',
    'ftp://-invalid.com',
    'http://http://example.com',
    'http://etcd:2379',
  ];
  test.each([
    ...accepted.map((url) => [url, true] as const),
    ...refused.map((url) => [url, false] as const),
  ])('%s', (value, fine) => {
    expect(list([{ path: `${client}/endpoints/0`, value }]).length === 0).toBe(fine);
  });
});

test('behavior: it has an answer to any JSON whatsoever', () => {
  const base = parseJson(organizationText());
  const places = [
    '/groups',
    '/groups/0',
    payment,
    client,
    '/contacts',
    '/contacts/0',
    threshold,
    '/org_id',
  ];
  fc.assert(
    fc.property(fc.constantFrom('', ...places), fc.jsonValue(), (path, value) => {
      const document = (
        path === '' ? value : JSON.parse(organizationText({ path, value }))
      ) as JsonValue;
      const options = { organizationId: 'x', published: base, groupName: 'x' };
      expect(validateOrganizationMetadata(document, options).length).toBeGreaterThan(0);
      validateOrganizationMetadata(base, { published: document });
    }),
  );
});
