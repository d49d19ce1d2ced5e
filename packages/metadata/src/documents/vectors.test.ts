import { bytesToHex, formatGroupId, parseGroupId } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { organizationText, serviceText } from '../../test/documents.ts';
import { vectors } from '../../test/vectors.ts';
import { setMethodPrice } from '../edits/set-method-price.ts';
import { validateServiceMetadata } from '../validation/validate-service-metadata.ts';
import { createPricing } from './create-pricing.ts';
import { getMethodPath } from './get-method-path.ts';
import { getServiceGroup } from './get-service-group.ts';
import { parseOrganizationMetadata } from './parse-organization-metadata.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';
import { serializeMetadata } from './serialize-metadata.ts';

describe('vector: group_ids', () => {
  test.each(vectors.group_ids.map((vector) => [vector.base64, vector] as const))(
    '%s',
    (base64, { bytes32, length }) => {
      const path = '/groups/0/group_id';
      const text = serviceText({ path, value: base64 });
      const { groupId } = getServiceGroup(
        parseServiceMetadata(text),
        parseOrganizationMetadata(organizationText({ path, value: base64 })),
      );
      expect(groupId).toHaveLength(length);
      expect(bytesToHex(groupId)).toBe(bytes32);
      expect(formatGroupId(parseGroupId(base64))).toBe(base64);
      const codes = validateServiceMetadata(JSON.parse(text)).map(({ code }) => code);
      expect(codes).not.toContain('GROUP_ID_INVALID');
    },
  );
});

describe('vector: method_price_keys', () => {
  test.each(vectors.method_price_keys.map((vector) => [vector.full_method, vector] as const))(
    '%s',
    (path, vector) => {
      const method = {
        packageName: vector.package_name,
        serviceName: vector.service_name,
        methodName: vector.method_name,
      };
      expect(getMethodPath(method)).toBe(path);
      const { document } = parseServiceMetadata(serviceText());
      const edited = setMethodPrice(document, {
        groupName: 'default_group',
        ...method,
        priceInCogs: 7n,
        replace: true,
      });
      const [group] = parseServiceMetadata(serializeMetadata(edited)).groups;
      const methodPrices = new Map([[path, 7n]]);
      expect(createPricing(group?.pricing ?? [])).toEqual({
        model: 'fixed_price_per_method',
        methodPrices,
      });
    },
  );
});

test('vector: js_precision, a price beyond 2^53 is written as it was read', () => {
  const { amount } = vectors.js_precision;
  const json = serviceText().replace('"price_in_cogs":1', `"price_in_cogs":${amount}`);
  expect(serializeMetadata(parseServiceMetadata(json).document)).toContain(
    `"price_in_cogs": ${amount}}`,
  );
});
