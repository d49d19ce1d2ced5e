import type { Config } from '../config/schema.ts';
import type { ListenerOptions } from '../listener/listener-options.ts';

/** What the configuration says of the port that clients connect to. */
export function readListenerSettings(
  config: Config,
): Pick<ListenerOptions, 'host' | 'port' | 'cors'> {
  const { cors_max_age: maxAgeMs } = config;
  return {
    ...config.daemon_endpoint,
    cors: {
      allowedOrigins: config.cors_allowed_origins,
      exposedHeaders: config.cors_exposed_headers,
      ...(maxAgeMs !== undefined && { maxAgeSeconds: Math.round(maxAgeMs / 1000) }),
    },
  };
}
