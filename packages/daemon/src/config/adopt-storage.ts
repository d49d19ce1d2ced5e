import { configError } from './config-error.ts';
import type { PlaceOf } from './merge.ts';
import type { Config, KeyName } from './schema.ts';

/** Where payments are kept, after what a file of the official daemon means has been worked out. */
interface AdoptedStorage {
  readonly config: Config;
  /** Lines for the log. */
  readonly notices: readonly string[];
}

/**
 * What the storage settings of the official daemon mean here: `etcd` is etcd; `memory`, and an etcd inside
 * the daemon (`payment_channel_storage_server`), become SQLite on this machine, and the log says so.
 *
 * @param given - keys that stand in a file, the environment or an option
 * @throws BaseError for an etcd inside that has members on other machines: SQLite would give each its own books
 */
export function adoptStorage(
  config: Config,
  { given, placeOf }: { given: ReadonlyMap<KeyName, unknown>; placeOf: PlaceOf },
): AdoptedStorage {
  const type = given.get('payment_channel_storage_type');
  const word = typeof type === 'string' ? type.toLowerCase() : '';
  const { payment_channel_storage_server: server, payment_channel_storage_path: path } = config;
  const endpoints = config.payment_channel_storage_client.endpoints ?? [];
  const sqlite: Config = { ...config, payment_channel_storage_type: 'sqlite' };
  const etcd: Config = { ...config, payment_channel_storage_type: 'etcd' };
  // In the official daemon, to have the section is to switch it on.
  const isInside = given.has('payment_channel_storage_server') && server.enabled !== false;
  const inside = placeOf('payment_channel_storage_server');
  if (word === 'memory') {
    const place = placeOf('payment_channel_storage_type');
    const notice = `${place}: memory would forget signed payments, so they are kept in SQLite, in ${path}`;
    return { config: sqlite, notices: [notice, ...(isInside ? [`${inside} has no effect`] : [])] };
  }
  if (word === 'sqlite' || !isInside) {
    // Who names members of etcd and no type means etcd, as it does for the official daemon.
    const chosen = word === '' && endpoints.length > 0 ? etcd : config;
    return { config: chosen, notices: isInside ? [`${inside} has no effect`] : [] };
  }
  if (endpoints.length > 0 && !endpoints.some((text) => isServer(text, server))) {
    const notice = `${inside}: no etcd is started inside; payments are in the one of payment_channel_storage_client`;
    return { config: etcd, notices: [notice] };
  }
  refuseCluster(server, inside);
  const { data_dir: directory = 'storage-data-dir-1.etcd' } = server;
  const notice =
    `${inside}: no etcd is started inside; payments are kept in SQLite, in ${path}. What the etcd in ${directory} ` +
    'holds has to be imported first: docs/moving-state.md';
  return { config: sqlite, notices: [notice] };
}

type Server = Config['payment_channel_storage_server'];

/** Whether an endpoint is the etcd inside (daemon.md 7.1). */
function isServer(endpoint: string, { host = '127.0.0.1', client_port: port = 2379 }: Server) {
  const url = URL.parse(endpoint);
  const local = ['localhost', '127.0.0.1', '0.0.0.0', host];
  return url !== null && Number(url.port) === port && local.includes(url.hostname);
}

function refuseCluster({ cluster = '' }: Server, place: string): void {
  const members = cluster.split(',').filter((member) => member.trim() !== '');
  if (members.length < 2) return;
  throw configError([
    {
      key: 'payment_channel_storage_server',
      place: `${place}.cluster`,
      path: ['cluster'],
      value: cluster,
      expected: 'one member at most, because no etcd is started inside',
      hint: `Run etcd beside the ${members.length} daemons, name its members in payment_channel_storage_client.endpoints, and set payment_channel_storage_server.enabled to false.`,
    },
  ]);
}
