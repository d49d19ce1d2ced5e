import { utf8ToBytes } from '@snetkit/core';
import { type ConfigProblem, configError } from './config-error.ts';
import { findKnownNetwork } from './known-network.ts';
import type { PlaceOf } from './merge.ts';
import type { Config, KeyName } from './schema.ts';

/** What a rule finds: the key that is wrong, what it should be and what to do. */
type Finding = Pick<ConfigProblem, 'key' | 'expected'> & {
  readonly hint?: string;
  readonly value?: unknown;
};
type Rule = (config: Config) => readonly (Finding | false | undefined)[];

/** What must hold between settings. Each rule stands in words at its key in the table. */
const rules: readonly Rule[] = [
  identity,
  chain,
  endpoints,
  service,
  tls,
  storage,
  heartbeat,
  metering,
  alerts,
  metrics,
  allowedUsers,
];

/**
 * Checks what must hold between settings.
 *
 * @throws BaseError for the first rule that is broken, naming the others.
 */
export function checkRules(config: Config, placeOf: PlaceOf): void {
  const findings = rules.flatMap((rule) => rule(config)).filter((finding) => !!finding);
  if (findings.length === 0) return;
  throw configError(
    findings.map((finding) => ({
      value: config[finding.key],
      ...finding,
      path: [],
      place: placeOf(finding.key),
    })),
  );
}

function identity(config: Config): ReturnType<Rule> {
  return (['organization_id', 'service_id'] as const).map((key) => {
    const value = config[key];
    if (config.blockchain_enabled && isPlaceholder(value)) {
      return { key, expected: 'the id under which it is registered', hint: `Set ${key}.` };
    }
    return utf8ToBytes(value).length > 32 && { key, expected: 'at most 32 bytes of UTF-8' };
  });
}

/** What `init` of either daemon writes for the operator to fill in. */
function isPlaceholder(value: string | undefined): boolean {
  return (
    value === undefined ||
    value === '' ||
    /\bYOUR_(ORG_ID|SERVICE_ID|SERVICE_ENDPOINT|RPC_ENDPOINT)$/.test(value)
  );
}

function chain(config: Config): ReturnType<Rule> {
  if (!config.blockchain_enabled) return [];
  const name = config.blockchain_network_selected;
  const own = ['chain_id', 'registry_address_key', 'mpe_address_key', 'token_address_key'] as const;
  const missing: readonly KeyName[] =
    findKnownNetwork(name) !== undefined ? [] : own.filter((key) => config[key] === undefined);
  return [
    isPlaceholder(config.ethereum_json_rpc_http_endpoint) && {
      key: 'ethereum_json_rpc_http_endpoint',
      expected: 'the URL of a node',
      hint: `Set ethereum_json_rpc_http_endpoint to a JSON-RPC node on network ${name}.`,
    },
    ...missing.map((key) => ({
      key,
      expected: `a value, because the network ${name} is none that the daemon knows`,
      hint: `Set ${key}, or set blockchain_network_selected to main or sepolia.`,
    })),
  ];
}

function endpoints(config: Config): ReturnType<Rule> {
  const { service_endpoints: several, service_endpoint: one } = config;
  if (several.length > 0) {
    return several.map(
      ({ endpoint }) =>
        isDaemon(endpoint, config) && {
          key: 'service_endpoints',
          value: endpoint,
          expected: 'other hosts or ports than daemon_endpoint',
          hint: 'The daemon would call itself. Change service_endpoints or daemon_endpoint.',
        },
    );
  }
  return [
    isPlaceholder(one)
      ? {
          key: 'service_endpoint',
          expected: 'the URL of the service',
          hint: 'Set service_endpoint.',
        }
      : isDaemon(one, config) && {
          key: 'service_endpoint',
          expected: 'another host or port than daemon_endpoint',
          hint: 'The daemon would call itself. Change service_endpoint or daemon_endpoint.',
        },
  ];
}

function isDaemon(endpoint: string, { daemon_endpoint: { host, port } }: Config): boolean {
  const { hostname, port: givenPort, protocol } = new URL(endpoint);
  const servicePort = Number(givenPort || (protocol === 'https:' ? 443 : 80));
  const local = ['0.0.0.0', '::', 'localhost', '127.0.0.1', '[::1]', '::1'];
  const isSameHost = hostname === host || (local.includes(host) && local.includes(hostname));
  return port !== 0 && servicePort === port && isSameHost;
}

function service(config: Config): ReturnType<Rule> {
  const misplaced = config.service_credentials.some(
    ({ location, value }) => location !== 'body' && typeof value !== 'string',
  );
  return [
    ...bothOrNone(config, 'service_cert_path', 'service_key_path'),
    config.service_credentials.some(
      ({ key, value, location }) =>
        key === undefined || value === undefined || location === undefined,
    ) && { key: 'service_credentials', expected: 'key, value and location in each entry' },
    misplaced && {
      key: 'service_credentials',
      expected: 'text as the value of each entry whose location is header or query',
    },
  ];
}

