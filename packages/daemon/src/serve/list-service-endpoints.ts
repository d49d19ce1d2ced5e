import type { Config } from '../config/schema.ts';

/** Where the service listens: `service_endpoints`, or else `service_endpoint`. */
export function listServiceEndpoints({
  service_endpoints: several,
  service_endpoint: one,
}: Config): readonly { readonly url: URL; readonly weight: number }[] {
  const all = several.length > 0 ? several : [{ endpoint: one, weight: 1 }];
  return all.map(({ endpoint, weight }) => ({ url: new URL(endpoint), weight }));
}
