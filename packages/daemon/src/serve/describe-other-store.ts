import type { ResolvedService } from '@snetkit/metadata';
import type { Config } from '../config/schema.ts';

/**
 * Compares the store of this daemon with the one that the organization metadata names for the group. All
 * daemons of a group must share one: two that do not could each sell the same part of a channel.
 *
 * @returns a line for the log; undefined when nothing contradicts
 */
export function describeOtherStore(
  config: Config,
  group: Pick<ResolvedService['group'], 'storage'>,
): string | undefined {
  const { type, endpoints } = group.storage;
  if (type !== 'etcd' || endpoints.length === 0) return undefined;
  const named = endpoints.map(hostOf).sort();
  const own = config.payment_channel_storage_type;
  if (own !== 'etcd') {
    return (
      `the organization metadata names an etcd (${named.join(', ')}) for the payments of this group, but this daemon keeps them in ${own}: ` +
      'a daemon that follows the metadata would accept the same payments a second time; let one store serve the group'
    );
  }
  const configured = config.payment_channel_storage_client.endpoints?.map(hostOf).sort() ?? [];
  if (configured.length === 0 || configured.some((host) => named.includes(host))) return undefined;
  return (
    `the organization metadata names another etcd (${named.join(', ')}) for the payments of this group than payment_channel_storage_client (${configured.join(', ')}): ` +
    'a daemon that follows the metadata would accept the same payments a second time, unless both lead to one cluster'
  );
}

/** Host and port alone: the rest of a URL may hold what nobody must see. */
function hostOf(endpoint: string): string {
  const { host } = URL.parse(endpoint) ?? { host: 'not a URL' };
  return host;
}