function tls(config: Config): ReturnType<Rule> {
  const { ssl_client_auth: clientAuth, ssl_client_ca: clientCa } = config;
  const isTls =
    config.ssl_cert !== undefined ||
    config.ssl_certificates.length > 0 ||
    config.auto_ssl_domain !== undefined;
  return [
    ...bothOrNone(config, 'ssl_cert', 'ssl_key'),
    config.ssl_certificates.some(({ cert, key }) => cert === undefined || key === undefined) && {
      key: 'ssl_certificates',
      expected: 'cert and key in each entry',
    },
    clientAuth !== 'none' &&
      clientCa === undefined && {
        key: 'ssl_client_ca',
        expected: `a path, because ssl_client_auth is ${clientAuth}`,
      },
    clientCa !== undefined &&
      clientAuth === 'none' && {
        key: 'ssl_client_auth',
        expected: 'optional or required, because ssl_client_ca is set',
        hint: 'Say whether clients must show a certificate, or remove ssl_client_ca.',
      },
    clientAuth !== 'none' &&
      !isTls && {
        key: 'ssl_client_auth',
        expected: 'none on a port without TLS',
        hint: 'Set ssl_cert and ssl_key, or auto_ssl_domain.',
      },
  ];
}

function bothOrNone(config: Config, one: KeyName, other: KeyName): ReturnType<Rule> {
  const [missing, set] = config[one] === undefined ? [one, other] : [other, one];
  if (config[missing] !== undefined || config[set] === undefined) return [];
  const what = /path|cert|key/.test(missing) ? 'a path' : 'a value';
  return [{ key: missing, expected: `${what}, because ${set} is set` }];
}

function storage(config: Config): ReturnType<Rule> {
  return [
    ...bothOrNone(config, 'payment_channel_cert_path', 'payment_channel_key_path'),
    ...bothOrNone(config, 'payment_channel_storage_user', 'payment_channel_storage_password'),
  ];
}

function heartbeat(config: Config): ReturnType<Rule> {
  const type = config.service_heartbeat_type;
  return [
    ['grpc', 'http', 'https'].includes(type) &&
      config.heartbeat_endpoint === undefined && {
        key: 'heartbeat_endpoint',
        expected: `a URL, because service_heartbeat_type is ${type}`,
        hint: 'Set heartbeat_endpoint, or set service_heartbeat_type to tcp.',
      },
  ];
}

function metering(config: Config): ReturnType<Rule> {
  return [
    config.metering_enabled &&
      config.metering_endpoint === undefined && {
        key: 'metering_endpoint',
        expected: 'a URL, because metering_enabled is true',
      },
    config.metering_enabled &&
      config.metering_endpoint !== undefined &&
      config.private_key_for_metering === undefined && {
        key: 'private_key_for_metering',
        expected: 'a private key, because metering_enabled is true',
      },
  ];
}

function alerts(config: Config): ReturnType<Rule> {
  return [
    config.alerts_smtp_url !== undefined &&
      config.alerts_email === undefined && {
        key: 'alerts_email',
        expected: 'a mail address, because alerts_smtp_url is set',
      },
    ...bothOrNone(config, 'alerts_telegram_token', 'alerts_telegram_chat'),
  ];
}

function metrics(config: Config): ReturnType<Rule> {
  const { metrics_endpoint: endpoint, metrics_token: token } = config;
  const isLoopback =
    endpoint === undefined ||
    token !== undefined ||
    /^(127\.\d+\.\d+\.\d+|localhost|::1)$/.test(endpoint.host);
  return [
    !isLoopback && {
      key: 'metrics_endpoint',
      value: `${endpoint?.host}:${endpoint?.port}`,
      expected: 'a loopback address such as "127.0.0.1:9090"',
      hint: 'Counters tell what a provider earns; let a collector on this machine fetch them, or set metrics_token.',
    },
  ];
}

function allowedUsers(config: Config): ReturnType<Rule> {
  const { allowed_user_flag: flag, allowed_user_addresses: addresses } = config;
  if (!flag) return [];
  return [
    findKnownNetwork(config.blockchain_network_selected)?.test === false && {
      key: 'allowed_user_flag',
      expected: 'false on network main',
      hint: 'A service on the main network is open to whoever pays. Remove allowed_user_flag.',
    },
    addresses.length === 0 && {
      key: 'allowed_user_addresses',
      expected: 'at least one address, because allowed_user_flag is true',
      hint: 'List the addresses that may call, or remove allowed_user_flag.',
    },
  ];
}
