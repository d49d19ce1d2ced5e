import { createEtcdOfficialStore } from '../official-state/etcd-official-store.ts';
import type { OfficialStore } from '../official-state/official-store.ts';
import { readEtcdOptions } from '../serve/read-etcd-options.ts';
import type { OpenGroup } from './open-group.ts';

/**
 * The etcd of official daemons: the endpoints that an option names, or those of configuration and
 * organization document, with TLS and user as configured.
 *
 * @param named - endpoints with commas between them
 * @throws BaseError CONFIG_VALUE_INVALID when nothing names one
 */
export async function openOfficialStore(
  { config, service }: Pick<OpenGroup, 'config' | 'service'>,
  named: string | boolean | undefined,
): Promise<OfficialStore> {
  const { storage } = service.group;
  const client = config.payment_channel_storage_client;
  if (typeof named !== 'string') {
    return createEtcdOfficialStore(await readEtcdOptions(config, storage));
  }
  const endpoints = named.split(',').map((text) => text.trim());
  const changed = { ...config, payment_channel_storage_client: { ...client, endpoints } };
  return createEtcdOfficialStore(await readEtcdOptions(changed, storage));
}
