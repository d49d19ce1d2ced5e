import type { KeyName } from './schema.ts';

/** One raw setting and where it stands. */
export interface Setting {
  readonly key: KeyName;
  /** Names below the key, for a single field of an object key. */
  readonly path: readonly string[];
  readonly raw: unknown;
  /** For errors: `snetd.config.json: log.level`, `environment variable SNET_LOG_LEVEL`, `option --ssl-cert`. */
  readonly place: string;
}

/** What one source of settings says. Later layers win over earlier ones. */
export interface Layer {
  readonly settings: readonly Setting[];
  /** Lines for the log: old names, names without effect. */
  readonly warnings: readonly string[];
}
