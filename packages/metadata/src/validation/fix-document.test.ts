import { type JsonObject, parseJson } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { organizationText, serviceText } from '../../test/documents.ts';
import type { Change } from '../../test/vectors.ts';
import { vectors } from '../../test/vectors.ts';
import { serializeMetadata } from '../documents/serialize-metadata.ts';
import { applyFix } from './apply-fix.ts';
import { fixOrganizationMetadata } from './fix-organization-metadata.ts';
import { fixServiceMetadata } from './fix-service-metadata.ts';
import { getVerdict } from './get-verdict.ts';

const service = (...changes: readonly Change[]) => parseJson(serviceText(...changes)) as JsonObject;
const organization = (...changes: readonly Change[]) =>
  parseJson(organizationText(...changes)) as JsonObject;
const everybody = { daemonStarts: true, callsWork: true, officialCliAccepts: true };

test('default', () => {
  const source = 'ipfs://QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ';
  const fresh = service(
    { path: '/model_ipfs_hash', remove: true },
    { path: '/service_api_source', value: source },
  );
  const { document, fixed, findings } = fixServiceMetadata(fresh);
  expect(fixed.map(({ code, pointer, fix }) => [code, pointer, fix?.summary])).toEqual([
    ['FIELD_MISSING', '/model_ipfs_hash', 'Set /model_ipfs_hash to "".'],
  ]);
  expect(document).toEqual({ ...fresh, model_ipfs_hash: '' });
  expect(getVerdict(findings)).toEqual(everybody);
  expect(Object.hasOwn(fresh, 'model_ipfs_hash')).toBe(false);
});

test('behavior: everything that can be mended at once', () => {
  const price = '/groups/0/pricing/0';
  const broken = service(
    { path: '/version', value: '1' },
    { path: '/Tags', value: ['a', 'b', 'a', 'b', 'c'] },
    { path: '/tags', remove: true },
    { path: '/encoding', remove: true },
    { path: `${price}/price_in_cogs`, value: '12345678901234567890' },
    { path: `${price}/default`, remove: true },
    { path: '/groups/0/group_id', remove: true },
    {
      path: '/groups/0/daemon_addresses',
      value: [
        '0x0709e9b78756b740ab0c64427f43f8305fd6d1a7',
        '0x0709e9b78756b740ab0c64427f43f8305fd6d1a7',
      ],
    },
    { path: '/media/0/order', value: '1' },
    { path: '/media/0/alt_text', remove: true },
  );
  const mpeAddress = '0x9c9252ec9fa844e2c7bd2e6f54bec2901938479f';
  const { document, findings } = fixServiceMetadata(broken, {
    organization: organization(),
    mpeAddress,
  });
  expect(getVerdict(findings)).toEqual(everybody);
  expect(document).toMatchObject({
    version: 1,
    encoding: 'proto',
    tags: ['a', 'b', 'c'],
    mpe_address: mpeAddress,
  });
  expect(serializeMetadata(document)).toContain('"price_in_cogs": 12345678901234567890,');
  expect(document).not.toHaveProperty('Tags');
});

test('behavior: of several default entries the first stays', () => {
  const entry = (price: number, isDefault: boolean) => ({
    default: isDefault,
    price_model: 'fixed_price',
    price_in_cogs: price,
  });
  const path = '/groups/0/pricing';
  const { document } = fixServiceMetadata(
    service({ path, value: [entry(1, false), entry(2, true), entry(3, true)] }),
  );
  const [group] = document['groups'] as JsonObject[];
  expect(group?.['pricing']).toEqual([entry(2, true), entry(1, false), entry(3, false)]);
});

test('behavior: an older organization document becomes one that official tools accept', () => {
  const older = organization(
    { path: '/description', value: `${'ä'.repeat(200)}` },
    { path: '/contacts', value: [{ email_id: 'a@b.c', contact_type: 'general' }] },
    { path: '/assets', remove: true },
    { path: '/org_id', remove: true },
    { path: '/groups/0/payment/payment_expiration_threshold', value: '40320' },
    { path: '/groups/0/payment/payment_channel_storage_client/request_timeout', remove: true },
  );
  const { document, findings } = fixOrganizationMetadata(older, { organizationId: 'example' });
  expect(findings).toEqual([]);
  expect(document).toMatchObject({
    description: { description: 'ä'.repeat(200), short_description: 'ä'.repeat(160), url: '' },
    contacts: [{ email: 'a@b.c', contact_type: 'general', phone: '' }],
    assets: {},
    org_id: 'example',
  });
  const [contact] = document['contacts'] as JsonObject[];
  expect(Object.keys(contact ?? {})).toEqual(['email', 'contact_type', 'phone']);
});

test('behavior: an asset that is empty goes', () => {
  const { document } = fixOrganizationMetadata(
    organization({ path: '/assets/hero_image', value: '' }),
  );
  expect(document['assets']).toEqual({});
});

describe('vector: metadata_validation, a fix never makes a verdict worse, and leaves no fix', () => {
  const cases = [
    ...vectors.metadata_validation.service.map(({ change }) => ['service', change] as const),
    ...vectors.metadata_validation.org.map(({ change }) => ['organization', change] as const),
  ];
  test.each(cases)('%s %j', (kind, change) => {
    const changes = change === null ? [] : [change];
    const { findings } =
      kind === 'service'
        ? fixServiceMetadata(service(...changes))
        : fixOrganizationMetadata(organization(...changes));
    expect(findings.filter(({ fix }) => fix !== undefined)).toEqual([]);
  });
});

test('error: a fix for another document', async () => {
  const fix = { summary: '', patch: [{ op: 'remove' as const, path: '/tags/5/x' }] };
  const error = await catchError(() => applyFix(service(), fix));
  expect(error.message).toBe(`The document has no such place.
Place: /tags/5/x`);
});
