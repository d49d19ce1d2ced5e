import { loadConfig } from '../config/load.ts';
import { getDaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { listReplicas, type RegisteredReplica } from '../group/list-replicas.ts';
import { replicaPrefix } from '../group/replica.ts';
import { openExistingStore } from '../serve/open-existing-store.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';

/**
 * `snetd list replicas`: one line for each daemon that serves from the store now. Needs neither chain nor
 * metadata (but for an etcd that only the metadata name).
 */
export const listReplicasCommand: Command = {
  async run({ options, env, print }) {
    const { config } = await loadConfig({ file: options['config'] as string | undefined, env });
    const replicas = await readReplicas(config);
    for (const replica of replicas) print(format(replica));
    if (replicas.length === 0) print('no replicas in shared storage');
    return 0;
  },
};

/** How long chain and metadata may take, if they have to be asked where the store is. */
const patienceMs = 60_000;
/** Every group of every network lies below it (ledger.md, section 2). */
const everything = 'snetkit/1';

/** The replicas of the organization on its network, of every group that has its state in this store. */
async function readReplicas(config: Config): Promise<readonly RegisteredReplica[]> {
  const { chainId, mpe } = getDaemonNetwork(config);
  const organization = `${chainId}/${mpe.toLowerCase()}/${encodeURIComponent(config.organization_id)}/`;
  const groups = await withStore(config, everything, async (store) => {
    const found = new Set<string>();
    for await (const { key } of store.list(organization)) {
      const [group = '', place] = key.slice(organization.length).split('/');
      if (`${place}/` === replicaPrefix) found.add(group);
    }
    return found;
  });
  const replicas: RegisteredReplica[] = [];
  for (const group of groups ?? []) {
    // Whether an owner lives is asked within the group.
    const scope = `${everything}/${organization}${group}`;
    replicas.push(...((await withStore(config, scope, listReplicas)) ?? []));
  }
  return replicas;
}

/** Undefined where there is no store; opening would make one. */
async function withStore<T>(
  config: Config,
  scope: string,
  use: (store: Store) => Promise<T>,
): Promise<T | undefined> {
  const store = await openExistingStore(config, scope, AbortSignal.timeout(patienceMs));
  try {
    return store && (await use(store));
  } finally {
    await store?.close();
  }
}

function format(replica: RegisteredReplica): string {
  const fields = {
    ServiceID: replica.serviceId,
    Endpoint: replica.endpoint,
    Host: replica.host,
    ProcessID: replica.processId,
    Version: replica.version,
    Started: new Date(replica.startedAt * 1_000).toISOString(),
  };
  const text = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return `${replica.owner}: {${text.join(', ')}}`;
}
