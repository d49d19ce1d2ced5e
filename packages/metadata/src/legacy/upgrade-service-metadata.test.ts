import { type JsonObject, parseJson } from '@snetkit/core';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { organizationText } from '../../test/documents.ts';
import { getServiceGroup } from '../documents/get-service-group.ts';
import { parseOrganizationMetadata } from '../documents/parse-organization-metadata.ts';
import { parseServiceMetadata } from '../documents/parse-service-metadata.ts';
import { serializeMetadata } from '../documents/serialize-metadata.ts';
import { addOrganizationGroup } from '../edits/add-organization-group.ts';
import { getVerdict } from '../validation/get-verdict.ts';
import { validateServiceMetadata } from '../validation/validate-service-metadata.ts';
import { parseLegacyServiceMetadata } from './parse-legacy-service-metadata.ts';
import { upgradeServiceMetadata } from './upgrade-service-metadata.ts';

/** The example of the first documentation (seed 003). */
const seed = `{
  "version": 1,
  "display_name": "example-service",
  "encoding": "proto",
  "service_type": "grpc",
  "payment_expiration_threshold": 40320,
  "model_ipfs_hash": "QmSUGHW24YPjwMVhUnDwLExk4tgM8fVAKZCLqtLafbBQAu",
  "mpe_address": "0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08",
  "pricing": {"price_model": "fixed_price", "price_in_cogs": 10},
  "groups": [
    {
      "group_name": "default_group",
      "group_id": "58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=",
      "payment_address": "0x464c564e427fA7A715922D9E0373a5D90589E021"
    }
  ],
  "endpoints": [{"group_name": "default_group", "endpoint": "https://services-1.snet.sh:6306"}]
}`;

test('default', () => {
  const legacy = parseLegacyServiceMetadata(seed, { place: 'service.json' });
  const { document: _, ...fields } = legacy;
  expect(fields).toEqual({
    place: 'service.json',
    version: 1,
    displayName: 'example-service',
    encoding: 'proto',
    serviceType: 'grpc',
    paymentExpirationThreshold: 40320n,
    modelIpfsHash: 'QmSUGHW24YPjwMVhUnDwLExk4tgM8fVAKZCLqtLafbBQAu',
    mpeAddress: '0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08',
    pricing: {
      priceModel: 'fixed_price',
      default: false,
      priceInCogs: 10n,
      packageName: '',
      details: [],
    },
    groups: [
      {
        groupName: 'default_group',
        groupId: '58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=',
        paymentAddress: '0x464c564e427fA7A715922D9E0373a5D90589E021',
      },
    ],
    endpoints: [{ groupName: 'default_group', endpoint: 'https://services-1.snet.sh:6306' }],
  });
  const { document, organizationGroups } = upgradeServiceMetadata(legacy);
  expect(serializeMetadata(document)).toBe(
    '{"version": 1, "display_name": "example-service", "encoding": "proto", "service_type": "grpc", "model_ipfs_hash": "QmSUGHW24YPjwMVhUnDwLExk4tgM8fVAKZCLqtLafbBQAu", "mpe_address": "0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08", "groups": [{"group_name": "default_group", "group_id": "58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=", "pricing": [{"price_model": "fixed_price", "price_in_cogs": 10, "default": true}], "endpoints": ["https://services-1.snet.sh:6306"]}]}',
  );
  expect(organizationGroups).toEqual([
    {
      groupName: 'default_group',
      groupId: '58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=',
      paymentAddress: '0x464c564e427fA7A715922D9E0373a5D90589E021',
      paymentExpirationThreshold: 40320n,
    },
  ]);
});

test('behavior: what comes out works, with the organization that it is for', () => {
  const { document, organizationGroups } = upgradeServiceMetadata(parseLegacyServiceMetadata(seed));
  const empty = parseJson(organizationText({ path: '/groups', value: [] })) as JsonObject;
  const organization = organizationGroups.reduce(
    (result, group) => addOrganizationGroup(result, group),
    empty,
  );
  const findings = validateServiceMetadata(document, { organization, groupName: 'default_group' });
  expect(getVerdict(findings)).toMatchObject({ daemonStarts: true, callsWork: true });
  const group = getServiceGroup(
    parseServiceMetadata(serializeMetadata(document)),
    parseOrganizationMetadata(serializeMetadata(organization)),
  );
  expect(group).toMatchObject({
    pricing: { model: 'fixed_price', priceInCogs: 10n },
    paymentAddress: '0x464c564e427fA7A715922D9E0373a5D90589E021',
    paymentExpirationThreshold: 40320n,
    endpoints: ['https://services-1.snet.sh:6306'],
  });
});

test('behavior: unknown keys stay, prices of methods too, endpoints find their groups', () => {
  const legacy = parseJson(seed) as JsonObject;
  const [group] = legacy['groups'] as JsonObject[];
  legacy['x'] = 12345678901234567890n;
  legacy['groups'] = [
    { ...group, y: 1 },
    { ...group, group_name: 'b' },
  ];
  legacy['endpoints'] = [
    { group_name: 'b', endpoint: 'https://b:1' },
    { group_name: 'default_group', endpoint: 'https://a:1' },
    { group_name: 'b', endpoint: 'https://b:2' },
  ];
  const details = [{ service_name: 'S', method_pricing: [{ method_name: 'm', price_in_cogs: 3 }] }];
  legacy['pricing'] = { package_name: 'p', price_model: 'fixed_price_per_method', details };
  delete legacy['payment_expiration_threshold'];
  const upgraded = upgradeServiceMetadata(parseLegacyServiceMetadata(serializeMetadata(legacy)));
  expect(upgraded.document['x']).toBe(12345678901234567890n);
  const pricing = [
    { package_name: 'p', price_model: 'fixed_price_per_method', details, default: true },
  ];
  const { group_id } = group ?? {};
  expect(upgraded.document['groups']).toEqual([
    { group_name: 'default_group', group_id, y: 1, pricing, endpoints: ['https://a:1'] },
    { group_name: 'b', group_id, pricing, endpoints: ['https://b:1', 'https://b:2'] },
  ]);
  expect(upgraded.organizationGroups.map((one) => one.paymentExpirationThreshold)).toEqual([
    40320n,
    40320n,
  ]);
});

test('error: an endpoint of a group that is not there', async () => {
  const legacy = parseLegacyServiceMetadata(
    seed.replace('[{"group_name": "default_group"', '[{"group_name": "other"'),
    { place: 'service.json' },
  );
  const error = await catchError(() => upgradeServiceMetadata(legacy));
  expect(error.message).toBe(`An endpoint belongs to a group that is not there.
Place: service.json, /endpoints/0/group_name
Expected: one of "default_group"
Found: "other"
Fix: Correct the name of the group, or remove the endpoint.`);
});

test('error: a current document', async () => {
  const { document } = upgradeServiceMetadata(parseLegacyServiceMetadata(seed));
  const error = await catchError(() => parseLegacyServiceMetadata(serializeMetadata(document)));
  expect(error.message).toBe(`The service metadata does not have the legacy layout.
Place: service metadata, the whole document
Expected: pricing and endpoints beside the groups
Fix: Read it as a current document.`);
});
