import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { serviceText } from '../../test/documents.ts';
import { vectors } from '../../test/vectors.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';

test('default', () => {
  const metadata = parseServiceMetadata(serviceText(), { place: 'service.json' });
  const { document, ...fields } = metadata;
  expect(document).toEqual(vectors.metadata_validation.service_base);
  expect(fields).toEqual({
    place: 'service.json',
    version: 1,
    displayName: 'Example service',
    encoding: 'proto',
    serviceType: 'grpc',
    serviceApiSource: '',
    modelIpfsHash: 'QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ',
    mpeAddress: '0x7E0aF8988DF45B824b2E0e0A87c6196897744970',
    groups: [
      {
        groupName: 'default_group',
        groupId: '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvOQ=',
        endpoints: ['http://node1.naint.tech:62400'],
        pricing: [
          {
            priceModel: 'fixed_price',
            default: true,
            priceInCogs: 1n,
            packageName: '',
            details: [],
          },
        ],
        freeCalls: 0,
        freeCallSignerAddress: '0x7DF35C98f41F3Af0df1dc4c7F7D4C19a71Dd059F',
        daemonAddresses: ['0x0709e9b78756b740ab0c64427f43f8305fd6d1a7'],
        licenses: { subscriptions: undefined, tiers: [] },
        addOns: [],
      },
    ],
    description: {
      url: 'https://example.org',
      shortDescription: 'Example service',
      description: 'Example service',
    },
    contributors: [{ name: 'test', email: '' }],
    media: [
      {
        order: 1,
        url: 'https://example.org/a.jpeg',
        fileType: 'image',
        altText: '',
        assetType: 'hero_image',
      },
    ],
    assets: { heroImage: '', documentation: '', termsOfUse: '', images: [] },
    tags: ['exampleservice'],
  });
});

test('vector: js_precision, a price beyond 2^53 keeps its digits', () => {
  const { amount, exact_hex } = vectors.js_precision;
  const json = serviceText().replace('"price_in_cogs":1', `"price_in_cogs":${amount}`);
  const price = parseServiceMetadata(json).groups[0]?.pricing[0]?.priceInCogs;
  expect(price).toBe(BigInt(amount));
  expect(price).toBe(BigInt(exact_hex));
});

test('behavior: unknown keys stay in the document', () => {
  const json = serviceText(
    { path: '/unknown_field', value: { deep: [1, null] } },
    { path: '/groups/0/licenses', value: { tiers: [] } },
  );
  const { document } = parseServiceMetadata(json);
  expect(document['unknown_field']).toEqual({ deep: [1, null] });
  expect(JSON.stringify(document)).toContain('"licenses":{"tiers":[]}');
});

test('behavior: null is as good as missing', () => {
  const json = serviceText(
    { path: '/groups/0/endpoints', value: null },
    { path: '/service_api_source', value: null },
  );
  const metadata = parseServiceMetadata(json);
  expect(metadata.groups[0]?.endpoints).toEqual([]);
  expect(metadata.serviceApiSource).toBe('');
});

test('behavior: what is only shown to people is read as far as it goes', () => {
  const json = serviceText(
    { path: '/service_description', value: { url: 5, long_description: 'long' } },
    { path: '/media', value: [{ order: '2', url: 'u', asset_type: null }, 'x'] },
    { path: '/assets', value: { hero_image: 'Qm/a.png', images: ['Qm/b.png', 7] } },
    { path: '/contributors', value: 'nobody' },
    { path: '/tags', value: ['a', 1] },
    { path: '/groups/0/daemon_addresses', value: '0x0' },
  );
  const { description, media, assets, contributors, tags, groups } = parseServiceMetadata(json);
  expect(description).toEqual({ url: '', shortDescription: '', description: 'long' });
  expect(media).toEqual([
    { order: 2, url: 'u', fileType: '', altText: '', assetType: '' },
    { order: 0, url: '', fileType: '', altText: '', assetType: '' },
  ]);
  expect(assets.images).toEqual(['Qm/b.png']);
  expect([contributors, tags, groups[0]?.daemonAddresses]).toEqual([[], ['a'], []]);
});

test('behavior: licences and add-ons', () => {
  const subscription = {
    periodInDays: 30,
    discountInPercentage: 12.5,
    planName: 'Monthly',
    licenseCost: 90,
    grpcServiceName: 'Calculator',
  };
  const tier = { type: 'Tier', range: [{ high: 100, DiscountInPercentage: 3 }] };
  const json = serviceText(
    {
      path: '/groups/0/licenses',
      value: {
        subscriptions: { type: 'S', isActive: 'true', subscription: [subscription] },
        tiers: [tier],
      },
    },
    { path: '/groups/0/addOns', value: [{ name: 'a', addOnCostInAGIX: 4 }] },
  );
  const [group] = parseServiceMetadata(json).groups;
  expect(group?.licenses).toEqual({
    subscriptions: {
      type: 'S',
      detailsUrl: '',
      isActive: 'true',
      subscription: [{ ...subscription, licenseCost: 90n, grpcMethodName: '' }],
    },
    tiers: [
      {
        type: 'Tier',
        planName: '',
        grpcServiceName: '',
        grpcMethodName: '',
        range: [{ high: 100, discountInPercentage: 3 }],
        detailsUrl: '',
        isActive: '',
      },
    ],
  });
  expect(group?.addOns).toEqual([{ name: 'a', discountInPercentage: 0, addOnCostInAGIX: 4 }]);
});

