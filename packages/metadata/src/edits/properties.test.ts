import { BaseError, type JsonObject, type JsonValue, parseJson } from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  address,
  endpoint,
  organizationDocument,
  serviceDocument,
} from '../../test/arbitrary-documents.ts';
import { freeze } from '../../test/edit-documents.ts';
import { isObject } from '../documents/is-object.ts';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import { serializeMetadata } from '../documents/serialize-metadata.ts';
import * as edits from '../index.ts';
import { validateOrganizationMetadata } from '../validation/validate-organization-metadata.ts';
import { validateServiceMetadata } from '../validation/validate-service-metadata.ts';

type Edit = (document: JsonObject) => JsonObject;

/** An edit of a document with arguments that are sometimes right, sometimes not. */
interface Named {
  readonly name: string;
  readonly edit: Edit;
}

const word = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'default_group'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const url = fc.oneof({ weight: 6, arbitrary: endpoint }, word);
const account = fc.oneof({ weight: 4, arbitrary: address }, word);
const price = fc.oneof(fc.bigInt({ min: -1n, max: 2n ** 256n }), fc.bigInt({ min: 0n, max: 9n }));
const order = fc.integer({ min: 0, max: 4 });
const groupId = fc
  .oneof(
    { weight: 9, arbitrary: fc.uint8Array({ minLength: 32, maxLength: 32 }) },
    fc.uint8Array({ maxLength: 31 }),
  )
  .map((bytes) => Buffer.from(bytes).toString('base64'));

// The name of a group, or what an item of a list says, taken from the document more often than not.
const pick = fc.nat(20);
const named = (document: JsonObject, n: number, other: string) => {
  const names = peekList(document, 'groups').map((group) => String(peek(group, 'group_name')));
  return n < 18 ? (names[n % names.length] ?? other) : other;
};
const listed = (document: JsonObject, n: number, other: string, ...at: (string | number)[]) => {
  const values = peekList(document, ...at).map((value) =>
    String(isObject(value) ? (value['email_id'] ?? value['email']) : value),
  );
  return n < 14 ? (values[n % Math.max(values.length, 1)] ?? other) : other;
};
const placed = (document: JsonObject, n: number, other: number) =>
  n < 18 ? 1 + (other % Math.max(peekList(document, 'media').length, 1)) : other;
const make = <T>(
  name: string,
  args: fc.Arbitrary<T>,
  edit: (document: JsonObject, args: T, n: number) => JsonObject,
): fc.Arbitrary<Named> =>
  fc
    .tuple(args, pick)
    .map(([value, n]) => ({ name, edit: (document) => edit(document, value, n) }));

