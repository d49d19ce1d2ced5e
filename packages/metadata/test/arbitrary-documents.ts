import { bytesToBase64, checksumAddress, type JsonObject, type JsonValue } from '@snetkit/core';
import fc from 'fast-check';

// Integers as parseJson gives them: beyond 2^53 they are bigint.
const integer = fc
  .oneof(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.bigInt({ min: 0n, max: 1000n }))
  .map((value) => (value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value));
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const someText = text.filter((value) => value.trim() !== '');
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  text,
  integer,
  fc.boolean(),
  fc.constantFrom(null, 0.5, -1.25, 1e-7),
);

// Keys that nobody knows. JavaScript puts keys that are array indices first: those are left out.
const unknownKey = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).map((key) => `x-${key}`),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'a/b', '~'),
);

/** Members that nobody knows, nested three deep. */
const extras: fc.Arbitrary<JsonObject> = fc.dictionary(
  unknownKey,
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(unknownKey, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxKeys: 2 }),
  ),
  { maxKeys: 2 },
) as fc.Arbitrary<JsonObject>;

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const names = (max: number) => fc.uniqueArray(name, { minLength: 1, maxLength: max });
const groupId = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToBase64);

/** An address that is not zero. */
export const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .filter((bytes) => bytes.some((byte) => byte !== 0))
  .map((bytes) => checksumAddress(bytes));

/** An endpoint. */
export const endpoint = fc
  .tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.nat(65_535))
  .map(([scheme, host, port]) => `${scheme}://${host}:${port}`);

const fixed = fc.tuple(integer, extras).map(([price, more]) => ({
  ...more,
  price_model: 'fixed_price',
  price_in_cogs: price,
  default: true,
}));

const perMethod = fc
  .tuple(name, names(2), names(3), integer, extras)
  .map(([packageName, services, methods, price, more]) => ({
    ...more,
    default: true,
    price_model: 'fixed_price_per_method',
    package_name: packageName,
    details: services.map((service_name) => ({
      service_name,
      method_pricing: methods.map((method_name) => ({ method_name, price_in_cogs: price })),
    })),
  }));

const serviceGroup = fc
  .tuple(
    groupId,
    fc.oneof(fixed, perMethod),
    fc.uniqueArray(endpoint, { minLength: 1, maxLength: 3 }),
    fc.uniqueArray(address, { maxLength: 2 }),
    extras,
  )
  .map(([group_id, price, endpoints, daemon_addresses, more]) => ({
    ...more,
    group_id,
    pricing: [price],
    endpoints,
    daemon_addresses,
  }));

const media = fc.array(
  fc
    .tuple(someText, fc.constantFrom('image', 'video'), extras)
    .map(([url, file_type, more]) => ({ ...more, url, file_type })),
  { maxLength: 3 },
);

/** Service documents without errors, with members that nobody knows in many places. */
export const serviceDocument: fc.Arbitrary<JsonObject> = fc
  .record({
    head: extras,
    groups: fc.array(serviceGroup, { minLength: 1, maxLength: 3 }),
    names: fc.uniqueArray(name, { minLength: 3, maxLength: 3 }),
    mpe_address: address,
    contributors: fc.uniqueArray(name, { maxLength: 3 }),
    tags: fc.uniqueArray(someText, { maxLength: 3 }),
    media,
    images: fc.uniqueArray(someText, { maxLength: 2 }),
    texts: fc.tuple(text, text, text),
    tail: extras,
  })
  .map(
    (one): JsonObject => ({
      ...one.head,
      version: 1,
      display_name: one.texts[0],
      encoding: 'proto',
      service_type: 'grpc',
      service_api_source: 'ipfs://QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ',
      model_ipfs_hash: '',
      mpe_address: one.mpe_address,
      groups: one.groups.map((group, i) => ({ group_name: one.names[i] ?? '', ...group })),
      service_description: { url: one.texts[1], short_description: one.texts[2], description: '' },
      assets: { images: one.images },
      contributors: one.contributors.map((who) => ({ name: who, email_id: `${who}@example.org` })),
      media: one.media.map((entry, i) => ({ ...entry, order: i + 1, alt_text: '' })),
      tags: one.tags,
      ...one.tail,
    }),
  );

const organizationGroup = fc
  .tuple(
    groupId,
    address,
    fc.nat(500_000),
    fc.uniqueArray(endpoint, { maxLength: 2 }),
    extras,
    extras,
  )
  .map(([group_id, payment_address, threshold, endpoints, more, deep]) => ({
    ...more,
    group_id,
    payment: {
      ...deep,
      payment_address,
      payment_expiration_threshold: threshold,
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: {
        connection_timeout: '7s',
        request_timeout: '5s',
        endpoints,
      },
    },
  }));

/** Organization documents without errors, some of them of older forms. */
export const organizationDocument: fc.Arbitrary<JsonObject> = fc
  .record({
    head: extras,
    org_name: text,
    hero: text,
    description: fc.oneof(text, fc.constant({ description: 'd', short_description: 's', url: '' })),
    contacts: fc.uniqueArray(name, { maxLength: 3 }),
    groups: fc.array(organizationGroup, { minLength: 1, maxLength: 3 }),
    names: fc.uniqueArray(name, { minLength: 3, maxLength: 3 }),
    tail: extras,
  })
  .map(
    (one): JsonObject => ({
      ...one.head,
      org_name: one.org_name,
      org_id: 'example',
      org_type: 'organization',
      description: one.description,
      assets: one.hero === '' ? {} : { hero_image: one.hero },
      contacts: one.contacts.map((email, i) => ({
        [i % 2 ? 'email_id' : 'email']: email,
        phone: '',
        contact_type: 'general',
      })),
      groups: one.groups.map((group, i) => ({ group_name: one.names[i] ?? '', ...group })),
      ...one.tail,
    }),
  );