describe('error: a field of a wrong type', () => {
  test.each([
    ['/groups/0/pricing/0/price_in_cogs', '1', '"1"'],
    ['/groups/0/pricing/0/price_in_cogs', 1.5, '1.5'],
    ['/groups/0/pricing/0/price_in_cogs', 1e18, '1000000000000000000'],
  ])('%s = %j', async (path, value, found) => {
    // Written with an exponent, as a careless tool would: digits alone would be exact.
    const json = serviceText({ path, value }).replace('1000000000000000000', '1e18');
    const error = await catchError(() => parseServiceMetadata(json, { place: 'ipfs://QmX' }));
    expect(error.code).toBe('METADATA_INVALID');
    expect(error.message).toBe(`The service metadata is not valid.
Place: ipfs://QmX, ${path}
Expected: an integer, without quotes, fraction or exponent
Found: ${found}
Fix: The provider has to correct the document and publish it again.`);
  });

  test.each([
    ['/version', '1', 'an integer, without quotes, fraction or exponent', '"1"'],
    ['/groups', {}, 'an array', '{}'],
    ['/groups/0', 'x', 'an object', '"x"'],
    ['/groups/0/endpoints/0', 7, 'a text in quotes', '7'],
    ['/groups/0/pricing/0/default', 'true', 'true or false', '"true"'],
    [
      '/groups/0/licenses',
      { subscriptions: { subscription: ['x'] } },
      'an object',
      '"x"',
      '/subscriptions/subscription/0',
    ],
    [
      '/groups/0/addOns',
      [{ discountInPercentage: '1' }],
      'a number',
      '"1"',
      '/0/discountInPercentage',
    ],
    ['/display_name', ['x'.repeat(100)], 'a text in quotes', `["${'x'.repeat(78)}...`],
  ])('%s', async (path, value, expected, found, below = '') => {
    const error = await catchError(() => parseServiceMetadata(serviceText({ path, value })));
    expect(error.place).toBe(`service metadata, ${path}${below}`);
    expect(error.expected).toBe(expected);
    expect(error.found).toBe(found);
  });

  test.each(['[]', 'null', '"text"'])('the document is %s', async (json) => {
    const error = await catchError(() => parseServiceMetadata(json));
    expect(error.place).toBe('service metadata, the whole document');
    expect(error.expected).toBe('an object');
  });
});

test('error: no JSON', async () => {
  const error = await catchError(() => parseServiceMetadata('{"version": 1,', { place: 'f.json' }));
  expect(error.code).toBe('JSON_INVALID');
  expect(error.place).toMatch(/^f\.json/);
});

describe('error: the legacy layout', () => {
  // The example of the first documentation (protocol/metadata.md 2).
  const legacy = {
    version: 1,
    display_name: 'example-service',
    encoding: 'proto',
    service_type: 'grpc',
    payment_expiration_threshold: 40320,
    model_ipfs_hash: 'QmSUGHW24YPjwMVhUnDwLExk4tgM8fVAKZCLqtLafbBQAu',
    mpe_address: '0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08',
    pricing: { price_model: 'fixed_price', price_in_cogs: 10 },
    groups: [
      {
        group_name: 'default_group',
        group_id: '58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=',
        payment_address: '0x464c564e427fA7A715922D9E0373a5D90589E021',
      },
    ],
    endpoints: [{ group_name: 'default_group', endpoint: 'https://services-1.snet.sh:6306' }],
  };

  test('default', async () => {
    const json = JSON.stringify(legacy);
    const error = await catchError(() => parseServiceMetadata(json, { place: 'service.json' }));
    expect(error.code).toBe('METADATA_LEGACY');
    expect(error.message).toBe(`The service metadata has the legacy layout.
Place: service.json, /pricing
Expected: pricing and endpoints inside groups, and the payment address with the organization
Found: /pricing
Fix: Convert the document: move pricing and endpoints into each group, and the payment address into the organization metadata.`);
  });

  test.each([
    ['/endpoints', { pricing: undefined }],
    ['/groups/0/payment_address', { pricing: undefined, endpoints: undefined }],
  ])('known by %s alone', async (mark, without) => {
    const json = JSON.stringify({ ...legacy, ...without });
    expect((await catchError(() => parseServiceMetadata(json))).found).toBe(mark);
  });

  test('not a current document with something of the old one', () => {
    const json = serviceText({ path: '/pricing', value: legacy.pricing });
    expect(parseServiceMetadata(json).groups).toHaveLength(1);
  });
});
