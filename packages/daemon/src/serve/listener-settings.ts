import type { Config } from '../config/schema.ts';
import type { ListenerOptions } from '../listener/listener-options.ts';

/** What the configuration says of the port that clients connect to. */
export function readListenerSettings(
  config: Config,
): Pick<ListenerOptions, 'host' | 'port' | 'cors' | 'limits'> {
  const { cors_max_age: maxAgeMs } = config;
  return {
    ...config.daemon_endpoint,
    limits: {
      maxMessageBytes: config.max_message_size_in_mb * 2 ** 20,
      maxConnectionsPerAddress: config.max_connections_per_address || Number.POSITIVE_INFINITY,
      maxStreamsPerAddress: config.max_streams_per_address || Number.POSITIVE_INFINITY,
      uncappedAddresses: [...config.uncapped_addresses, ...config.trusted_proxies],
    },
    cors: {
      allowedOrigins: config.cors_allowed_origins,
      exposedHeaders: config.cors_exposed_headers,
      ...(maxAgeMs !== undefined && { maxAgeSeconds: Math.round(maxAgeMs / 1000) }),
    },
  };
}
