import {
  type JsonObject,
  type JsonValue,
  maxUint256,
  parseJson,
  stringifyJson,
} from '@snetkit/core';
import {
  checkServiceLimits,
  fixOrganizationMetadata,
  fixServiceMetadata,
  getServiceGroup,
  type OrganizationMetadata,
  parseLegacyServiceMetadata,
  parseOrganizationMetadata,
  parseServiceMetadata,
  type ServiceMetadata,
  serializeMetadata,
  upgradeServiceMetadata,
  validateOrganizationMetadata,
  validateServiceMetadata,
} from '@snetkit/metadata';
import fc from 'fast-check';
import {
  organizationDocument,
  serviceDocument,
} from '../../../../metadata/test/arbitrary-documents.ts';
import { accepted, demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

/** Both kinds in one text: the same groups are those of the service and those of the organization. */
const both = fc.tuple(serviceDocument, organizationDocument).map(([service, organization]) => {
  const groups = [listOf(service), listOf(organization)];
  const [own = [], other = []] = groups;
  const merged = own.map((group, at) => ({
    ...(other[at % other.length] as JsonObject),
    ...(group as JsonObject),
  }));
  return { ...organization, ...service, groups: merged };
});
const legacy = serviceDocument.map((document) => {
  const [group] = listOf(document) as JsonObject[];
  const endpoints = [{ group_name: 'a', endpoint: 'http://x' }];
  const groups = [{ group_name: 'a', group_id: 'b', payment_address: 'c' }];
  const pricing = (group?.['pricing'] as JsonValue[] | undefined)?.[0] ?? {};
  return { ...document, groups, endpoints, pricing };
});

function listOf(document: JsonObject): JsonValue[] {
  return (document['groups'] ?? []) as JsonValue[];
}

/** The text of a document, read as each kind of document that there is. */
export const metadataTarget: FuzzTarget = {
  maxBytes: 6_000,
  words: [
    ...['"groups":', '"pricing":', '"price_in_cogs":', '"price_model":', '"fixed_price"'],
    ...['"fixed_price_per_method"', '"details":', '"method_pricing":', '"endpoints":', '"media":'],
    ...[
      '"payment":',
      '"payment_expiration_threshold":',
      '"group_id":',
      '"group_name":',
      '"licenses":',
    ],
    ...[
      '"free_calls":',
      '"addOns":',
      '"assets":',
      '"service_description":',
      '"__proto__":',
      '"default":',
    ],
    ...[
      '{}',
      '[]',
      'null',
      'true',
      '""',
      '1e400',
      '-0',
      `${2n ** 256n}`,
      '\\ud800',
      '{"',
      '":',
      ',',
      '[[',
    ],
  ],
  covers: /packages\/(metadata|core)\/src|lossless-json/,
  inputs: fc
    .oneof(serviceDocument, organizationDocument, both, both, legacy)
    .map((document) => Buffer.from(stringifyJson(document as JsonObject))),
  run(input) {
    const text = Buffer.from(input).toString('utf8');
    const service = accepted(() => parseServiceMetadata(text, { place: 'ipfs://x' }));
    const organization = accepted(() => parseOrganizationMetadata(text, { place: 'ipfs://y' }));
    const old = accepted(() => parseLegacyServiceMetadata(text));
    for (const one of [service, organization, old])
      if (one !== undefined) checkWritten(one.document);
    if (service !== undefined && organization !== undefined) checkGroups(service, organization);
    if (old !== undefined) {
      const upgraded = accepted(() => upgradeServiceMetadata(old));
      if (upgraded !== undefined) checkWritten(upgraded.document);
    }
    const value = accepted(() => parseJson(text));
    if (value === undefined) return;
    const findings = validateServiceMetadata(value, { text, organization: value });
    findings.push(...validateOrganizationMetadata(value, { text }));
    for (const finding of findings) demand(finding.message !== '', 'a finding says nothing');
    if (service !== undefined) accepted(() => fixServiceMetadata(service.document, {}));
    if (organization !== undefined)
      accepted(() => fixOrganizationMetadata(organization.document, {}));
  },
};

/** What was read and is written again is the same document. */
function checkWritten(document: JsonObject): void {
  const written = accepted(() => serializeMetadata(document));
  demand(written !== undefined, 'a document that was read cannot be written');
  const again = serializeMetadata(parseJson(written) as JsonObject);
  demand(again === written, 'a document changes when it is read and written');
}

/** Money that can be used is money that a contract can hold. */
function checkGroups(service: ServiceMetadata, organization: OrganizationMetadata): void {
  for (const { groupName } of service.groups) {
    const group = accepted(() => getServiceGroup(service, organization, groupName));
    if (group === undefined) continue;
    const { pricing, paymentExpirationThreshold, groupId } = group;
    const prices =
      pricing.model === 'fixed_price' ? [pricing.priceInCogs] : [...pricing.methodPrices.values()];
    for (const amount of [...prices, paymentExpirationThreshold]) {
      demand(amount >= 0n && amount <= maxUint256, `an amount beyond 256 bits: ${amount}`);
    }
    demand(groupId.length === 32, `a group id of ${groupId.length} bytes`);
    const places = { organizationUri: 'a', serviceUri: 'b' };
    accepted(() => checkServiceLimits(group, { maxPrice: 5n, maxThreshold: 5n }, places));
  }
}