const serviceEdits: Record<string, fc.Arbitrary<Named>> = Object.fromEntries(
  [
    make(
      'addServiceGroup',
      fc.record({
        groupName: word,
        groupId,
        priceInCogs: price,
        endpoints: fc.array(url, { maxLength: 2 }),
        daemonAddresses: fc.array(account, { maxLength: 1 }),
      }),
      (d, a) => edits.addServiceGroup(d, a),
    ),
    make('removeServiceGroup', word, (d, a, n) =>
      edits.removeServiceGroup(d, { groupName: named(d, n, a) }),
    ),
    make('renameServiceGroup', fc.tuple(word, word), (d, [a, newName], n) =>
      edits.renameServiceGroup(d, { groupName: named(d, n, a), newName }),
    ),
    make('addEndpoint', fc.tuple(word, url), (d, [a, endpoint], n) =>
      edits.addEndpoint(d, { groupName: named(d, n, a), endpoint }),
    ),
    make('removeEndpoint', word, (d, a, n) =>
      edits.removeEndpoint(d, {
        groupName: named(d, n, a),
        endpoint: listed(d, n, a, 'groups', n % peekList(d, 'groups').length, 'endpoints'),
      }),
    ),
    make('setEndpoints', fc.tuple(word, fc.array(url, { maxLength: 3 })), (d, [a, endpoints], n) =>
      edits.setEndpoints(d, { groupName: named(d, n, a), endpoints }),
    ),
    make('addDaemonAddress', fc.tuple(word, account), (d, [a, address], n) =>
      edits.addDaemonAddress(d, { groupName: named(d, n, a), address }),
    ),
    make('removeDaemonAddress', word, (d, a, n) =>
      edits.removeDaemonAddress(d, {
        groupName: named(d, n, a),
        address: listed(d, n, a, 'groups', n % peekList(d, 'groups').length, 'daemon_addresses'),
      }),
    ),
    make(
      'setDaemonAddresses',
      fc.tuple(word, fc.array(account, { maxLength: 2 })),
      (d, [a, addresses], n) =>
        edits.setDaemonAddresses(d, { groupName: named(d, n, a), addresses }),
    ),
    make('setFixedPrice', fc.tuple(word, price, fc.boolean()), (d, [a, priceInCogs, replace], n) =>
      edits.setFixedPrice(d, { groupName: named(d, n, a), priceInCogs, replace }),
    ),
    make(
      'setMethodPrice',
      fc.tuple(word, price, fc.boolean(), word, word, word),
      (d, [a, priceInCogs, replace, packageName, serviceName, methodName], n) =>
        edits.setMethodPrice(d, {
          groupName: named(d, n, a),
          priceInCogs,
          replace,
          packageName:
            n % 2 === 0
              ? packageName
              : String(peek(d, 'groups', 0, 'pricing', 0, 'package_name') ?? packageName),
          serviceName: serviceName || 's',
          methodName: n === 0 ? methodName : methodName || 'm',
        }),
    ),
    make('removeMethodPrice', word, (d, a, n) => {
      const entry = peek(d, 'groups', n % peekList(d, 'groups').length, 'pricing', 0);
      const one = peekList(entry, 'details')[0];
      const at = (value: JsonValue | undefined, key: string) => String(peek(value, key) ?? a);
      return edits.removeMethodPrice(d, {
        groupName: named(d, n, a),
        packageName: at(entry, 'package_name'),
        serviceName: at(one, 'service_name'),
        methodName: at(peekList(one, 'method_pricing')[0], 'method_name'),
      });
    }),
    make(
      'setFreeCalls',
      fc.tuple(
        word,
        fc.oneof(fc.integer({ min: -1, max: 20 }), fc.constant(0.5)),
        fc.oneof(account, fc.constant(null)),
      ),
      (d, [a, freeCalls, signer], n) =>
        edits.setFreeCalls(d, { groupName: named(d, n, a), freeCalls, signer }),
    ),
    make(
      'addMedia',
      fc.record({
        url: word,
        fileType: fc.constantFrom('image' as const, 'video' as const),
        hero: fc.boolean(),
      }),
      (d, a) => edits.addMedia(d, a),
    ),
    make('removeMedia', order, (d, a, n) => edits.removeMedia(d, { order: placed(d, n, a) })),
    make('swapMedia', fc.tuple(order, order), (d, [first, second], n) =>
      edits.swapMedia(d, { first: placed(d, n, first), second: placed(d, n, second) }),
    ),
    make('reorderMedia', fc.shuffledSubarray([1, 2, 3], { minLength: 3 }), (d, orders, n) =>
      edits.reorderMedia(d, {
        orders: orders.filter((place) => n > 16 || place <= peekList(d, 'media').length),
      }),
    ),
    make('setHeroImage', order, (d, a, n) => edits.setHeroImage(d, { order: placed(d, n, a) })),
    make('clearMedia', word, (d) => edits.clearMedia(d)),
    make(
      'setAsset',
      fc.tuple(word, fc.constantFrom('hero_image' as const, 'documentation' as const)),
      (d, [value, name]) => edits.setAsset(d, { kind: 'service', name, value }),
    ),
    make('removeAsset', fc.constantFrom('hero_image' as const, 'images' as const), (d, name) =>
      edits.removeAsset(d, { kind: 'service', name }),
    ),
    make('clearAssets', word, (d) => edits.clearAssets(d, { kind: 'service' })),
    make('addImage', word, (d, value) => edits.addImage(d, { value })),
    make('removeImage', word, (d, a, n) =>
      edits.removeImage(d, { value: listed(d, n, a, 'assets', 'images') }),
    ),
    make('addContributor', fc.record({ name: word, email: word }), (d, a) =>
      edits.addContributor(d, a),
    ),
    make('removeContributor', word, (d, a, n) =>
      edits.removeContributor(d, { email: listed(d, n, a, 'contributors') }),
    ),
    make('addTag', word, (d, tag) => edits.addTag(d, { tag })),
    make('removeTag', word, (d, a, n) => edits.removeTag(d, { tag: listed(d, n, a, 'tags') })),
    make(
      'setServiceDescription',
      fc.record(
        { url: word, shortDescription: word, description: fc.option(word) },
        { requiredKeys: [] },
      ),
      (d, a) => edits.setServiceDescription(d, a),
    ),
    make(
      'setServiceFields',
      fc.record(
        {
          displayName: word,
          encoding: fc.constantFrom('proto' as const, 'json' as const, 'grpc' as never),
          serviceType: fc.constantFrom('http' as const, 'process' as const, 'x' as never),
          mpeAddress: account,
        },
        { requiredKeys: [] },
      ),
      (d, a) => edits.setServiceFields(d, a),
    ),
  ].map((arbitrary, i) => [
    fc.sample(arbitrary, { numRuns: 1, seed: i })[0]?.name ?? '',
    arbitrary,
  ]),
);

