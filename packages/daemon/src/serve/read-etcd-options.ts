import { readFile } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';
import { type PaymentStorage, parseDuration } from '@snetkit/metadata';
import type { Config } from '../config/schema.ts';
import type { EtcdClientOptions } from '../store/etcd/etcd-options.ts';

/** The longest wait that a document may ask for: a paid call does not wait longer for its commit. */
const longestFromDocumentMs = 10_000;

/**
 * How this daemon reaches etcd: as configured, and what is not configured as the organization's
 * document says (daemon.md 5.5).
 *
 * @param storage - of the group; without it the configuration must name endpoints
 * @throws BaseError `CONFIG_VALUE_INVALID` when nobody names endpoints or a PEM file cannot be read
 */
export async function readEtcdOptions(
  config: Config,
  storage?: PaymentStorage,
): Promise<EtcdClientOptions> {
  const {
    endpoints,
    connection_timeout: connection,
    request_timeout: request,
  } = config.payment_channel_storage_client;
  const { payment_channel_storage_user: name, payment_channel_storage_password: password } = config;
  const [ca, cert, key] = await Promise.all([
    readPem(config, 'payment_channel_ca_path'),
    readPem(config, 'payment_channel_cert_path'),
    readPem(config, 'payment_channel_key_path'),
  ]);
  return {
    endpoints: endpoints?.length ? endpoints : endpointsOf(storage),
    tls: { ca, cert, key },
    user: name === undefined || password === undefined ? undefined : { name, password },
    connectTimeoutMs: connection || durationOf(storage?.connectionTimeout),
    requestTimeoutMs: request || durationOf(storage?.requestTimeout),
  };
}

/**
 * The endpoints that a document names.
 *
 * @throws BaseError `CONFIG_VALUE_INVALID` when there are none
 */
export function endpointsOf(storage: PaymentStorage | undefined): readonly string[] {
  const usable = (storage?.endpoints ?? []).filter(
    (text) => /^https?:\/\/./.test(text) && URL.canParse(text),
  );
  if (usable.length > 0) return usable;
  throw new BaseError('CONFIG_VALUE_INVALID', 'Nothing says where etcd is.', {
    place: 'payment_channel_storage_client.endpoints',
    expected:
      'URLs of etcd members, here or in the organization metadata (payment_channel_storage_client of the group)',
    hint: 'Set payment_channel_storage_client.endpoints, for example ["http://127.0.0.1:2379"].',
  });
}

/** Milliseconds; a duration that makes no sense counts as none. */
function durationOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  try {
    const ms = parseDuration(text);
    return ms > 0 ? Math.min(ms, longestFromDocumentMs) : undefined;
  } catch {
    return undefined;
  }
}

async function readPem(
  config: Config,
  key: 'payment_channel_ca_path' | 'payment_channel_cert_path' | 'payment_channel_key_path',
): Promise<string | undefined> {
  const path = config[key];
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new BaseError('CONFIG_VALUE_INVALID', `The file of ${key} cannot be read.`, {
      place: key,
      expected: 'a PEM file that this process may read',
      found: path,
      cause,
    });
  }
}
