import { type JsonObject, type JsonValue, parseJson } from '@snetkit/core';
import { organizationText, serviceText } from './documents.ts';

const source = 'ipfs://QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ';
const methods = [{ method_name: 'm', price_in_cogs: 1 }];

/** A service document that has everything that the daemon reads. */
export const fullService = parseJson(
  serviceText(
    { path: '/service_api_source', value: source },
    {
      path: '/groups/0/licenses',
      value: {
        subscriptions: { subscription: [{ periodInDays: 1, planName: 'p' }] },
        tiers: [{ range: [{ high: 1 }] }],
      },
    },
    { path: '/groups/0/addOns', value: [{ name: 'x' }] },
    {
      path: '/groups/0/pricing/1',
      value: {
        default: false,
        price_model: 'fixed_price_per_method',
        package_name: 'p',
        details: [{ service_name: 's', method_pricing: methods }],
      },
    },
  ),
) as JsonObject;

/** An organization document that has everything that the daemon reads. */
export const fullOrganization = parseJson(
  organizationText({ path: '/groups/0/license_server_endpoints', value: ['https://l:1'] }),
) as JsonObject;

/** The places of all values inside a document. */
export function listPlaces(value: JsonValue, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries: [string | number, JsonValue][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  const below = entries.flatMap(([key, item]) => listPlaces(item, [...at, key]));
  return at.length === 0 ? below : [at, ...below];
}