const settings = {
  paymentAddress: account,
  paymentExpirationThreshold: price,
  storageEndpoints: fc.array(url, { maxLength: 2 }),
  connectionTimeout: fc.constantFrom('5s', '1h', '1500ms', '2m', 'soon'),
};
const organizationEdits: Record<string, fc.Arbitrary<Named>> = Object.fromEntries(
  [
    make('addOrganizationGroup', fc.record({ groupName: word, groupId, ...settings }), (d, a) =>
      edits.addOrganizationGroup(d, a),
    ),
    make('removeOrganizationGroup', word, (d, a, n) =>
      edits.removeOrganizationGroup(d, { groupName: named(d, n, a) }),
    ),
    make('renameOrganizationGroup', fc.tuple(word, word), (d, [a, newName], n) =>
      edits.renameOrganizationGroup(d, { groupName: named(d, n, a), newName }),
    ),
    make(
      'updateOrganizationGroup',
      fc.tuple(
        word,
        fc.record(
          { ...settings, licenseServerEndpoints: fc.array(url, { maxLength: 1 }) },
          { requiredKeys: [] },
        ),
      ),
      (d, [a, changes], n) =>
        edits.updateOrganizationGroup(d, { groupName: named(d, n, a), ...changes }),
    ),
    make(
      'addContact',
      fc.record({
        contactType: fc.constantFrom('general' as const, 'support' as const, 'sales' as never),
        email: word,
        phone: word,
      }),
      (d, a) => edits.addContact(d, a),
    ),
    make(
      'removeContacts',
      fc.record(
        { email: word, contactType: fc.constantFrom('general', 'sales') },
        { requiredKeys: [] },
      ),
      (d, a, n) =>
        edits.removeContacts(d, n % 2 === 0 ? { email: listed(d, n, 'x', 'contacts') } : a),
    ),
    make(
      'setOrganizationDescription',
      fc.record(
        {
          url: word,
          shortDescription: fc.string({ maxLength: 200 }),
          description: fc.option(word),
        },
        { requiredKeys: [] },
      ),
      (d, a) => edits.setOrganizationDescription(d, a),
    ),
    make(
      'setOrganizationFields',
      fc.record(
        {
          organizationName: word,
          organizationId: word,
          organizationType: fc.constantFrom('individual' as const, 'x' as never),
        },
        { requiredKeys: [] },
      ),
      (d, a) => edits.setOrganizationFields(d, a),
    ),
    make('setAsset', word, (d, value) =>
      edits.setAsset(d, { kind: 'organization', name: 'hero_image', value }),
    ),
    make('removeAsset', word, (d) =>
      edits.removeAsset(d, { kind: 'organization', name: 'hero_image' }),
    ),
    make('clearAssets', word, (d) => edits.clearAssets(d, { kind: 'organization' })),
  ].map((arbitrary, i) => [
    fc.sample(arbitrary, { numRuns: 1, seed: i })[0]?.name ?? '',
    arbitrary,
  ]),
);

/** Unknown members with their values, wherever they are; an item of a list goes with all that it has. */
function listUnknown(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(listUnknown);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    /^x-|^__proto__$|^constructor$|^toString$|^a\/b$|^~$/.test(key)
      ? [serializeMetadata({ [key]: item })]
      : listUnknown(item),
  );
}

/** Edits that take something away, and with it what belongs to it. */
const takesAway = /^(remove|clear)|^set(FixedPrice|MethodPrice)$/;

const kinds = [
  {
    kind: 'service',
    documents: serviceDocument,
    all: serviceEdits,
    validate: validateServiceMetadata,
  },
  {
    kind: 'organization',
    documents: organizationDocument,
    all: organizationEdits,
    validate: validateOrganizationMetadata,
  },
] as const;

