import { getDaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { openExistingStore } from '../serve/open-existing-store.ts';

/** How long chain and metadata may take, if they have to be asked where the store is. */
const patienceMs = 60_000;

/**
 * Records of the organization on its network, of every group that has its state in the configured store.
 * Needs neither chain nor metadata (but for an etcd that only the metadata name), and does not mind a
 * daemon that runs.
 *
 * @param isWanted - sees the key below the group
 * @throws BaseError
 */
export async function* listOrganizationRecords(
  config: Config,
  isWanted: (key: string) => boolean,
): AsyncIterable<{ readonly key: string; readonly value: Uint8Array }> {
  const { chainId, mpe } = getDaemonNetwork(config);
  const organization = encodeURIComponent(config.organization_id);
  const store = await openExistingStore(config, 'snetkit/1', AbortSignal.timeout(patienceMs));
  if (store === undefined) return;
  try {
    const prefix = `${chainId}/${mpe.toLowerCase()}/${organization}/`;
    for await (const { key, value } of store.list(prefix)) {
      if (isWanted(key.slice(prefix.length).replace(/^[^/]+\//, ''))) yield { key, value };
    }
  } finally {
    await store.close();
  }
}
