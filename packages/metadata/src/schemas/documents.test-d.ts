import type { JsonObject } from '@snetkit/core';
import { expectTypeOf, test } from 'vitest';
import type { OrganizationDocument } from './organization-shape.ts';
import type { ServiceDocument } from './service-shape.ts';

test('default', () => {
  const service = {
    version: 1,
    display_name: 'Calculator',
    encoding: 'proto',
    service_type: 'grpc',
    service_api_source: 'ipfs://QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ',
    model_ipfs_hash: '',
    mpe_address: '0x7E0aF8988DF45B824b2E0e0A87c6196897744970',
    groups: [
      {
        group_name: 'default_group',
        group_id: '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvOQ=',
        pricing: [{ price_model: 'fixed_price', price_in_cogs: 10n ** 18n, default: true }],
        endpoints: ['https://example.org:7000'],
        daemon_addresses: ['0x0709e9B78756B740ab0C64427f43f8305fD6D1A7'],
      },
    ],
    contributors: [{ name: 'Ada', email_id: '' }],
  } satisfies ServiceDocument;
  expectTypeOf(service).toExtend<JsonObject>();
});

test('behavior: what the tables say is what the types say', () => {
  type Group = ServiceDocument['groups'][number];
  expectTypeOf<Group['pricing'][number]['price_in_cogs']>().toEqualTypeOf<number | bigint>();
  expectTypeOf<Group['free_calls']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<NonNullable<ServiceDocument['tags']>>().toEqualTypeOf<string[]>();
  type Payment = OrganizationDocument['groups'][number]['payment'];
  expectTypeOf<Payment['payment_address']>().toEqualTypeOf<string>();
});

test('error: a field of a wrong type, and one that is missing', () => {
  // @ts-expect-error a number in quotes
  expectTypeOf<{ version: '1' }>().toExtend<Pick<ServiceDocument, 'version'>>();
  // @ts-expect-error no name
  expectTypeOf<{ org_type: 'individual' }>().toExtend<Pick<OrganizationDocument, 'org_name'>>();
});
