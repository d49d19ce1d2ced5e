import { readFileSync } from 'node:fs';
import { parseJson } from '@snetkit/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { getServiceGroup } from '../documents/get-service-group.ts';
import { parseOrganizationMetadata } from '../documents/parse-organization-metadata.ts';
import { parseServiceMetadata } from '../documents/parse-service-metadata.ts';
import { serializeMetadata } from '../documents/serialize-metadata.ts';
import { getVerdict } from '../validation/get-verdict.ts';
import { validateOrganizationMetadata } from '../validation/validate-organization-metadata.ts';
import { validateServiceMetadata } from '../validation/validate-service-metadata.ts';
import { addDaemonAddress } from './add-daemon-address.ts';
import { addEndpoint } from './add-endpoint.ts';
import { addMedia } from './add-media.ts';
import { addOrganizationGroup } from './add-organization-group.ts';
import { addServiceGroup } from './add-service-group.ts';
import { adoptGroupIds } from './adopt-group-ids.ts';
import { createGroupId } from './create-group-id.ts';
import { createOrganizationMetadata } from './create-organization-metadata.ts';
import { createServiceMetadata } from './create-service-metadata.ts';
import { setFixedPrice } from './set-fixed-price.ts';

const mpeAddress = '0x7E0aF8988DF45B824b2E0e0A87c6196897744970';
const provider = '0x0709e9B78756B740ab0C64427f43f8305fD6D1A7';
const apiSource = 'ipfs://QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ';
const everybody = { daemonStarts: true, callsWork: true, officialCliAccepts: true };

function createOrganization() {
  const empty = createOrganizationMetadata({
    organizationName: 'Example',
    organizationId: 'example',
    organizationType: 'organization',
    description: 'An example.',
  });
  return addOrganizationGroup(empty, {
    groupName: 'default_group',
    groupId: createGroupId(),
    paymentAddress: provider,
    storageEndpoints: ['https://127.0.0.1:2379'],
  });
}

function createService() {
  let document = createServiceMetadata({
    displayName: 'Example service',
    mpeAddress: mpeAddress.toLowerCase(),
    apiSource,
    url: 'https://example.org',
    shortDescription: 'Adds numbers',
  });
  document = addMedia(document, {
    url: 'https://example.org/a.png',
    fileType: 'image',
    hero: true,
  });
  document = addServiceGroup(document, { groupName: 'default_group' });
  document = setFixedPrice(document, { groupName: 'default_group', priceInCogs: 10n ** 18n });
  document = addEndpoint(document, {
    groupName: 'default_group',
    endpoint: 'https://example.org:7000',
  });
  document = addDaemonAddress(document, { groupName: 'default_group', address: provider });
  return document;
}

/** The verdict of the published JSON Schema. */
function accepts(name: string, text: string): boolean {
  const schema = JSON.parse(
    readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), 'utf8'),
  );
  return new Ajv2020({ strict: false }).validate(schema, JSON.parse(text));
}

test('behavior: a new organization with a group is fine for everybody', () => {
  const document = createOrganization();
  const options = { organizationId: 'example', groupName: 'default_group' };
  expect(validateOrganizationMetadata(document, options)).toEqual([]);
  const text = serializeMetadata(document);
  expect(validateOrganizationMetadata(parseJson(text), options)).toEqual([]);
  for (const name of ['organization', 'organization-strict'])
    expect(accepts(name, text)).toBe(true);
});

test('behavior: a new service with group, price, endpoint and daemon is fine for everybody', () => {
  const organization = parseOrganizationMetadata(serializeMetadata(createOrganization()));
  const document = adoptGroupIds(createService(), organization);
  const findings = validateServiceMetadata(document, {
    organization: organization.document,
    mpeAddress,
    groupName: 'default_group',
    organizationId: 'example',
    serviceId: 'example-service',
  });
  expect(findings).toEqual([]);
  expect(getVerdict(findings)).toEqual(everybody);
  const text = serializeMetadata(document);
  for (const name of ['service', 'service-strict']) expect(accepts(name, text)).toBe(true);
  const group = getServiceGroup(parseServiceMetadata(text), organization);
  expect(group.pricing).toEqual({ model: 'fixed_price', priceInCogs: 10n ** 18n });
});

test('behavior: what is still missing is told, and the rest of the document is fine', () => {
  const document = createServiceMetadata({ displayName: 'x', mpeAddress });
  expect(
    validateServiceMetadata(document).map(({ level, code, pointer }) => [level, code, pointer]),
  ).toEqual([
    ['error', 'API_SOURCE_MISSING', '/service_api_source'],
    ['error', 'LIST_EMPTY', '/groups'],
    ['warning', 'HERO_IMAGE_MISSING', '/media'],
    ['warning', 'FIELD_MISSING', '/service_description'],
  ]);
});

test('behavior: keys stand in the order in which official tools write them', () => {
  const document = createServiceMetadata({ displayName: 'x', mpeAddress, apiSource });
  expect(serializeMetadata(document)).toBe(
    `{"version": 1, "display_name": "x", "encoding": "proto", "service_type": "grpc", "service_api_source": "${apiSource}", "model_ipfs_hash": "", "mpe_address": "${mpeAddress}", "groups": [], "assets": {}, "media": [], "tags": [], "contributors": [{"name": "x", "email_id": ""}]}`,
  );
});

test('behavior: no two groups get one id, and each is one', () => {
  const ids = Array.from({ length: 20 }, createGroupId);
  expect(new Set(ids).size).toBe(20);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9+/]{43}=$/);
});

test('error: what cannot be the beginning of a document', async () => {
  const service = { displayName: 'x', mpeAddress };
  const cases = [
    [() => createServiceMetadata({ ...service, mpeAddress: '0x1' }), 'ADDRESS_INVALID'],
    [() => createServiceMetadata({ ...service, displayName: '' }), 'METADATA_EDIT_REFUSED'],
    [() => createServiceMetadata({ ...service, apiSource: 'http://x' }), 'STORAGE_URI_INVALID'],
    [() => createServiceMetadata({ ...service, apiSource: 'ipfs://Qm' }), 'CID_INVALID'],
    [
      () => createServiceMetadata({ ...service, encoding: 'grpc' as never }),
      'METADATA_EDIT_REFUSED',
    ],
  ] as const;
  for (const [work, code] of cases) expect((await catchError(work)).code).toBe(code);
});