describe.each(kinds)('edits of $kind documents', ({ documents, all, validate }) => {
  const errors = (document: JsonValue) =>
    validate(document).filter(({ level }) => level === 'error');

  test('behavior: generated documents are valid', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(errors(document)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test.each(Object.keys(all))(
    'behavior: %s keeps a valid document valid, or says why not',
    (name) => {
      const outcomes = { done: 0, refused: 0 };
      fc.assert(
        fc.property(documents, all[name] as fc.Arbitrary<Named>, (document, { edit }) => {
          freeze(document);
          const text = serializeMetadata(document);
          let result: JsonObject;
          try {
            result = edit(document);
          } catch (error) {
            if (!(error instanceof BaseError)) throw error;
            expect([error.shortMessage, error.place ?? error.found ?? '']).not.toContain('');
            outcomes.refused++;
            return;
          }
          outcomes.done++;
          expect(errors(result)).toEqual([]);
          expect(serializeMetadata(document)).toBe(text);
          // What was written is read back as it was: no edit leaves anything behind that is no JSON.
          expect(parseJson(serializeMetadata(result))).toEqual(result);
          if (!takesAway.test(name))
            expect(listUnknown(result).sort()).toEqual(listUnknown(document).sort());
          // Members that were there are in the order in which they were.
          const kept = Object.keys(result).filter((key) => Object.hasOwn(document, key));
          expect(kept).toEqual(Object.keys(document).filter((key) => Object.hasOwn(result, key)));
        }),
        { numRuns: 50 },
      );
      expect(outcomes.done).toBeGreaterThan(0);
    },
  );

  test('behavior: every edit that there is was tried', () => {
    const other = kinds.flatMap((one) => Object.keys(one.all));
    const exported = Object.keys(edits).filter((key) =>
      /^(add|remove|rename|set|swap|reorder|clear|update)[A-Z]/.test(key),
    );
    expect(exported.filter((key) => !other.includes(key))).toEqual([]);
  });
});

describe('behavior: removing takes back what adding did', () => {
  const inverses: Record<
    string,
    (document: JsonObject, text: string, url: string, account: string) => JsonObject
  > = {
    group: (d, text, url) =>
      edits.removeServiceGroup(
        edits.addServiceGroup(d, {
          groupName: text,
          groupId: Buffer.alloc(32).toString('base64'),
          priceInCogs: 1n,
          endpoints: [url],
        }),
        { groupName: text },
      ),
    endpoint: (d, _, endpoint) =>
      edits.removeEndpoint(edits.addEndpoint(d, { groupName: first(d), endpoint }), {
        groupName: first(d),
        endpoint,
      }),
    'daemon address': (d, _, __, address) =>
      edits.removeDaemonAddress(edits.addDaemonAddress(d, { groupName: first(d), address }), {
        groupName: first(d),
        address,
      }),
    media: (d, url) =>
      edits.removeMedia(edits.addMedia(d, { url, fileType: 'image' }), {
        order: peekList(d, 'media').length + 1,
      }),
    image: (d, value) => edits.removeImage(edits.addImage(d, { value }), { value }),
    contributor: (d, name) =>
      edits.removeContributor(edits.addContributor(d, { name, email: 'x' }), { name, email: 'x' }),
    tag: (d, tag) => edits.removeTag(edits.addTag(d, { tag }), { tag }),
    name: (d, newName) =>
      edits.renameServiceGroup(edits.renameServiceGroup(d, { groupName: first(d), newName }), {
        groupName: newName,
        newName: first(d),
      }),
    places: (d) =>
      edits.swapMedia(edits.swapMedia(d, { first: 1, second: 2 }), { first: 1, second: 2 }),
  };
  const first = (document: JsonObject) => String(peek(document, 'groups', 0, 'group_name'));

  test.each(Object.entries(inverses))('%s', (_, there) => {
    let done = 0;
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(serviceDocument, text, endpoint, address, (document, ...args) => {
        let back: JsonObject;
        try {
          back = there(freeze(document), ...args);
        } catch (error) {
          expect(BaseError.from(error).code).toBe('METADATA_EDIT_REFUSED');
          return;
        }
        done++;
        expect(serializeMetadata(back)).toBe(serializeMetadata(document));
      }),
      { numRuns: 40 },
    );
    expect(done).toBeGreaterThan(0);
  });
});
