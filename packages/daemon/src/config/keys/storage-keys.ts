import { key, optionalKey } from '../key.ts';
import { boolean } from '../types/boolean.ts';
import { duration } from '../types/duration.ts';
import { list } from '../types/list.ts';
import { number } from '../types/number.ts';
import { object } from '../types/object.ts';
import { oneOf } from '../types/one-of.ts';
import { text } from '../types/text.ts';
import { url } from '../types/url.ts';
import type { ValueType } from '../types/value-type.ts';

const path = text({ expected: 'a path' });
const port = number({ min: 1, max: 65_535, integer: true });

const words = oneOf(['sqlite', 'memory', 'etcd']);
const storageType: ValueType<'sqlite' | 'etcd'> = {
  expected: 'one of "sqlite", "etcd"',
  parse(raw) {
    const parsed = words.parse(raw);
    if ('value' in parsed) return { value: parsed.value === 'memory' ? 'sqlite' : parsed.value };
    return { problems: parsed.problems.map((one) => ({ ...one, expected: this.expected })) };
  },
};

/** Settings of the store of payments, and of the content store that documents are read from. */
export const storageKeys = {
  payment_channel_storage_type: key<'sqlite' | 'etcd'>({
    type: storageType,
    default: 'sqlite',
    description:
      'Where payments are kept: sqlite on this machine, etcd for several machines. The memory of the official daemon means sqlite.',
    rule: 'etcd when not given, but endpoints in payment_channel_storage_client.',
    init: 'sqlite',
  }),
  payment_channel_storage_path: key({
    type: path,
    default: 'snetd-storage',
    description: 'Directory of the SQLite store. All daemons of a group on this machine share it.',
    own: true,
    init: 'snetd-storage',
  }),
  payment_channel_storage_client: key({
    type: object({
      connection_timeout: duration(),
      request_timeout: duration(),
      hot_reload: boolean(),
      endpoints: list(url({ protocols: ['http', 'https'] })),
    }),
    default: {},
    description:
      'Client of etcd; what is not given comes from the organization metadata. With hot_reload, the endpoints follow it while the daemon runs.',
  }),
  payment_channel_storage_lease: key({
    type: duration({ min: 2_000 }),
    default: '10s',
    unit: 'milliseconds',
    description:
      'How long a daemon that is gone counts as alive in etcd; whole seconds, rounded up.',
    own: true,
  }),
  payment_channel_storage_reload_interval: key({
    type: duration({ min: 1_000 }),
    default: '30s',
    unit: 'milliseconds',
    description:
      'With hot_reload: how often the Registry is asked whether the organization names other endpoints of etcd.',
    own: true,
  }),
  payment_channel_storage_user: optionalKey({
    type: text(),
    description: 'User of etcd, when its authentication is on.',
    rule: 'Needs payment_channel_storage_password.',
    own: true,
  }),
  payment_channel_storage_password: optionalKey({
    type: text(),
    description: 'Password of payment_channel_storage_user.',
    rule: 'Needs payment_channel_storage_user.',
    secret: true,
    own: true,
  }),
  payment_channel_storage_server: key({
    type: object({
      id: text(),
      scheme: oneOf(['http', 'https']),
      host: text(),
      client_port: port,
      peer_port: port,
      token: text(),
      cluster: text(),
      startup_timeout: duration(),
      data_dir: path,
      log_level: text(),
      log_outputs: list(text()),
      enabled: boolean(),
    }),
    default: {},
    description:
      'The etcd that the official daemon carries inside. This one carries none: payments are kept in SQLite instead, and a line in the log says so.',
    rule: 'A cluster of several members is refused: run etcd beside the daemons.',
  }),
  payment_channel_cert_path: optionalKey({
    type: path,
    description: 'PEM certificate for mutual TLS with etcd.',
    rule: 'Needs payment_channel_key_path.',
  }),
  payment_channel_key_path: optionalKey({
    type: path,
    description: 'PEM key of payment_channel_cert_path.',
    rule: 'Needs payment_channel_cert_path.',
  }),
  payment_channel_ca_path: optionalKey({
    type: path,
    description: 'PEM certificate of the authority that signed the certificates of etcd.',
  }),
  ipfs_endpoint: key({
    type: url({ protocols: ['http', 'https'] }),
    default: 'https://ipfs.singularitynet.io:443',
    description: 'IPFS HTTP RPC API (not a gateway) that metadata and protos are read from.',
    aliases: ['ipfs_end_point'],
    init: 'https://ipfs.singularitynet.io:443',
  }),
  ipfs_timeout: key({
    type: number({ min: 1, max: 3_600, integer: true }),
    default: 30,
    unit: 'seconds',
    description: 'How long one request to ipfs_endpoint may take.',
  }),
  lighthouse_endpoint: key({
    type: url({ protocols: ['http', 'https'] }),
    default: 'https://gateway.lighthouse.storage/ipfs/',
    description: 'Gateway for filecoin:// addresses.',
  }),
} as const;
